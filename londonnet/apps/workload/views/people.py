"""The practitioners of a part of the trust, maybe only those in one band, fifty at a time."""

from typing import Any, cast

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from londonnet.apps.workload import addresses
from londonnet.apps.workload.selectors import ORGANISATION_LEVELS, FiguresInForce, OrganisationLevel, Within
from londonnet.apps.workload.selectors.headings import Heading
from londonnet.apps.workload.selectors.people import Narrowed, everyone, spread
from londonnet.apps.workload.selectors.people import Sort as SortKey
from londonnet.apps.workload.selectors.people import people as people_rows
from londonnet.platform.access import policy, requires
from londonnet.platform.documents.exports import export_response
from londonnet.platform.errors import NotAllowed
from londonnet.platform.lists.asking import Asked
from londonnet.platform.lists.asking import asked as ask
from londonnet.platform.lists.paging import page_of
from londonnet.platform.lists.toolbar import toolbar
from londonnet.platform.trusts.snapshot import snapshot

from .answering import CASES, LEVEL_NAMES, VIEW, Why, answer, empty, heading_within_reach, person, reach_of
from .columns import PEOPLE
from .exporting import as_at_words, of_words
from .lines import practitioner_lines
from .moments import moment_of
from .place_tabs import place_tabs
from .standings import asked_standing, label_of, tabs
from .topics import topics_of
from .trails import trail_to


@require_safe
@requires(VIEW)
def people(request: HttpRequest) -> HttpResponseBase:
    """`?within=pdu:CODE&band=above&sort=-capacity&page=2`; a band that isn't known means all of them."""
    part = request.GET.get("within", "")
    if not part:
        return redirect(addresses.START)
    within = _part(part)
    asked = ask(request, PEOPLE)
    with snapshot():
        heading = heading_within_reach(request, cast(OrganisationLevel, within.level), within.code)
        moment = moment_of(request)
        context = _read(request, asked, within, heading, moment.figures) if moment.figures else None
    if context is None:
        return empty(request, Why.NO_EXTRACT)
    if asked.format:
        return _export(request, asked, within, context)
    return answer(request, "workload/people.html", context | {"moment": moment})


def _export(request: HttpRequest, asked: Asked, within: Within, context: dict[str, Any]) -> HttpResponseBase:
    return export_response(
        request,
        asked,
        context["lines"],
        title=f"Practitioners of {context['name']}",
        marking="OFFICIAL-SENSITIVE",
        as_at=as_at_words(context["figures"]),
        of=of_words(within),
    )


def _part(asked: str) -> Within:
    level, _, code = asked.partition(":")
    if level not in ORGANISATION_LEVELS or bool(code) == (level == "trust"):
        raise NotAllowed
    return Within(level, code)


def _read(
    request: HttpRequest, asked: Asked, within: Within, heading: Heading, figures: FiguresInForce
) -> dict[str, Any]:
    standing, narrowed = asked_standing(asked.choice("band")), _narrowed(asked)
    counts = spread(within, figures=figures, narrowed=narrowed)
    level, code = cast(OrganisationLevel, within.level), within.code
    names = heading.names
    with_cases = figures.kept_day is None and policy.may(person(request), CASES, heading.place)
    page = page_of(asked, counts[standing] if standing else everyone(counts))
    rows = people_rows(
        within,
        figures=figures,
        standing=standing,
        narrowed=narrowed,
        sort=cast(SortKey, asked.sort.key),
        descending=asked.sort.descending,
        first=page.first,
        size=page.size,
    )
    return {
        "name": names[-1].name,
        "caption": names[-1].name if level == "trust" else f"{names[-1].name}, {LEVEL_NAMES[level]} {code}",
        "trail": trail_to(heading.place, names[:-1], reach_of(request)),
        "place_tabs": place_tabs(person(request), within, "people", heading, day=figures.kept_day),
        "tabs": tabs(asked, counts, standing),
        "band_label": label_of(standing),
        "lines": practitioner_lines(rows, figures.kept_day, with_cases=with_cases),
        "asked": asked,
        "bar": toolbar(asked),
        "page": page,
        "topics": "" if figures.kept_day else topics_of(within),
        "figures": figures,
    }


def _narrowed(asked: Asked) -> Narrowed:
    capacity = asked.between("capacity")
    return Narrowed(asked.choices("grade"), capacity.low, capacity.high)
