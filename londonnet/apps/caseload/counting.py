"""What moving a case does to the counts: pure, and exact to the last one.

The list of cases and the counts come from different sheets and need not agree. A case moves the count of a sheet only
where its holder has one of its kind there to give; so no count falls below 0, and what a move takes it also gives.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

ALL, FILTERED, T2A = 2, 1, 3
"""Numbers of the sheets, as `models.Sheet` has them."""

CountKey = tuple[int, int, int, int]
"""Sheet, place, location, tier: what one count belongs to."""


@dataclass(frozen=True, slots=True)
class CaseToMove:
    """A case as it stands, and what it is to become.

    Attributes:
        place_id: who holds it; `to_place_id` who is to hold it.
        tier: as it is; `to_tier` as it is to be.
        is_active: whether filtered counts take it in: it is neither on warrant nor overdue for termination.
        is_t2a: whether it is in transition to adulthood.
    """

    crn: str
    place_id: int
    to_place_id: int
    location: int
    tier: int
    to_tier: int
    is_active: bool
    is_t2a: bool

    def sheets(self) -> tuple[int, ...]:
        """The sheets whose counts take it in."""
        return (ALL, *((FILTERED,) if self.is_active else ()), *((T2A,) if self.is_t2a else ()))

    def before(self, sheet: int) -> CountKey:
        """Where it is counted."""
        return sheet, self.place_id, self.location, self.tier

    def after(self, sheet: int) -> CountKey:
        """Where it is to be counted."""
        return sheet, self.to_place_id, self.location, self.to_tier


def keys_of(cases: Iterable[CaseToMove]) -> set[CountKey]:
    """Every count that these cases touch."""
    return {key for case in cases for sheet in case.sheets() for key in (case.before(sheet), case.after(sheet))}


def counts_after(cases: Iterable[CaseToMove], held: Mapping[CountKey, int]) -> dict[CountKey, int]:
    """The counts that change, with what they become; 0 where the last one has gone.

    Args:
        cases: the cases that move.
        held: the counts as they stand; what isn't there is 0.
    """
    counts = Counter(held)
    for case in cases:
        for sheet in case.sheets():
            if counts[case.before(sheet)] > 0:
                counts[case.before(sheet)] -= 1
                counts[case.after(sheet)] += 1
    return {key: count for key, count in counts.items() if count != held.get(key, 0)}
