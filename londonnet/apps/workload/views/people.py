"""The practitioners of a part of the trust, maybe only those in one band, fifty at a time."""

from typing import Any, Final, cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from londonnet.apps.workload import addresses, selectors
from londonnet.apps.workload.selectors import ORGANISATION_LEVELS, FiguresInForce, OrganisationLevel, Within
from londonnet.apps.workload.selectors.people import Sort as SortKey
from londonnet.apps.workload.selectors.people import people as people_rows
from londonnet.apps.workload.selectors.people import spread
from londonnet.platform.access import requires
from londonnet.platform.access.policy import Place
from londonnet.platform.errors import NotAllowed
from londonnet.platform.trusts.snapshot import snapshot

from .answering import LEVEL_NAMES, VIEW, Why, answer, empty, place_within_reach, reach_of
from .columns import PEOPLE, asked_sort
from .lines import practitioner_lines
from .overview import trail_to
from .standings import asked_standing, everyone, label_of, tabs
from .topics import topics_of

SIZE: Final = 50


@require_safe
@requires(VIEW)
def people(request: HttpRequest) -> HttpResponse:
    """`?within=pdu:CODE&band=above&sort=-capacity&page=2`; a band that isn't known means all of them."""
    asked = request.GET.get("within", "")
    if not asked:
        return redirect(addresses.START)
    level, code = _part(asked)
    with snapshot():
        place = place_within_reach(request, Within(level, code))
        figures = selectors.figures_in_force()
        context = _read(request, level, code, place, figures) if figures else None
    return answer(request, "workload/people.html", context) if context else empty(request, Why.NO_EXTRACT)


def _part(asked: str) -> tuple[OrganisationLevel, str]:
    level, _, code = asked.partition(":")
    if level not in ORGANISATION_LEVELS or bool(code) == (level == "trust"):
        raise NotAllowed
    return level, code


def _read(
    request: HttpRequest, level: OrganisationLevel, code: str, place: Place, figures: FiguresInForce
) -> dict[str, Any]:
    within, standing, sort = (
        Within(level, code),
        asked_standing(request.GET.get("band", "")),
        asked_sort(request, PEOPLE),
    )
    counts = spread(within, figures=figures)
    names = selectors.ancestry(level, code)
    total = counts[standing] if standing else everyone(counts)
    page, pages = _page(request, total)
    rows = people_rows(
        within,
        figures=figures,
        standing=standing,
        sort=cast(SortKey, sort.key),
        descending=sort.descending,
        first=(page - 1) * SIZE,
        size=SIZE,
    )
    return {
        "name": names[-1].name,
        "caption": names[-1].name if level == "trust" else f"{names[-1].name}, {LEVEL_NAMES[level]} {code}",
        "trail": trail_to(place, names, reach_of(request)),
        "tabs": tabs(within, counts, standing),
        "band_label": label_of(standing),
        "lines": practitioner_lines(rows),
        "columns": PEOPLE,
        "sort": str(sort),
        "page": page,
        "pages": pages,
        "size": SIZE,
        "total": total,
        "topics": topics_of(within),
        "figures": figures,
    }


def _page(request: HttpRequest, total: int) -> tuple[int, int]:
    """The page asked for, among those that there are; and how many there are."""
    pages = max(1, -(-total // SIZE))
    asked = request.GET.get("page", "1")
    page = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 7 else 1
    return min(max(page, 1), pages), pages
