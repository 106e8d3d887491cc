"""A practitioner's pages: the teams that they are in, and the working of their figure in one of them."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from londonnet.apps.workload import addresses, selectors
from londonnet.apps.workload.permissions import HOURS
from londonnet.apps.workload.selectors import FiguresInForce, PractitionerRow, Within
from londonnet.apps.workload.selectors.headings import heading_of
from londonnet.apps.workload.selectors.workings import working_of_row
from londonnet.apps.workload.services.allocating import ALLOCATE
from londonnet.apps.workload.within_reach import place_of, require_place, rows_within_reach, sees_personal
from londonnet.platform.access import policy, requires
from londonnet.platform.access.models import User
from londonnet.platform.access.policy import Place, Reach
from londonnet.platform.errors import NotAllowed
from londonnet.platform.lists.wanted import standard_columns
from londonnet.platform.trusts.snapshot import snapshot

from .answering import CASES, VIEW, Why, answer, empty, person, reach_of
from .columns import PEOPLE
from .lines import hours_text, practitioner_lines
from .moments import moment_of
from .numbers_lines import NO_LIST, Behind, cases_behind
from .place_tabs import Tabs, place_tabs
from .sums import ReportAt, hours_lines, reduction_lines, result_lines, sums, tier_lines, with_thousands
from .working_export import wants_file, working_file


@require_safe
@requires(VIEW)
def teams(request: HttpRequest, om_key: str) -> HttpResponse:
    """The teams that a practitioner is in, as far as the reader may see them; with one team, straight to it."""
    with snapshot():
        figures = selectors.figures_in_force()
        rows = rows_within_reach(om_key, reach_of(request))
        if not rows:
            _require_some_place(om_key, reach_of(request))
    if figures is None:
        return empty(request, Why.NO_EXTRACT)
    if not rows:
        return empty(request, Why.THEY_ARE_NOT_NAMED)
    if len(rows) == 1:
        return redirect(addresses.practitioner(om_key, rows[0].team_code))
    context = {
        "name": rows[0].name,
        "lines": practitioner_lines(rows),
        "columns": standard_columns(PEOPLE),
        "topics": f"workload:practitioner:{om_key}",
        "figures": figures,
    }
    return answer(request, "workload/practitioner_teams.html", context)


@require_safe
@requires(VIEW)
def in_team(request: HttpRequest, om_key: str, team_code: str) -> HttpResponseBase:
    """The working of a practitioner's figure in one team, line by line; with `?format=csv` as a file."""
    reach = reach_of(request)
    with snapshot():
        moment = moment_of(request)
        figures = moment.figures
        rows = rows_within_reach(om_key, reach, moment.day)
        row = next((row for row in rows if row.team_code == team_code), None)
        if row is None:
            require_place(om_key, team_code, reach)
        context = _read_then_or_now(request, row, rows, figures) if row and figures else None
    if figures is None:
        return empty(request, Why.NO_EXTRACT)
    if context is None:
        return empty(request, Why.THEY_ARE_NOT_NAMED)
    if wants_file(request):
        return working_file(request, context)
    template = "workload/practitioner_then.html" if figures.kept_day else "workload/practitioner.html"
    history = addresses.history("practitioner", om_key, team_code)
    return answer(request, template, context | {"moment": moment, "history_url": history})


def pages_of(reader: User, row: PractitionerRow, day: date | None = None) -> Tabs:
    """The pages of a practitioner in a team, of which this one shows the working. One query."""
    heading = heading_of("practitioner", row.om_key, row.team_code)
    assert heading is not None  # noqa: S101  # whoever has a figure has a place
    within = Within("practitioner", row.om_key)
    return place_tabs(reader, within, "overview", heading, team_code=row.team_code, day=day)


def cases_of(reader: User, row: PractitionerRow) -> Behind:
    """The list of their cases, for those who may see it."""
    within = Within("practitioner", row.om_key)
    return cases_behind(within, team_code=row.team_code) if policy.may(reader, CASES, place_of(row)) else NO_LIST


def working_context(
    row: PractitionerRow,
    figures: FiguresInForce,
    *,
    with_personal: bool,
    behind: Behind,
    report_at: ReportAt | None = None,
) -> dict[str, Any]:
    """What the working of one figure prints, whoever reads it."""
    shown = working_of_row(row, figures)
    return {
        "row": row,
        "sums": sums(shown.working, behind, report_at),
        "results": result_lines(shown.working, report_at),
        "capacity_sum": with_thousands(shown.working.capacity.calculation),
        "capacity_result": shown.working.capacity.result,
        "contracted": hours_text(row.contracted_hours),
        "reduced": hours_text(row.reduction_hours),
        "tiers": tier_lines(shown.cases, shown.t2a, behind),
        "hours": hours_lines(shown),
        "reductions": reduction_lines(shown, with_personal=with_personal),
        "support": shown.support,
        "shown_only": shown.shown_only,
        "record": shown.record,
        "has_omic": shown.has_omic,
        "topics": f"workload:practitioner:{row.om_key}",
        "figures": figures,
    }


def _read_then_or_now(
    request: HttpRequest, row: PractitionerRow, rows: Sequence[PractitionerRow], figures: FiguresInForce
) -> dict[str, Any]:
    """The working as it is; of a kept day only its sums, for what it was made from is gone."""
    if figures.kept_day is None:
        return _read(request, row, rows, figures)
    return {
        "row": row,
        "contracted": hours_text(row.contracted_hours),
        "reduced": hours_text(row.reduction_hours),
        "pages": pages_of(person(request), row, figures.kept_day),
        "trail": _trail(row, reach_of(request)),
        "figures": figures,
    }


def _read(
    request: HttpRequest, row: PractitionerRow, rows: Sequence[PractitionerRow], figures: FiguresInForce
) -> dict[str, Any]:
    reader, place = person(request), place_of(row)
    with_personal = sees_personal(reader, row)
    return {
        **working_context(row, figures, with_personal=with_personal, behind=cases_of(reader, row)),
        "trail": _trail(row, reach_of(request)),
        "pages": pages_of(reader, row),
        "tabs": [(one.team_name, addresses.practitioner(one.om_key, one.team_code), one is row) for one in rows],
        "cases_url": addresses.cases(row.om_key, row.team_code) if policy.may(reader, CASES, place) else "",
        "hides_personal": not with_personal,
        "reallocate_url": addresses.reallocation(row.om_key, row.team_code)
        if policy.may(reader, ALLOCATE, place)
        else "",
        **_staffing_links(reader, row, place),
    }


def _staffing_links(reader: User, row: PractitionerRow, place: Place) -> dict[str, str]:
    """The ways to change their hours, for those who may."""
    if row.is_nobody or not policy.may(reader, HOURS, place):
        return {"add_reduction_url": "", "hours_url": ""}
    return {
        "add_reduction_url": addresses.add_reduction(row.om_key, row.team_code),
        "hours_url": addresses.hours(row.om_key, row.team_code),
    }


def _trail(row: PractitionerRow, reach: Reach) -> list[tuple[str, str]]:
    team = Place(team_code=row.team_code, pdu_code=row.pdu_code, region_code=row.region_code)
    return [(row.team_name, addresses.place("team", row.team_code))] if reach.covers(team) else []


def _require_some_place(om_key: str, reach: Reach) -> None:
    """For somebody without figures: those who may see a team that they are or were in learn that."""
    if not any(reach.covers(place) for place in selectors.places_of_practitioner(om_key)):
        raise NotAllowed
