"""One practitioner-in-team: how their figure comes about."""

from typing import Any

from django.http import HttpRequest

from londonnet.apps.workload.permissions import VIEW
from londonnet.apps.workload.record_checks import record_checks
from londonnet.apps.workload.selectors import FiguresInForce, PractitionerRow
from londonnet.apps.workload.selectors.workings import working_of_row
from londonnet.apps.workload.within_reach import require_place, rows_within_reach, sees_personal
from londonnet.apps.workload.working_json import finding_json, working_json
from londonnet.platform.access import policy
from londonnet.platform.access.models import User
from londonnet.platform.api.guard import caller
from londonnet.platform.api.routing import ApiRouter
from londonnet.platform.trusts.snapshot import snapshot

from .asked import NotKept, as_at_json, figures_for
from .parts import OmKey, TeamCode
from .working_schemas import FigureWorking, RecordChecked

router = ApiRouter()


@router.read("/practitioners/{om_key}/{team_code}", permission=VIEW, answer=FigureWorking)
def practitioner(
    request: HttpRequest,
    om_key: OmKey,
    team_code: TeamCode,
) -> dict[str, Any]:
    """The working of a figure.

    How the figure of one practitioner in one team comes about, line by line, with the hours, reductions and contacts
    that count in it. Reasons and notes of personal reductions are for those who may know them.
    """
    user = caller(request)
    with snapshot():
        return _working(user, *_figure(user, om_key, team_code))


@router.read("/practitioners/{om_key}/{team_code}/record", permission=VIEW, answer=RecordChecked)
def record(request: HttpRequest, om_key: OmKey, team_code: TeamCode) -> dict[str, Any]:
    """What looks wrong in the record.

    Of the cases and contacts behind a figure, and how each is put right. Nothing is listed where nothing does.
    """
    with snapshot():
        row, figures = _figure(caller(request), om_key, team_code)
        found = record_checks(working_of_row(row, figures).record)
    return {"as_at": as_at_json(figures), "items": [finding_json(one) for one in found]}


def _figure(user: User, om_key: str, team_code: str) -> tuple[PractitionerRow, FiguresInForce]:
    """A figure that the caller may see, and the run that it is of.

    Raises:
        NotAllowed: they may not, or there is no such place.
        NotKept: the extract doesn't name them there.
    """
    reach = policy.reach(user, VIEW)
    row = next((row for row in rows_within_reach(om_key, reach) if row.team_code == team_code), None)
    if row is None:
        require_place(om_key, team_code, reach)
    figures = figures_for(None)
    if row is None:
        raise NotKept("The extract in force doesn't name them in this team, so they have no figure.")
    return row, figures


def _working(user: User, row: PractitionerRow, figures: FiguresInForce) -> dict[str, Any]:
    told = working_json(working_of_row(row, figures), with_personal=sees_personal(user, row))
    return {**told, "as_at": as_at_json(figures)}
