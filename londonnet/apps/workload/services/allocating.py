"""Giving cases to people and taking that back, and telling those concerned: one transaction each.

Whoever calls has asked the access policy about both ends of each move.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Final
from uuid import UUID

from django.db import transaction

from londonnet.apps.caseload import services as caseload
from londonnet.apps.caseload.models import Allocation
from londonnet.apps.caseload.services import Move, Undone
from londonnet.apps.caseload.tiers import tier_name
from londonnet.apps.organisation.unallocated import is_unallocated
from londonnet.apps.workload import addresses
from londonnet.apps.workload.notice_kinds import CASE_ALLOCATED, CASES_MOVED
from londonnet.platform.access.policy import TRUST_WIDE, Place
from londonnet.platform.access.selectors import user_of_staff_key, users_with
from londonnet.platform.audit import current_actor
from londonnet.platform.notices.services import notify
from londonnet.platform.ui.formatting import plural

from .told import told_together

ALLOCATE: Final = "workload.allocate"
_MOST_NAMED: Final = 10


@transaction.atomic
def give_cases(*, moves: Sequence[Move], reason: str = "", notes: str = "") -> UUID:
    """Give cases to practitioners-in-team, and tell them and the managers of their teams.

    Args:
        moves: the cases and where they go; all of them go, or none.
        reason: name of an `AllocationReason`; needed where a case is taken from somebody who holds it.
        notes: for whoever gets the cases.

    Returns:
        The batch, which `take_back` takes back as a whole.

    Raises:
        AllocationRefused: there is no such case, person or reason, or nothing to do.
        CaseMoved: somebody else was quicker.
    """
    batch = caseload.allocate(moves=moves, reason=reason, notes=notes)
    _tell(_of_batch(batch), undone=False)
    return batch


@transaction.atomic
def take_back(*, batch: UUID, crn: str = "") -> Undone:
    """Undo a batch, and tell those who had been given its cases, and the managers.

    Args:
        batch: what was moved together.
        crn: one of its cases, where the others stay; empty for all of them.

    Raises:
        AllocationRefused: there is nothing left of it to take back, or it is more than 30 days old.
    """
    standing = _of_batch(batch, state=Allocation.State.STANDING)
    undone = caseload.undo_allocation(batch=batch, crn=crn)
    _tell([one for one in standing if crn in ("", one.crn) and one.crn not in undone.left], undone=True)
    return undone


def _of_batch(batch: UUID, **narrowed: object) -> list[Allocation]:
    found = Allocation.objects.filter(batch=batch, **narrowed).order_by("id")
    ends = ("practitioner", "team")
    return list(found.select_related(*(f"{side}__{end}" for side in ("from_place", "to_place") for end in ends)))


def _tell(moved: Sequence[Allocation], *, undone: bool) -> None:
    if not moved:
        return
    for om_key in dict.fromkeys(one.to_place.practitioner.om_key for one in moved):
        _tell_taker(om_key, [one for one in moved if one.to_place.practitioner.om_key == om_key], undone=undone)
    _tell_managers(moved, undone=undone)


def _tell_taker(om_key: str, given: Sequence[Allocation], *, undone: bool) -> None:
    """Tell somebody of all that they were given, in whichever of their teams."""
    user = None if is_unallocated(om_key) else user_of_staff_key(om_key)
    if user is None or user == current_actor().user_id:
        return
    teams = {one.to_place.team.code: one.to_place.team.name for one in given}
    cases = plural(len(given), "case")
    done = "was taken back" if undone else "was allocated to you"
    notify(
        kind=CASE_ALLOCATED.name,
        users=[user],
        title=f"{cases} {done if len(given) == 1 else done.replace('was', 'were', 1)}",
        text=" ".join(
            filter(None, (_named(given), f"{', '.join(teams.values())}.", given[0].notes if not undone else ""))
        ),
        url=addresses.cases(om_key, next(iter(teams)) if len(teams) == 1 else ""),
    )


def _tell_managers(moved: Sequence[Allocation], *, undone: bool) -> None:
    """Those who manage a team that gave or got, not those above them: each of what their own teams gave or got."""
    above = {current_actor().user_id, *users_with(ALLOCATE, TRUST_WIDE)}
    teams = sorted({code for one in moved for code in _teams(one)})
    users_of = {team: users_with(ALLOCATE, Place(team_code=team)) for team in teams}
    for of_theirs, users in sorted(told_together(users_of, but=above).items()):
        _tell_of([one for one in moved if not _teams(one).isdisjoint(of_theirs)], users, undone=undone)


def _tell_of(moved: Sequence[Allocation], managers: Sequence[int], *, undone: bool) -> None:
    begun = "Undone: " if undone else ""
    moves = Counter((one.from_place.practitioner.full_name, one.to_place.practitioner.full_name) for one in moved)
    notify(
        kind=CASES_MOVED.name,
        users=managers,
        title=f"{begun}{plural(len(moved), 'case')} moved in your teams by {current_actor().name}",
        text=" ".join(f"{plural(n, 'case')} from {giver} to {taker}." for (giver, taker), n in moves.items()),
        url=addresses.allocation_batch(moved[0].batch),
    )


def _teams(one: Allocation) -> set[str]:
    return {one.from_place.team.code, one.to_place.team.code}


def _named(given: Iterable[Allocation]) -> str:
    named = [f"{one.crn} (tier {tier_name(one.tier)})" for one in given]
    more = len(named) - _MOST_NAMED
    return ", ".join(named[:_MOST_NAMED]) + (f" and {more} more." if more > 0 else ".")
