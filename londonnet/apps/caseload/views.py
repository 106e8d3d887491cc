"""The list of cases behind a number."""

from typing import Any, Final
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render

from londonnet.apps.organisation import addresses
from londonnet.apps.organisation import selectors as organisation
from londonnet.platform.access import requires
from londonnet.platform.access.models import User
from londonnet.platform.access.policy import reach
from londonnet.platform.audit import consulted
from londonnet.platform.documents.exports import export_response
from londonnet.platform.lists.asking import Asked
from londonnet.platform.lists.asking import asked as ask
from londonnet.platform.lists.paging import page_of
from londonnet.platform.lists.toolbar import toolbar
from londonnet.platform.registry import CaseAction, enabled
from londonnet.platform.trusts import current_trust
from londonnet.platform.trusts.snapshot import snapshot
from londonnet.platform.ui.formatting import date

from . import asked
from .asked import Subject
from .columns import CASES
from .models import Snapshot
from .selectors import cases_of, current_snapshot

MARKING: Final = "OFFICIAL-SENSITIVE"


@requires("caseload.list")
def cases(request: HttpRequest) -> HttpResponseBase:
    """The cases of a person, a place or all within reach; each look at the list, and each export, is in the trail."""
    wanted = ask(request, CASES)
    with snapshot():
        subject = asked.subject(request)
        extract = current_snapshot() if subject else None
        context = _list(wanted, subject, extract) if subject else {}
    if subject is None:
        return _whose(request)
    if wanted.format and extract:
        return _export(request, wanted, subject, extract, context)
    consulted("caselist", subject.identifier)
    return render(request, "caseload/cases.html", context | {"actions": _actions(request)})


def _list(wanted: Asked, subject: Subject, extract: Snapshot | None) -> dict[str, Any]:
    found = None
    if extract is not None:
        found = cases_of(
            subject.places,
            extract,
            narrowed=asked.narrowed(wanted),
            sort=str(wanted.sort),
            page=wanted.page,
            all_pages=bool(wanted.format),
        )
    return {
        **_titles(subject),
        "marking": MARKING,
        "extract": extract,
        "found": found,
        "asked": wanted,
        "bar": toolbar(wanted),
        "page": page_of(wanted, found.total if found else 0),
    }


def _actions(request: HttpRequest) -> list[CaseAction]:
    """What the reader may do with cases that they tick."""
    assert isinstance(request.user, User)  # noqa: S101  # tells the type checker
    return [action for manifest in enabled() for action in manifest.hooks.case_actions(request.user)]


def _export(
    request: HttpRequest, wanted: Asked, subject: Subject, extract: Snapshot, context: dict[str, Any]
) -> HttpResponseBase:
    return export_response(
        request,
        wanted,
        context["found"].rows,
        title=context["heading"],
        marking=MARKING,
        as_at=f"As at {date(extract.datestamp)} from the national extract",
        of=subject.identifier,
    )


def _titles(subject: Subject) -> dict[str, Any]:
    """The heading, and the way to what the list is about."""
    if subject.level == "practitioner":
        name = organisation.name_of_practitioner(subject.code)
        trail = [*organisation.trail_of(()), (name, addresses.practitioner(subject.code))]
        return {"heading": f"Cases of {name}", "trail": trail}
    if subject.level == "trust":
        return {"heading": f"Cases of {current_trust().name}", "trail": organisation.trail_of(())}
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
