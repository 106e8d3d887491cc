"""Reports of mistakes: one's own, and those that somebody answers."""

from typing import Any

from django.http import HttpRequest
from ninja import Query, Schema, Status
from pydantic import Field

from londonnet.apps.workload import services
from londonnet.apps.workload.mistakes_json import line_json, mistake_json
from londonnet.apps.workload.permissions import VIEW
from londonnet.apps.workload.selectors import FiguresInForce, PractitionerRow
from londonnet.apps.workload.selectors.mistakes import (
    MistakeRow,
    mistake,
    mistakes_of,
    mistakes_within,
    number_of_mistakes,
)
from londonnet.apps.workload.selectors.workings import lines_to_report
from londonnet.apps.workload.services.mistakes import ANSWER
from londonnet.apps.workload.within_reach import answerable, rows_within_reach
from londonnet.platform.access import policy
from londonnet.platform.access.models import User
from londonnet.platform.api.errors import InvalidRequest
from londonnet.platform.api.guard import caller
from londonnet.platform.api.paging import Paging, part_of
from londonnet.platform.api.routing import ApiRouter
from londonnet.platform.errors import NotAllowed
from londonnet.platform.trusts.snapshot import snapshot

from .asked import figures_for
from .mistake_schemas import (
    LinesToReport,
    MistakeAnswer,
    MistakeReported,
    MistakeShown,
    MistakesPage,
    OwnMistakes,
)
from .parts import Number

router = ApiRouter()


class OwnLinesAsked(Schema):
    """In which team."""

    team_code: str = Field(max_length=20, description="in which of one's own teams")


class MistakesAsked(Schema):
    """Which reports."""

    answered: bool = Field(False, description="those that have an answer, instead of those that wait for one")


@router.read("/mistakes/mine", permission=VIEW, answer=OwnMistakes)
def own_mistakes(request: HttpRequest, paging: Query[Paging]) -> dict[str, Any]:
    """What one reported.

    In all of one's teams, the latest first, with the answers.
    """
    own = caller(request).staff_key
    if not own:
        return part_of((), 0, paging, mistake_json)
    with snapshot():
        rows = mistakes_of(own, None, first=paging.offset, most=paging.limit)
        return part_of(rows, number_of_mistakes(own), paging, mistake_json)


@router.read("/mistakes/lines", permission=VIEW, answer=LinesToReport)
def own_lines(request: HttpRequest, asked: Query[OwnLinesAsked]) -> dict[str, Any]:
    """Lines of one's own working.

    Each of them can be reported, by its key.
    """
    with snapshot():
        lines = lines_to_report(*_own_figure(caller(request), asked.team_code))
    return {"items": [line_json(line) for line in lines]}


@router.write("POST", "/mistakes", permission=VIEW, answer=MistakeShown, status=201)
def report_mistake(request: HttpRequest, reported: MistakeReported) -> Status[Any]:
    """Report a mistake in one's own figure.

    It goes to the managers of the team, with the line attached.
    """
    user = caller(request)
    with snapshot():
        row, figures = _own_figure(user, reported.team_code)
        line = next((line for line in lines_to_report(row, figures) if line.key == reported.line), None)
    if line is None:
        raise InvalidRequest({"line": "There is no such line. /api/workload/mistakes/lines lists them."})
    number = services.report_mistake(
        om_key=row.om_key, team_code=row.team_code, line=line, words=reported.words, figures=figures
    )
    return Status(201, _shown(number))


@router.write("POST", "/mistakes/{int:number}/take-back", permission=VIEW, answer=MistakeShown)
def take_mistake_back(request: HttpRequest, number: Number) -> dict[str, Any]:
    """Take one's own report back.

    Before it has an answer; afterwards nothing is done (409).
    """
    found, own = mistake(number), caller(request).staff_key
    if found is None or not own or found.om_key != own:
        raise NotAllowed
    services.take_mistake_back(report_id=number)
    return _shown(number)


@router.read("/mistakes", permission=ANSWER, answer=MistakesPage)
def mistakes(request: HttpRequest, asked: Query[MistakesAsked], paging: Query[Paging]) -> dict[str, Any]:
    """Reports of those whom one answers for.

    Those that wait for an answer, the oldest first, or those that have one, the latest first.
    """
    reach = policy.reach(caller(request), ANSWER)
    with snapshot():
        rows, total = mistakes_within(reach, is_open=not asked.answered, first=paging.offset, size=paging.limit)
    return part_of(rows, total, paging, mistake_json)


@router.read("/mistakes/{int:number}", permission=ANSWER, answer=MistakeShown)
def one_mistake(request: HttpRequest, number: Number) -> dict[str, Any]:
    """One report.

    Of somebody whom the caller answers for.
    """
    return mistake_json(answerable(caller(request), number))


@router.write("POST", "/mistakes/{int:number}/answer", permission=ANSWER, answer=MistakeShown)
def answer_mistake(request: HttpRequest, number: Number, given: MistakeAnswer) -> dict[str, Any]:
    """Answer a report.

    It was put right in the national record, or the figure is right. One that has an answer already keeps it (409).
    """
    answerable(caller(request), number)
    services.answer_mistake(report_id=number, state=given.state, words=given.words)
    return _shown(number)


def _own_figure(user: User, team_code: str) -> tuple[PractitionerRow, FiguresInForce]:
    """The caller's own figure in a team, and the run that it is of.

    Raises:
        NotAllowed: they have none there.
    """
    rows = rows_within_reach(user.staff_key, policy.reach(user, VIEW)) if user.staff_key else []
    found = next((row for row in rows if row.team_code == team_code), None)
    if found is None:
        raise NotAllowed
    return found, figures_for(None)


def _shown(number: int) -> dict[str, Any]:
    found: MistakeRow | None = mistake(number)
    if found is None:
        raise NotAllowed
    return mistake_json(found)
