"""Changing many weights at once by a percentage: all of them, a column or a row of the grid."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final

from londonnet.apps.workload.points import round_half_up
from londonnet.apps.workload.tiers import LOCATIONS, TIERS, Cell, tier_name
from londonnet.apps.workload.weights import WeightSet
from londonnet.apps.workload.weights_reading import MOST_POINTS

LEAST_PERCENT: Final = -100
MOST_PERCENT: Final = 900


@dataclass(frozen=True, slots=True)
class Part:
    """Which weights are changed together: of cases, of T2A cases, or of both, in the cells that it holds."""

    key: str
    label: str
    kinds: tuple[str, ...]
    holds: Callable[[Cell], bool]
    with_the_rest: bool = False


def _everywhere(cell: Cell) -> bool:
    return True


def _in(location: str) -> Callable[[Cell], bool]:
    return lambda cell: cell[0] == location


def _of(tier: int) -> Callable[[Cell], bool]:
    return lambda cell: cell[1] == tier


PARTS: Final[tuple[Part, ...]] = (
    Part("all", "Everything that gives points", ("cases", "t2a"), _everywhere, with_the_rest=True),
    Part("cases", "All cases", ("cases",), _everywhere),
    Part("t2a", "All T2A cases", ("t2a",), _everywhere),
    *(Part(f"cases.{place}", f"Cases: {place}", ("cases",), _in(place)) for place in LOCATIONS),
    *(Part(f"t2a.{place}", f"T2A cases: {place}", ("t2a",), _in(place)) for place in LOCATIONS),
    *(Part(f"tier.{tier}", f"Cases of tier {tier_name(tier)}", ("cases",), _of(tier)) for tier in TIERS),
)


def part_called(key: str) -> Part | None:
    """The part of that key."""
    return next((part for part in PARTS if part.key == key), None)


def scaled(weights: WeightSet, part: Part, percent: Decimal) -> WeightSet:
    """The weights with those of one part changed by a percentage, a half rounded up and at most 999.

    Args:
        weights: what they are.
        part: which of them change. "Everything" is reports and contacts too, never targets, hours or percentages.
        percent: 33 makes 206 to 274, −50 halves.
    """

    def changed(points: int) -> int:
        return min(MOST_POINTS, round_half_up(points * (100 + percent) / 100))

    def table(kind: str, cells: "dict[Cell, int]") -> dict[Cell, int]:
        of_part = kind in part.kinds
        return {cell: changed(points) if of_part and part.holds(cell) else points for cell, points in cells.items()}

    grids = replace(weights, cases=table("cases", dict(weights.cases)), t2a=table("t2a", dict(weights.t2a)))
    if not part.with_the_rest:
        return grids
    return replace(
        grids,
        sdr=changed(weights.sdr),
        conversion=changed(weights.conversion),
        support={code: changed(points) for code, points in weights.support.items()},
        further_reports={
            kind: replace(report, points=changed(report.points)) for kind, report in weights.further_reports.items()
        },
    )
