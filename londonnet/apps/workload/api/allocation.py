"""Allocation for programs: the lists of its pages, within the caller's reach."""

from typing import Any

from django.http import HttpRequest
from ninja import Query

from londonnet.apps.workload import selectors
from londonnet.apps.workload.allocation_json import batch_json, case_json, moved_json
from londonnet.apps.workload.selectors import FiguresInForce
from londonnet.apps.workload.selectors.allocation.batches import history
from londonnet.apps.workload.selectors.allocation.cases import Holding, cases_of, unallocated
from londonnet.apps.workload.selectors.allocation.counts import Counts, counts
from londonnet.apps.workload.selectors.allocation.moved import batch_of, differences
from londonnet.apps.workload.selectors.allocation.teams import allocation_reasons
from londonnet.apps.workload.services.allocating import ALLOCATE
from londonnet.platform.access import policy
from londonnet.platform.access.policy import Reach
from londonnet.platform.api.guard import caller
from londonnet.platform.api.paging import Paging, part_of
from londonnet.platform.api.routing import ApiRouter
from londonnet.platform.audit import consulted
from londonnet.platform.errors import NotAllowed
from londonnet.platform.trusts.snapshot import snapshot

from .allocation_schemas import (
    AllocationReasons,
    CasesOfSomebody,
    CasesThatWait,
    Differences,
    InTeamAsked,
    MovedTogether,
    Moves,
    PlaceAsked,
)
from .asked import as_at_json, figures_for
from .parts import Batch, reach_in

router = ApiRouter()


@router.read("/allocation/unallocated", permission=ALLOCATE, answer=CasesThatWait)
def unallocated_cases(request: HttpRequest, asked: Query[PlaceAsked], paging: Query[Paging]) -> dict[str, Any]:
    """Cases that nobody has.

    New on the extract under a post for unallocated cases, or put back.
    """
    with snapshot():
        scope = reach_in(caller(request), ALLOCATE, asked.part)
        figures = figures_for(None)
        found = unallocated(scope, snapshot_id=figures.snapshot_id, first=paging.offset, size=paging.limit)
        total = found.total or _counts(scope, figures).unallocated
    consulted("caselist", f"unallocated:{asked.within or 'own'}")
    return part_of(found.rows, total, paging, case_json, as_at=as_at_json(figures))


@router.read("/allocation/cases", permission=ALLOCATE, answer=CasesOfSomebody)
def cases_of_practitioner(request: HttpRequest, asked: Query[InTeamAsked], paging: Query[Paging]) -> dict[str, Any]:
    """Cases that somebody holds.

    Of a practitioner in a team within the caller's reach, the highest tier first: what can be given to others.
    """
    with snapshot():
        place = selectors.place_of("practitioner", asked.om_key, team_code=asked.team_code)
        if place is None:
            raise NotAllowed
        policy.require(caller(request), ALLOCATE, place)
        figures, holding = figures_for(None), Holding(asked.om_key, asked.team_code)
        reach = policy.reach(caller(request), ALLOCATE)
        found = cases_of(holding, reach, snapshot_id=figures.snapshot_id, first=paging.offset, size=paging.limit)
        total = found.total or cases_of(holding, reach, snapshot_id=figures.snapshot_id, size=1).total
    consulted("caselist", f"practitioner:{asked.om_key}:{asked.team_code}")
    return part_of(found.rows, total, paging, case_json, as_at=as_at_json(figures))


@router.read("/allocation/differences", permission=ALLOCATE, answer=Differences)
def allocation_differences(request: HttpRequest, asked: Query[PlaceAsked], paging: Query[Paging]) -> dict[str, Any]:
    """Differences with the national record.

    Moved here, and not yet in the record: it is listed until the record says the same, or is let stand. What a later
    extract contradicts comes before what none has been compared with.
    """
    with snapshot():
        scope = reach_in(caller(request), ALLOCATE, asked.part)
        figures = figures_for(None)
        found = differences(scope, snapshot_id=figures.snapshot_id, first=paging.offset, size=paging.limit)
        total = found.total or _counts(scope, figures).differences
    consulted("caselist", f"differences:{asked.within or 'own'}")
    return part_of(found.rows, total, paging, moved_json, as_at=as_at_json(figures))


@router.read("/allocation/history", permission=ALLOCATE, answer=Moves)
def allocation_history(request: HttpRequest, asked: Query[PlaceAsked], paging: Query[Paging]) -> dict[str, Any]:
    """What was moved in the last thirty days.

    Whatever either end of which is within the caller's reach, the latest first.
    """
    with snapshot():
        scope = reach_in(caller(request), ALLOCATE, asked.part)
        found = history(scope, first=paging.offset, size=paging.limit)
        total = found.total or history(scope, size=1).total
    return part_of(found.rows, total, paging, batch_json)


@router.read("/allocation/moves/{uuid:batch}", permission=ALLOCATE, answer=MovedTogether)
def moved_together(request: HttpRequest, batch: Batch) -> dict[str, Any]:
    """What was moved together.

    Each of its cases of which either end is within the caller's reach, and what became of it.
    """
    with snapshot():
        figures = figures_for(None)
        rows = batch_of(batch, policy.reach(caller(request), ALLOCATE), snapshot_id=figures.snapshot_id)
    if not rows:
        raise NotAllowed
    consulted("caselist", "allocation", about=rows[0].crn if len(rows) == 1 else "")
    return {"as_at": as_at_json(figures), "items": [moved_json(row) for row in rows]}


@router.read("/allocation/reasons", permission=ALLOCATE, answer=AllocationReasons)
def reasons_of_allocation(request: HttpRequest) -> dict[str, Any]:
    """Reasons for taking a case from somebody.

    Their names, as moves take them.
    """
    return {"items": list(allocation_reasons())}


def _counts(scope: Reach, figures: FiguresInForce) -> Counts:
    return counts(scope, snapshot_id=figures.snapshot_id)
