"""Doing what was chosen: both ends of every move are asked of the access policy first."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from londonnet.apps.caseload.services import Move
from londonnet.apps.workload.choosing.board import PersonLine
from londonnet.apps.workload.choosing.putting_back import moves_back
from londonnet.apps.workload.selectors.allocation.cases import OpenCase
from londonnet.apps.workload.services.allocating import ALLOCATE, give_cases
from londonnet.apps.workload.within_reach import require_both_ends
from londonnet.platform.access import policy
from londonnet.platform.access.models import User
from londonnet.platform.ui.formatting import plural

from .words import done_words


@dataclass(frozen=True, slots=True)
class Given:
    """What was done: the batch, and the words that say so."""

    batch: UUID
    words: str


def give(user: User, cases: Sequence[OpenCase], taker: PersonLine, *, reason: str, notes: str) -> Given:
    """Give the cases to one practitioner-in-team.

    Raises:
        AllocationRefused: they can't be given so.
        CaseMoved: somebody else was quicker.
    """
    require_both_ends(user, [taker.who.place, *(case.place for case in cases)])
    moves = [Move(case.crn, case.place_id, taker.who.place_id) for case in cases]
    batch = give_cases(moves=moves, reason=reason_for(cases, reason), notes=notes)
    return Given(batch, done_words(len(moves), taker))


def put_back(user: User, cases: Sequence[OpenCase], *, reason: str, notes: str) -> Given:
    """Put cases back for allocation: to the team's post for unallocated cases, else to one of the PDU.

    Raises:
        AllocationRefused: there is no such post within reach.
        CaseMoved: somebody else was quicker.
    """
    held = [case for case in cases if not case.waits]
    require_both_ends(user, [case.place for case in held])
    moves = moves_back(held, policy.reach(user, ALLOCATE))
    batch = give_cases(moves=moves, reason=reason_for(held, reason), notes=notes)
    waits = "waits" if len(moves) == 1 else "wait"
    return Given(batch, f"{plural(len(moves), 'case')} {waits} for allocation again.")


def reason_for(cases: Iterable[OpenCase], reason: str) -> str:
    """The reason where one is needed; a case that nobody has needs none."""
    return "" if all(case.waits for case in cases) else reason
