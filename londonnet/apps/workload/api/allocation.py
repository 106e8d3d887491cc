"""Allocation for programs: within the caller's reach, at both ends of every move."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Query

from londonnet.apps.caseload.errors import CaseMoved
from londonnet.apps.caseload.services import Move
from londonnet.apps.workload.allocation_json import batch_json, candidate_json, case_json, moved_json
from londonnet.apps.workload.selectors.allocation.cases import Holding, unallocated
from londonnet.apps.workload.selectors.allocation.ends import ends_called
from londonnet.apps.workload.selectors.allocation.moved import batch_of, differences, history
from londonnet.apps.workload.services.allocating import ALLOCATE, give_cases, take_back
from londonnet.apps.workload.views.allocation.asked import Choice
from londonnet.apps.workload.views.allocation.board import board_of
from londonnet.apps.workload.views.allocation.giving import require_both_ends
from londonnet.apps.workload.views.allocation.offer import Wanted, read_offer
from londonnet.apps.workload.views.allocation.scope import scope_within
from londonnet.platform.access import policy
from londonnet.platform.access.policy import EVERYTHING
from londonnet.platform.api.guard import caller
from londonnet.platform.api.paging import Paging
from londonnet.platform.api.paging import page_of as part_of
from londonnet.platform.api.routing import ApiRouter
from londonnet.platform.audit import consulted
from londonnet.platform.errors import NotAllowed
from londonnet.platform.trusts.snapshot import snapshot

from .allocation_schemas import (
    AllocationAsked,
    AllocationMade,
    AllocationUndone,
    Candidates,
    CandidatesAsked,
    CasesThatWait,
    Differences,
    InTeam,
    Moves,
    PlaceAsked,
)
from .asked import as_at_json, figures_for

router = ApiRouter()


@router.read("/allocation/unallocated", permission=ALLOCATE, answer=CasesThatWait)
def unallocated_cases(request: HttpRequest, asked: Query[PlaceAsked], paging: Query[Paging]) -> dict[str, Any]:
    """Cases that nobody has.

    New on the extract under a post for unallocated cases, or put back.
    """
    with snapshot():
        scope = scope_within(asked.within, policy.reach(caller(request), ALLOCATE))
        figures = figures_for(None)
        found = unallocated(scope.reach, snapshot_id=figures.snapshot_id, first=paging.offset, size=paging.limit)
    consulted("caselist", f"unallocated:{scope.within or 'own'}")
    return {
        "as_at": as_at_json(figures),
        "total": found.total,
        "limit": paging.limit,
        "offset": paging.offset,
        "items": [case_json(case) for case in found.rows],
    }


@router.write("POST", "/allocation/candidates", permission=ALLOCATE, answer=Candidates)
def allocation_candidates(request: HttpRequest, asked: CandidatesAsked) -> dict[str, Any]:
    """Who could get some cases.

    Everybody who could get all of them, with the effect on each. Nothing is changed; it is a POST since no address
    names a case.
    """
    with snapshot():
        figures = figures_for(None)
        offer = read_offer(Wanted(asked.crns, among=asked.among), policy.reach(caller(request), ALLOCATE), figures)
        if not offer.cases:
            raise NotAllowed
        board = board_of(offer, Choice(dict.fromkeys(asked.crns, 0)))
    consulted("caselist", "allocation", about=asked.crns[0] if len(asked.crns) == 1 else "")
    return {
        "as_at": as_at_json(figures),
        "gained": board.gained,
        "items": [candidate_json(line.who, line.effect) for line in board.people],
    }


@router.write("POST", "/allocation/moves", permission=ALLOCATE, answer=AllocationMade)
def allocate_cases(request: HttpRequest, asked: AllocationAsked) -> dict[str, Any]:
    """Give cases to people.

    All of them, or none where one has been moved meanwhile (409). Whoever gets a case is told, and the managers of
    both teams.
    """
    ends = ends_called([_holding(end) for move in asked.moves for end in (move.held_by, move.to)])
    try:
        both = [(move.crn, ends[_holding(move.held_by)], ends[_holding(move.to)]) for move in asked.moves]
    except KeyError:
        raise NotAllowed from None
    require_both_ends(caller(request), [end.place for _, *pair in both for end in pair])
    moves = [Move(crn, giver.place_id, taker.place_id) for crn, giver, taker in both]
    try:
        return {"batch": give_cases(moves=moves, reason=asked.reason, notes=asked.notes)}
    except CaseMoved as moved:
        # Where a case is now isn't told: it may be out of the caller's reach.
        raise CaseMoved(moved.crns, ()) from None


@router.write("POST", "/allocation/moves/{batch}/undo", permission=ALLOCATE, answer=AllocationUndone)
def undo_allocation(request: HttpRequest, batch: UUID) -> dict[str, Any]:
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


@router.read("/allocation/differences", permission=ALLOCATE, answer=Differences)
def allocation_differences(request: HttpRequest, asked: Query[PlaceAsked], paging: Query[Paging]) -> dict[str, Any]:
    """Differences with the national record.

    Moved here, and not yet in the record: it is listed until the record says the same, or is let stand.
    """
    with snapshot():
        scope = scope_within(asked.within, policy.reach(caller(request), ALLOCATE))
        figures = figures_for(None)
        rows = differences(scope.reach, snapshot_id=figures.snapshot_id, datestamp=figures.datestamp)
    consulted("caselist", f"differences:{scope.within or 'own'}")
    return part_of(rows, paging, moved_json, as_at=as_at_json(figures))


@router.read("/allocation/history", permission=ALLOCATE, answer=Moves)
def allocation_history(request: HttpRequest, asked: Query[PlaceAsked], paging: Query[Paging]) -> dict[str, Any]:
    """What was moved in the last thirty days."""
    scope = scope_within(asked.within, policy.reach(caller(request), ALLOCATE))
    found = history(scope.reach, first=paging.offset, size=paging.limit)
    return {
        "total": found.total,
        "limit": paging.limit,
        "offset": paging.offset,
        "items": [batch_json(batch) for batch in found.rows],
    }


def _holding(end: InTeam) -> Holding:
    return Holding(end.om_key, end.team_code)
