"""Giving a case to somebody, and taking that back: between two extracts it counts at once."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone

from londonnet.apps.organisation.unallocated import is_unallocated
from londonnet.platform.audit import Event, current_actor, record

from ..errors import AllocationRefused, CaseMoved
from ..models import Allocation, AllocationReason, Snapshot
from ..selectors import HeldCase, Post, current_snapshot, held_cases, posts_by_id
from .moving import move_cases
from .turns import take_turn

UNDO_FOR: Final = timedelta(days=30)
MOST_NOTES: Final = 4000


@dataclass(frozen=True, slots=True)
class Move:
    """A case to be given to somebody.

    Attributes:
        held_by: number of the practitioner-in-team who held it when the choice was made: if it is somebody else's by
            now, nothing is done.
        to: number of the practitioner-in-team who is to hold it.
    """

    crn: str
    held_by: int
    to: int


@dataclass(frozen=True, slots=True)
class Undone:
    """What became of taking a batch back: how many cases went back, and those that had moved on and stay."""

    moved_back: int
    left: tuple[str, ...]


@transaction.atomic
def allocate(*, moves: Sequence[Move], reason: str = "", notes: str = "") -> UUID:
    """Give cases to practitioners-in-team; all of them or, where one of them can't be, none.

    Whoever calls has asked the access policy about both ends of each move.

    Args:
        moves: the cases and where they go.
        reason: name of an `AllocationReason`; needed where a case is taken from somebody who holds it.
        notes: for whoever gets the cases.

    Returns:
        The batch, which `undo_allocation` takes back as a whole.

    Raises:
        AllocationRefused: there is no such case, person or reason, or nothing to do.
        CaseMoved: somebody else was quicker.
    """
    take_turn()
    extract = _extract()
    held = _held(extract, moves)
    posts = posts_by_id(extract, {place for move in moves for place in (move.held_by, move.to)})
    given = _reason(reason, moves, posts)
    _check(moves, posts, notes)
    batch = uuid4()
    concerned = move_cases(extract.pk, [held[move.crn].to(move.to) for move in moves])
    _replace({move.crn for move in moves})
    _note(batch, moves, held, posts, given, notes.strip(), extract)
    record(_event("caseload.allocated", batch, moves, concerned, why=reason))
    return batch


@transaction.atomic
def undo_allocation(*, batch: UUID, crn: str = "") -> Undone:
    """Take a batch back: each of its cases that is still with whom it was given to goes back to whom it came from.

    What had been done to a case before stands again: else nobody would learn that the record doesn't know of it.

    Args:
        batch: what was moved together.
        crn: one of its cases, where the others stay; empty for all of them.

    Raises:
        AllocationRefused: there is nothing left of it to take back, or it is more than 30 days old.
    """
    take_turn()
    extract = _extract()
    named = {"crn": crn} if crn else {}
    standing = list(Allocation.objects.filter(batch=batch, state=Allocation.State.STANDING, **named).order_by("id"))
    if not standing or standing[0].made_at < timezone.now() - UNDO_FOR:
        raise AllocationRefused("There is nothing left here to undo: it was undone, moved on, or is in the record.")
    held = held_cases(extract.pk, (one.crn for one in standing), locked=True)
    back = [one for one in standing if one.crn in held and held[one.crn].place_id == one.to_place_id]
    left = tuple(one.crn for one in standing if one not in back)
    # After a later extract the record is the truth: there is nothing to move, only the difference to strike off.
    moving = [one for one in back if one.made_on >= extract.datestamp]
    concerned = move_cases(extract.pk, [held[one.crn].to(one.from_place_id) for one in moving])
    _end([one.pk for one in standing], Allocation.State.UNDONE)
    _stand_again(moving)
    moves = [Move(one.crn, one.to_place_id, one.from_place_id) for one in moving]
    record(_event("caseload.allocation_undone", batch, moves, concerned))
    return Undone(len(moving), left)


@transaction.atomic
def let_record_stand(*, allocation_id: int) -> None:
    """Strike a difference off the list: the national record is right about this case after all.

    Raises:
        AllocationRefused: it isn't on the list any more, or the extract is still the one that it was made on.
    """
    take_turn()
    extract = _extract()
    one = Allocation.objects.filter(pk=allocation_id, state=Allocation.State.STANDING).first()
    if one is None or one.made_on >= extract.datestamp:
        raise AllocationRefused("This isn't a difference any more. Undo it instead if the case should go back.")
    _end([one.pk], Allocation.State.DROPPED)
    record(Event("caseload.record_let_stand", "allocation", str(one.pk), about=one.crn))


def _extract() -> Snapshot:
    extract = current_snapshot()
    if extract is None:
        raise AllocationRefused("No national extract has been loaded yet, so there are no cases to allocate.")
    return extract


def _held(extract: Snapshot, moves: Sequence[Move]) -> dict[str, HeldCase]:
    """The cases, locked, each still with whom it was when it was chosen."""
    if not moves or len({move.crn for move in moves}) < len(moves):
        raise AllocationRefused("Choose at least one case, and each case once.")
    held = held_cases(extract.pk, (move.crn for move in moves), locked=True)
    if any(move.crn not in held for move in moves):
        raise AllocationRefused("The national extract doesn't name this case any more, so it can't be moved.")
    gone = [move.crn for move in moves if held[move.crn].place_id != move.held_by]
    if gone:
        raise CaseMoved(gone, _where_now(extract, [held[crn] for crn in gone]))
    return held


def _where_now(extract: Snapshot, cases: Sequence[HeldCase]) -> list[str]:
    posts = posts_by_id(extract, {case.place_id for case in cases})
    by = dict(
        Allocation.objects.filter(crn__in=[case.crn for case in cases], state=Allocation.State.STANDING).values_list(
            "crn", "made_by_name"
        )
    )
    said = []
    for case in cases:
        post = posts[case.place_id]
        mover = f"{by[case.crn]} gave it to" if case.crn in by else "It is now with"
        said.append(f"Case {case.crn}: {mover} {post.name}, {post.team_name}.")
    return said


def _reason(name: str, moves: Sequence[Move], posts: Mapping[int, Post]) -> AllocationReason | None:
    taken = any(move.held_by in posts and not is_unallocated(posts[move.held_by].om_key) for move in moves)
    if not name and not taken:
        return None
    found = AllocationReason.objects.filter(name=name, enabled=True).first()
    if found is None:
        raise AllocationRefused("Choose why the case moves.", "reason-needed")
    return found


def _check(moves: Sequence[Move], posts: Mapping[int, Post], notes: str) -> None:
    if len(notes) > MOST_NOTES:
        raise AllocationRefused(f"Notes can have {MOST_NOTES:,} characters at most.", "notes-too-long")
    if any(move.to not in posts or not posts[move.to].is_in_extract for move in moves):
        raise AllocationRefused("The national extract doesn't name whom you chose in this team. Choose somebody else.")
    if any(move.to == move.held_by for move in moves):
        raise AllocationRefused("The case is with this practitioner already. Choose somebody else.")


def _note(
    batch: UUID,
    moves: Sequence[Move],
    held: Mapping[str, HeldCase],
    posts: Mapping[int, Post],
    reason: AllocationReason | None,
    notes: str,
    extract: Snapshot,
) -> None:
    actor = current_actor()
    Allocation.objects.bulk_create(
        Allocation(
            batch=batch,
            crn=move.crn,
            kind=_kind(posts[move.held_by], posts[move.to]),
            from_place_id=move.held_by,
            to_place_id=move.to,
            tier=held[move.crn].tier,
            location=held[move.crn].location,
            reason=reason,
            notes=notes,
            made_on=extract.datestamp,
            made_by=actor.user_id,
            made_by_name=actor.name,
        )
        for move in moves
    )


def _kind(giver: Post, taker: Post) -> Allocation.Kind:
    if is_unallocated(taker.om_key):
        return Allocation.Kind.PUT_BACK
    return Allocation.Kind.ALLOCATED if is_unallocated(giver.om_key) else Allocation.Kind.REALLOCATED


def _replace(crns: Collection[str]) -> None:
    standing = Allocation.objects.filter(crn__in=crns, state=Allocation.State.STANDING)
    _end(list(standing.values_list("pk", flat=True)), Allocation.State.REPLACED)


def _end(ids: Sequence[int], state: Allocation.State) -> None:
    Allocation.objects.filter(pk__in=ids).update(
        state=state, ended_at=timezone.now(), ended_by_name=current_actor().name
    )


def _stand_again(undone: Sequence[Allocation]) -> None:
    """Have what these moves had replaced stand again: what ended last of a case before them, if it was replaced."""
    others = Allocation.objects.filter(crn__in=[one.crn for one in undone]).exclude(pk__in=[one.pk for one in undone])
    latest = others.order_by("crn", "-ended_at", "-pk").distinct("crn")
    again = [one.pk for one in latest if one.state == Allocation.State.REPLACED]
    Allocation.objects.filter(pk__in=again).update(state=Allocation.State.STANDING, ended_at=None, ended_by_name="")


def _event(kind: str, batch: UUID, moves: Sequence[Move], concerned: Collection[int], why: str = "") -> Event:
    return Event(
        kind=kind,
        subject_type="allocation",
        subject_id=str(batch),
        about=moves[0].crn if len(moves) == 1 else "",
        before={"held_by": {move.crn: move.held_by for move in moves}},
        after={"held_by": {move.crn: move.to for move in moves}, "concerned": sorted(concerned)},
        why=why,
    )
