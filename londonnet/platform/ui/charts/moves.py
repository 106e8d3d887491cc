"""A capacity now and after a move, on the scale of the workload bar: 0 to 160%."""

from dataclasses import dataclass

from .scales import Number, Scale

MOST = 160


@dataclass(frozen=True, slots=True)
class Move:
    """Two bars: `now` and `after` are where they end, None where there is no capacity.

    `level` goes by the capacity after: under, within, over, or none.
    """

    now: float | None
    after: float | None
    level: str
    band: tuple[float, float]


def move(now: Number | None, after: Number | None, band: tuple[Number, Number] = (90, 110)) -> Move:
    """Where the bars end, by the unrounded figures; above 160% they end at the edge.

    Args:
        now: capacity in percent, or None where it can't be measured.
        after: the same, after the move.
        band: lowest and highest capacity of the band.
    """
    scale = Scale(0, MOST)
    ends = [None if value is None else scale.place(value) for value in (now, after)]
    return Move(
        now=ends[0],
        after=ends[1],
        level=_level(after, band),
        band=(scale.place(band[0]), scale.place(band[1])),
    )


def _level(value: Number | None, band: tuple[Number, Number]) -> str:
    if value is None:
        return "none"
    return "over" if value > band[1] else ("within" if value >= band[0] else "under")
