"""The list of cases behind a number."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from londonnet.apps.organisation import addresses
from londonnet.apps.organisation import selectors as organisation
from londonnet.platform.access import requires
from londonnet.platform.access.policy import reach
from londonnet.platform.audit import consulted
from londonnet.platform.trusts.snapshot import snapshot

from . import asked
from .asked import Subject
from .flags import FLAGS
from .selectors import cases_of, current_snapshot
from .tiers import TIER_NAMES

_COLUMNS = (
    {"label": "CRN", "key": "crn"},
    {"label": "Tier", "key": "tier"},
    {"label": "Location", "key": "location"},
    {"label": "Practitioner", "key": "practitioner"},
    {"label": "Team", "key": "team"},
    {"label": "Flags"},
)


@requires("caseload.list")
def cases(request: HttpRequest) -> HttpResponse:
    """The cases of a practitioner, team, PDU or region; each look at the list is in the trail."""
    with snapshot():
        subject = asked.subject(request)
        context = _list(request, subject) if subject else {}
    if subject is None:
        return _whose(request)
    consulted("caselist", subject.identifier)
    return render(request, "caseload/cases.html", context)


def _list(request: HttpRequest, subject: Subject) -> dict[str, Any]:
    extract = current_snapshot()
    narrowed, sort = asked.narrowed(request.GET), request.GET.get("sort", "crn")
    found = None
    if extract is not None:
        found = cases_of(subject.places, extract, narrowed=narrowed, sort=sort, page=asked.page(request.GET))
    return {
        **_titles(subject),
        "marking": "OFFICIAL-SENSITIVE",
        "subject": subject,
        "extract": extract,
        "found": found,
        "narrowed": narrowed,
        "sort": sort,
        "columns": _COLUMNS,
        "tiers": TIER_NAMES,
        "locations": asked.LOCATION_NAMES,
        "flags": FLAGS,
    }


def _titles(subject: Subject) -> dict[str, Any]:
    """The heading, and the way to what the list is about."""
    if subject.level == "practitioner":
        name = organisation.name_of_practitioner(subject.code)
        trail = [*organisation.trail_of(()), (name, addresses.practitioner(subject.code))]
        return {"heading": f"Cases of {name}", "trail": trail}
    line = organisation.above(subject.level, subject.code)
    return {"heading": f"Cases of {line[-1].name}", "trail": organisation.trail_of(line)}


def _whose(request: HttpRequest) -> HttpResponse:
    """Nobody was named: one's own cases, else those of the one team, else a choice."""
    user = request.user
    reached = reach(user, "caseload.list")
    own = getattr(user, "staff_key", "")
    if own and own in reached.staff_keys:
        return redirect(f"/cases?{urlencode({'practitioner': own})}")
    choice = organisation.within(reached)
    if len(choice) == 1:
        return redirect(f"/cases?{urlencode({str(choice[0].level): choice[0].code})}")
    return render(request, "caseload/whose.html", {"choice": choice, "heading": "Cases"})
