"""The reductions of a part of the trust: active, expiring, scheduled, over and deleted ones."""

from typing import Any, Final

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_safe

from londonnet.apps.workload import addresses, selectors
from londonnet.apps.workload.personal import reach_of_personal
from londonnet.apps.workload.selectors import LEVELS, Within
from londonnet.apps.workload.selectors.reductions import Shown, reduction_counts, reductions_within
from londonnet.platform.access import policy, requires
from londonnet.platform.access.policy import TRUST_WIDE, Place, Reach
from londonnet.platform.documents.exports import export_response
from londonnet.platform.errors import NotAllowed
from londonnet.platform.lists.asking import Asked
from londonnet.platform.lists.asking import asked as ask
from londonnet.platform.lists.paging import page_of
from londonnet.platform.lists.toolbar import toolbar
from londonnet.platform.trusts.snapshot import snapshot
from londonnet.platform.ui.formatting import datetime, whole

from .answering import LEVEL_NAMES, answer, person, reach_of
from .exporting import of_words
from .overview import trail_to
from .reduction_columns import LABELS, REDUCTIONS
from .topics import topics_of

SEE: Final = "workload.reductions"


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
        context = _read(request, asked, within, _place(request, within))
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


def _place(request: HttpRequest, within: Within) -> Place:
    place = selectors.place_of(within.level, within.code)
    if place is None:
        raise NotAllowed
    policy.require(person(request), SEE, place)
    return place


def _read(request: HttpRequest, asked: Asked, within: Within, place: Place) -> dict[str, Any]:
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
        **_where(request, within, place),
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
        "may_change": policy.may(user, "workload.hours", place),
        "may_set_reasons": policy.may(user, "workload.reasons", TRUST_WIDE),
        "may_load": policy.may(user, "workload.hours"),
    }


def _where(request: HttpRequest, within: Within, place: Place) -> dict[str, Any]:
    """Whose reductions they are, and the way to those above."""
    if within.level == "practitioner":
        return {"caption": within.code, "trail": []}
    names = selectors.ancestry(within.level, within.code)
    level = LEVEL_NAMES[names[-1].level]
    return {
        "caption": names[-1].name if within.level == "trust" else f"{names[-1].name}, {level} {within.code}",
        "trail": trail_to(place, names, reach_of(request)),
    }
