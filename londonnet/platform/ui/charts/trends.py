"""A trend: a small line without axes, for cells and tiles, and the word for which way it went."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from .paths import Point, path
from .scales import Number, Scale

WIDTH, HEIGHT, EDGE = 120, 28, 4


@dataclass(frozen=True, slots=True)
class Trend:
    """A small picture of `WIDTH` by `HEIGHT`.

    Attributes:
        path: the line.
        last: where the last known value is marked.
        band: top and height of the band, or None.
        verb: rose, fell or stayed, by the figures as they are printed.
        first_value: the first known value.
        last_value: the last known value.
    """

    path: str
    last: Point
    band: tuple[float, float] | None
    verb: str
    first_value: Number
    last_value: Number


def trend(
    values: Sequence[Number | None], band: tuple[Number, Number] | None = None, decimals: int = 0
) -> Trend | None:
    """A trend through values at equal distances; None where fewer than two are known.

    Args:
        values: oldest first; None is a gap.
        band: the lowest and highest value of a band to shade, which is then always in the picture.
        decimals: how many the figures are printed with.
    """
    known = [value for value in values if value is not None]
    if len(known) < 2:
        return None
    seen = [float(value) for value in (*known, *(band or ()))]
    scale = Scale(min(seen), max(seen)) if max(seen) > min(seen) else Scale(min(seen) - 1, max(seen) + 1)
    across = (WIDTH - 2 * EDGE) / (len(values) - 1)
    places = [
        None if value is None else (round(EDGE + index * across, 2), _height(scale, value))
        for index, value in enumerate(values)
    ]
    runs = [list(run) for is_known, run in groupby(places, key=lambda place: place is not None) if is_known]
    drawn: list[list[Point]] = [[place for place in run if place] for run in runs]
    shade = (_height(scale, band[1]), round(_height(scale, band[0]) - _height(scale, band[1]), 2)) if band else None
    return Trend(path(drawn), drawn[-1][-1], shade, verb(known[0], known[-1], decimals), known[0], known[-1])


def verb(before: Number, after: Number, decimals: int = 0) -> str:
    """Rose, fell or stayed, by the figures as they are printed."""
    change = round(float(after), decimals) - round(float(before), decimals)
    return "rose" if change > 0 else ("fell" if change < 0 else "stayed")


def _height(scale: Scale, value: Number) -> float:
    return round(EDGE + scale.height(value) * (HEIGHT - 2 * EDGE) / 100, 2)
