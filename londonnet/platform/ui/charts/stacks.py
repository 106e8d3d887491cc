"""Rows whose parts fill 100%: the tiers of each grade, say."""

from collections.abc import Sequence
from dataclasses import dataclass

# A part narrower than the first has no room for its number; narrower than the second, none on a narrow screen.
_WIDE_ROOM, _NARROW_ROOM = 5.0, 14.0


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a row.

    `number` (from 1) chooses its colour and pattern; `room` says where its count fits: always, wide (screens), no.
    """

    number: int
    count: int
    percent: float
    left: float
    room: str

    @property
    def middle(self) -> float:
        """Half-way across."""
        return round(self.left + self.percent / 2, 2)


@dataclass(frozen=True, slots=True)
class Stack:
    """One row. A row without anything has no parts to draw."""

    name: str
    total: int
    parts: tuple[Part, ...]


def stacks(rows: Sequence[tuple[str, Sequence[int]]]) -> tuple[Stack, ...]:
    """Each row's parts as shares of the row.

    Args:
        rows: a name and the counts of its parts, none below 0.
    """
    return tuple(_stack(name, counts) for name, counts in rows)


def _stack(name: str, counts: Sequence[int]) -> Stack:
    total = sum(counts)
    if not total:
        return Stack(name, 0, ())
    before = 0
    parts: list[Part] = []
    for number, count in enumerate(counts, 1):
        percent = round(100 * count / total, 2)
        parts.append(Part(number, count, percent, round(100 * before / total, 2), _room(percent)))
        before += count
    return Stack(name, total, tuple(parts))


def _room(percent: float) -> str:
    return "always" if percent >= _NARROW_ROOM else ("wide" if percent >= _WIDE_ROOM else "no")
