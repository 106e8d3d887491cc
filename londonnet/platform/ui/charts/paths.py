"""Lines as SVG paths: gaps stay gaps, and a line of many points keeps its peaks when it is thinned."""

from collections.abc import Iterable, Sequence
from itertools import groupby

# A picture is seldom wider than this many pixels; more points than two a pixel can't be seen.
COLUMNS = 500

Point = tuple[float, float]


def thinned(points: Sequence[Point], columns: int = COLUMNS) -> list[Point]:
    """At most four points a column: its first, lowest, highest and last, so no peak is lost.

    Args:
        points: places 0 to 100, from left to right.
        columns: how many columns the picture is wide.
    """
    if len(points) <= columns:
        return list(points)
    kept: list[Point] = []
    for _, members in groupby(points, key=lambda point: int(point[0] * columns / 100)):
        column = list(members)
        wanted = {0, len(column) - 1}
        wanted.add(min(range(len(column)), key=lambda index: column[index][1]))
        wanted.add(max(range(len(column)), key=lambda index: column[index][1]))
        kept.extend(column[index] for index in sorted(wanted))
    return kept


def path(runs: Iterable[Sequence[Point]]) -> str:
    """The `d` of a path through each run of points; a run of one is a dot (with round ends)."""
    return "".join(_run(run) for run in runs if run)


def _run(run: Sequence[Point]) -> str:
    start, *others = (f"{_plain(x)} {_plain(y)}" for x, y in run)
    return f"M{start}" + ("L" + " ".join(others) if others else "h0")


def _plain(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")
