"""My workload: the same working, for the person it is about."""

from dataclasses import dataclass
from functools import partial
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from londonnet.apps.workload import addresses
from londonnet.apps.workload.record_checks import RecordCheck, record_checks
from londonnet.apps.workload.selectors import FiguresInForce, PractitionerRow, Within
from londonnet.apps.workload.selectors.mistakes import mistakes_of
from londonnet.apps.workload.within_reach import place_of, rows_within_reach
from londonnet.platform.access import policy, requires
from londonnet.platform.trusts.snapshot import snapshot

from .answering import CASES, VIEW, Why, answer, empty, person, reach_of
from .moments import moment_of
from .place_tabs import place_tabs
from .practitioner import cases_of, working_context


@dataclass(frozen=True, slots=True)
class CheckLine:
    """Something that looks wrong in the record, the cases concerned, and where to report it."""

    check: RecordCheck
    cases_url: str
    report_url: str


@require_safe
@requires(VIEW)
def mine(request: HttpRequest) -> HttpResponse:
    """My figure in the team that `?team=` names, or in my first one."""
    om_key = person(request).staff_key
    if not om_key:
        return empty(request, Why.NOT_LINKED)
    with snapshot():
        rows = rows_within_reach(om_key, reach_of(request))
        if rows and request.GET.get("as_at", "").strip():
            return _then(request, _chosen(request, rows))
        moment = moment_of(request)
        context = _read(request, rows, moment.figures) if rows and moment.figures else None
    if moment.figures is None:
        return empty(request, Why.NO_EXTRACT)
    if context is None:
        return empty(request, Why.YOU_ARE_NOT_NAMED)
    return answer(request, "workload/mine.html", context | {"moment": moment})


def _then(request: HttpRequest, row: PractitionerRow) -> HttpResponse:
    """A day of the past is shown on the page that everybody has of me."""
    asked = urlencode({"as_at": request.GET["as_at"]})
    return redirect(f"{addresses.practitioner(row.om_key, row.team_code)}?{asked}")


def _chosen(request: HttpRequest, rows: list[PractitionerRow]) -> PractitionerRow:
    asked = request.GET.get("team", "")
    return next((row for row in rows if row.team_code == asked), rows[0])


def _read(request: HttpRequest, rows: list[PractitionerRow], figures: FiguresInForce) -> dict[str, Any]:
    row = _chosen(request, rows)
    may_see_cases = policy.may(person(request), CASES, place_of(row))
    report_at = partial(addresses.report_mistake, row.team_code)
    context = working_context(
        row, figures, with_personal=True, report_at=report_at, behind=cases_of(person(request), row)
    )
    return {
        **context,
        "pages": place_tabs(
            person(request),
            Within("practitioner", row.om_key),
            "overview",
            None,
            team_code=row.team_code,
            has_omic=context["has_omic"],
        ),
        "own_url": addresses.practitioner(row.om_key, row.team_code),
        "checks": [_check_line(row, check, may_see_cases) for check in record_checks(context["record"])],
        "mistakes": mistakes_of(row.om_key, row.team_code),
        "tabs": [(one.team_name, f"{addresses.MINE}?team={one.team_code}", one is row) for one in rows],
        "cases_url": addresses.cases(row.om_key, row.team_code) if may_see_cases else "",
        "hides_personal": False,
        "history_url": addresses.history("practitioner", row.om_key, row.team_code),
    }


def _check_line(row: PractitionerRow, check: RecordCheck, may_see_cases: bool) -> CheckLine:
    cases = f"{addresses.cases(row.om_key, row.team_code)}&{urlencode(check.cases_query)}"
    report_url = addresses.report_mistake(row.team_code, f"record-{check.key}")
    return CheckLine(check, cases if check.cases_query and may_see_cases else "", report_url)
