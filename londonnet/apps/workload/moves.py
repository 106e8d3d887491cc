"""What moving cases does to the figures of those who give and get them: pure, for showing it before it is done.

It follows the counts as they would be moved (`caseload.counting`), so what is shown is what comes about.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from londonnet.apps.caseload.counting import FILTERED, T2A, CaseToMove, CountKey, counts_after
from londonnet.apps.workload.capacity import percent_of
from londonnet.apps.workload.tiers import LOCATIONS, UNTIERED
from londonnet.apps.workload.weights import WeightSet

_SCORED: Final = (FILTERED, T2A)


@dataclass(frozen=True, slots=True)
class Change:
    """What a move adds to a figure, or takes from it where it is below 0.

    Attributes:
        cases: filtered cases, untiered ones too.
        t2a_cases: the same of transition-to-adulthood cases.
        points: whole points.
    """

    cases: int = 0
    t2a_cases: int = 0
    points: int = 0


@dataclass(frozen=True, slots=True)
class Effect:
    """A practitioner-in-team's workload now and after a move; capacity in percent, None where there is none."""

    place_id: int
    points_now: int
    points_after: int
    cases_now: int
    cases_after: int
    available: int

    @property
    def capacity_now(self) -> float | None:
        """Unrounded."""
        return percent_of(self.points_now, self.available) if self.available > 0 else None

    @property
    def capacity_after(self) -> float | None:
        """Unrounded."""
        return percent_of(self.points_after, self.available) if self.available > 0 else None


NO_CHANGE: Final = Change()


def changes(cases: Iterable[CaseToMove], held: Mapping[CountKey, int], weights: WeightSet) -> dict[int, Change]:
    """What a move changes for each practitioner-in-team concerned, by number.

    Args:
        cases: the cases, with who is to hold them.
        held: the counts as they stand, at least those of `caseload.counting.keys_of`.
        weights: those in force.
    """
    cells: Counter[tuple[int, int]] = Counter()
    points: Counter[int] = Counter()
    for key, count in counts_after(cases, held).items():
        sheet, place_id, _, _ = key
        if sheet in _SCORED:
            more = count - held.get(key, 0)
            cells[place_id, sheet] += more
            points[place_id] += more * _weight(key, weights)
    places = {place_id for place_id, _ in cells}
    return {place: Change(cells[place, FILTERED], cells[place, T2A], points[place]) for place in places}


def _weight(key: CountKey, weights: WeightSet) -> int:
    sheet, _, location, tier = key
    if tier == UNTIERED:
        return 0
    cell = (LOCATIONS[location - 1], tier)
    return weights.t2a_points(cell) if sheet == T2A else weights.case_points(cell)
