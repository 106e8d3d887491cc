"""Moving cases, for programs: both ends of every move lie within the caller's reach."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.http import HttpRequest

from londonnet.apps.caseload.errors import CaseMoved
from londonnet.apps.caseload.services import Move, let_record_stand
from londonnet.apps.workload.allocation_json import moved_json
from londonnet.apps.workload.choosing.putting_back import moves_back
from londonnet.apps.workload.choosing.still_held import require_still_held
from londonnet.apps.workload.selectors.allocation.cases import Holding, OpenCase
from londonnet.apps.workload.selectors.allocation.ends import ends_called
from londonnet.apps.workload.selectors.allocation.moved import End, Moved, batch_of, move_called
from londonnet.apps.workload.services.allocating import ALLOCATE, give_cases, take_back
from londonnet.apps.workload.within_reach import require_both_ends
from londonnet.platform.access import policy
from londonnet.platform.access.models import User
from londonnet.platform.access.policy import EVERYTHING
from londonnet.platform.api.guard import caller
from londonnet.platform.api.routing import ApiRouter
from londonnet.platform.errors import NotAllowed

from .allocation_schemas import (
    AllocationAsked,
    AllocationMade,
    AllocationUndone,
    CasesPutBack,
    InTeam,
    MovedCase,
)
from .asked import figures_for
from .parts import Batch, Number

router = ApiRouter()


@router.write("POST", "/allocation/moves", permission=ALLOCATE, answer=AllocationMade)
def allocate_cases(request: HttpRequest, asked: AllocationAsked) -> dict[str, Any]:
    """Give cases to people.

    All of them, or none where one has been moved meanwhile (409): then “details” says of each such case where it is
    now, as far as that is within the caller's reach. Whoever gets a case is told, and the managers of both teams.
    """
    user = caller(request)
    ends = _ends([end for move in asked.moves for end in (move.held_by, move.to)])
    both = [(move.crn, ends[holding(move.held_by)], ends[holding(move.to)]) for move in asked.moves]
    require_both_ends(user, [end.place for _, *pair in both for end in pair])
    moves = [Move(crn, giver.place_id, taker.place_id) for crn, giver, taker in both]
    shown = [(move.crn, holding(move.held_by)) for move in asked.moves]
    return {"batch": _give(user, shown, moves, "moves", asked.reason, asked.notes)}


@router.write("POST", "/allocation/put-back", permission=ALLOCATE, answer=AllocationMade)
def put_cases_back(request: HttpRequest, asked: CasesPutBack) -> dict[str, Any]:
    """Put cases back for allocation.

    To the post for unallocated cases of their team, else of their PDU, within the caller's reach. All or none, as with
    moves.
    """
    user = caller(request)
    shown = [(one.crn, holding(one.held_by)) for one in asked.cases]
    ends = _ends([one.held_by for one in asked.cases])
    require_both_ends(user, [end.place for end in ends.values()])
    cases = _still_held(user, shown, "cases")
    moves = moves_back([case for case in cases if not case.waits], policy.reach(user, ALLOCATE))
    return {"batch": _give(user, shown, moves, "cases", asked.reason, asked.notes)}


@router.write("POST", "/allocation/moves/{uuid:batch}/undo", permission=ALLOCATE, answer=AllocationUndone)
def undo_allocation(request: HttpRequest, batch: Batch) -> dict[str, Any]:
    """Take back what was moved together.

    Cases that have moved on since stay where they are.
    """
    figures = figures_for(None)
    rows = batch_of(batch, EVERYTHING, snapshot_id=figures.snapshot_id)
    if not rows:
        raise NotAllowed
    require_both_ends(caller(request), [place for row in rows for place in row.places])
    undone = take_back(batch=batch)
    return {"moved_back": undone.moved_back, "left": list(undone.left)}


@router.write("POST", "/allocation/differences/{int:number}/let-stand", permission=ALLOCATE, answer=MovedCase)
def let_the_record_stand(request: HttpRequest, number: Number) -> dict[str, Any]:
    """Let the national record stand.

    It is right about this case after all: the case isn't a difference any more.
    """
    found = _difference(request, number)
    let_record_stand(allocation_id=number)
    after = move_called(number, snapshot_id=figures_for(None).snapshot_id)
    return moved_json(after or found)


@router.write("POST", "/allocation/differences/{int:number}/undo", permission=ALLOCATE, answer=AllocationUndone)
def undo_one_move(request: HttpRequest, number: Number) -> dict[str, Any]:
    """Take back the move of one case.

    Others that were moved together with it stay.
    """
    found = _difference(request, number)
    undone = take_back(batch=found.batch, crn=found.crn)
    return {"moved_back": undone.moved_back, "left": list(undone.left)}


def holding(end: InTeam) -> Holding:
    """A practitioner in a team, as reads take them."""
    return Holding(end.om_key, end.team_code)


def _difference(request: HttpRequest, number: int) -> Moved:
    """The move of a case, if both its ends are within the caller's reach.

    Raises:
        NotAllowed: they aren't, or there is no such move.
    """
    found = move_called(number, snapshot_id=figures_for(None).snapshot_id)
    if found is None:
        raise NotAllowed
    require_both_ends(caller(request), found.places)
    return found


def _ends(named: Sequence[InTeam]) -> dict[Holding, End]:
    """Those practitioners-in-team.

    Raises:
        NotAllowed: there is one that isn't.
    """
    wanted = {holding(end) for end in named}
    found = ends_called(wanted)
    if wanted - set(found):
        raise NotAllowed
    return found


def _give(
    user: User, shown: Sequence[tuple[str, Holding]], moves: Sequence[Move], field: str, reason: str, notes: str
) -> UUID:
    """Make the moves; of a case that there isn't no more is told than of one that is out of reach.

    Raises:
        MovedMeanwhile: a case isn't with whom it was.
        AllocationRefused: they can't be moved so.
    """
    _still_held(user, shown, field)
    try:
        return give_cases(moves=moves, reason=reason, notes=notes)
    except CaseMoved as moved:
        # Somebody was quicker between the reading and the doing.
        _still_held(user, shown, field)
        raise CaseMoved(moved.crns, ()) from None


def _still_held(user: User, shown: Sequence[tuple[str, Holding]], field: str) -> tuple[OpenCase, ...]:
    reach, figures = policy.reach(user, ALLOCATE), figures_for(None)
    return require_still_held(shown, reach, snapshot_id=figures.snapshot_id, field=field)
