"""Spreading cases over several people: a proposal that one can follow by hand.

The heaviest case first, each to whoever then has the lowest capacity with it. People whose capacity can't be measured
come after all others. Whoever would come above the limit with a case doesn't get it; where that is so of everybody,
the case stays where it is. The same cases and people always give the same proposal.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Piece:
    """A case to be given away: what it weighs in points, and the number of who holds it."""

    crn: str
    points: int
    held_by: int


@dataclass(frozen=True, slots=True)
class Room:
    """Somebody who may get cases: points that they hold and can carry; with nothing available they aren't measured."""

    place_id: int
    points: int
    available: int


@dataclass(frozen=True, slots=True)
class Spread:
    """Who gets which case, by number, and the cases that stay since nobody has room for them."""

    goes: dict[str, int]
    stay: tuple[str, ...]


def spread(pieces: Iterable[Piece], rooms: Sequence[Room], *, fill_to_percent: int | None = None) -> Spread:
    """Propose who gets which case.

    Args:
        pieces: the cases, each once.
        rooms: those among whom they are shared; nobody gets a case that they hold.
        fill_to_percent: nobody who can be measured is filled above this capacity; None for no limit.
    """
    held = {room.place_id: room.points for room in rooms}
    goes: dict[str, int] = {}
    stay: list[str] = []
    for piece in sorted(pieces, key=lambda one: (-one.points, one.crn)):
        fit = [room for room in rooms if _fits(piece, room, held, fill_to_percent)]
        if not fit:
            stay.append(piece.crn)
            continue
        taker = min(fit, key=lambda room: _after(piece, room, held))
        goes[piece.crn] = taker.place_id
        held[taker.place_id] += piece.points
    return Spread(goes, tuple(stay))


def _fits(piece: Piece, room: Room, held: dict[int, int], fill_to_percent: int | None) -> bool:
    if room.place_id == piece.held_by:
        return False
    if fill_to_percent is None or room.available <= 0:
        return True
    return (held[room.place_id] + piece.points) * 100 <= fill_to_percent * room.available


def _after(piece: Piece, room: Room, held: dict[int, int]) -> tuple[bool, Fraction, int]:
    """The measured before the others, then the lowest capacity with the case; where that is alike, the lower number."""
    points = held[room.place_id] + piece.points
    is_measured = room.available > 0
    return not is_measured, Fraction(points, room.available if is_measured else 1), room.place_id
