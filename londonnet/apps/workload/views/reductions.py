"""The reductions of a part of the trust: active, expiring, scheduled, over and deleted ones."""

from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_safe

from londonnet.apps.workload import addresses, selectors
from londonnet.apps.workload.permissions import LOAD_HISTORY, SEE
from londonnet.apps.workload.personal import reach_of_personal
from londonnet.apps.workload.selectors import LEVELS, Within
from londonnet.apps.workload.selectors.headings import heading_of
from londonnet.apps.workload.selectors.reductions import Shown, reduction_counts, reductions_within
from londonnet.platform.access import policy, requires
from londonnet.platform.access.models import User
from londonnet.platform.access.policy import TRUST_WIDE, Place, Reach
from londonnet.platform.documents.exports import export_response
from londonnet.platform.errors import NotAllowed
from londonnet.platform.lists.asking import Asked
from londonnet.platform.lists.asking import asked as ask
from londonnet.platform.lists.paging import page_of
from londonnet.platform.lists.toolbar import toolbar
from londonnet.platform.trusts.snapshot import snapshot
from londonnet.platform.ui.formatting import datetime, whole

from .answering import LEVEL_NAMES, VIEW, answer, person, reach_of
from .exporting import of_words
from .place_tabs import place_tabs
from .reduction_columns import LABELS, REDUCTIONS
from .topics import topics_of
from .trails import trail_to


@require_safe
@requires(SEE)
def reductions(request: HttpRequest) -> HttpResponseBase:
    """`?within=team:CODE&status=expiring&sort=to&page=2`; without a place, that of the one who asks."""
    part = request.GET.get("within", "")
    if not part:
        return redirect(_own_place(policy.reach(person(request), SEE)))
    within = _part(part)
    asked = ask(request, REDUCTIONS)
    with snapshot():
        context = _read(request, asked, within)
    return (
        _export(request, asked, within, context)
        if asked.format
        else answer(request, "workload/reductions.html", context)
    )


def _export(request: HttpRequest, asked: Asked, within: Within, context: dict[str, Any]) -> HttpResponseBase:
    return export_response(
        request,
        asked,
        context["rows"],
        title=f"Reductions of {context['caption']}: {context['label'].lower()}",
        marking="OFFICIAL-SENSITIVE",
        as_at=f"As at {datetime(timezone.now())}",
        of=of_words(within),
    )


def _own_place(reach: Reach) -> str:
    """The list that somebody looks for first: of the trust, their one place, or their own."""
    if reach.everything:
        return addresses.reductions("trust")
    levels = (
        ("region", reach.region_codes),
        ("pdu", reach.pdu_codes),
        ("team", reach.team_codes),
        ("practitioner", reach.staff_keys),
    )
    for level, codes in levels:
        for code in sorted(codes):
            return addresses.reductions(level, code)
    raise NotAllowed


def _part(asked: str) -> Within:
    level, _, code = asked.partition(":")
    if level not in LEVELS or bool(code) == (level == "trust"):
        raise NotAllowed
    return Within(level, code)


def _read(request: HttpRequest, asked: Asked, within: Within) -> dict[str, Any]:
    where = _where(request, within)
    user, day, kinds = person(request), timezone.localdate(), asked.choices("kind")
    shown = Shown(asked.choice("status") or Shown.ACTIVE)
    counts = reduction_counts(within, day=day, kinds=kinds)
    page = page_of(asked, counts[shown])
    rows = reductions_within(
        within,
        shown,
        day=day,
        personal=reach_of_personal(user),
        kinds=kinds,
        sort=asked.sort.key,
        descending=asked.sort.descending,
        first=page.first,
        size=page.size,
    )
    return {
        **where,
        "tabs": [
            (f"{label} ({whole(counts[one])})", asked.path + asked.with_values({"status": [one]}), one is shown)
            for one, label in LABELS.items()
        ],
        "label": LABELS[shown],
        "rows": rows,
        "asked": asked,
        "bar": toolbar(asked),
        "page": page,
        "topics": topics_of(within),
        "any_hidden": any(row.is_hidden for row in rows),
        "may_set_reasons": policy.may(user, "workload.reasons", TRUST_WIDE),
        "may_load_history": policy.may(user, LOAD_HISTORY),
        "may_load": policy.may(user, "workload.hours"),
    }


def _where(request: HttpRequest, within: Within) -> dict[str, Any]:
    """Whose reductions they are, if the reader may see them, and the ways to other pages about them."""
    user = person(request)
    if within.level == "practitioner":
        place = selectors.place_of("practitioner", within.code)
        _require(user, place)
        return _of_somebody(request, within, place.team_code if place else "")
    heading = heading_of(within.level, within.code)
    _require(user, heading.place if heading else None)
    assert heading is not None  # noqa: S101  # tells the type checker
    level, may_see = LEVEL_NAMES[within.level], policy.may(user, VIEW, heading.place)
    name = heading.names[-1].name
    return {
        "caption": name if within.level == "trust" else f"{name}, {level} {within.code}",
        "trail": trail_to(heading.place, heading.names[:-1], reach_of(request)),
        "tabs_of_place": place_tabs(user, within, "reductions", heading) if may_see else [],
    }


def _of_somebody(request: HttpRequest, within: Within, team_code: str) -> dict[str, Any]:
    """Of a practitioner: in one team with the pages of them there; in several these reductions are of all teams."""
    heading = heading_of("practitioner", within.code, team_code)
    if heading is None or not policy.may(person(request), VIEW, heading.place):
        return {"caption": within.code, "trail": [], "tabs_of_place": []}
    return {
        "caption": f"{heading.names[-1].name}, practitioner {within.code}",
        "trail": trail_to(heading.place, heading.names[:-1], reach_of(request)),
        "tabs_of_place": place_tabs(person(request), within, "reductions", heading, team_code=team_code),
    }


def _require(user: User, place: Place | None) -> None:
    if place is None:
        raise NotAllowed
    policy.require(user, SEE, place)
