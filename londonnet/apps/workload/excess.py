"""Who was above a threshold for how long: the rule, day by day.

`capacity_years.py` finds the same in bytes, `selectors/excess.py` in a whole trust; property tests hold them
together.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

LONGEST_GAP_DAYS: Final = 7
"""Days that were never kept neither break a spell nor make one; but two kept days further apart than this do."""

Held = tuple[int, int]
"""Points held, and points available."""


@dataclass(frozen=True, slots=True)
class Spell:
    """Consecutive kept days all above the threshold: the first, the last, and the highest capacity in between."""

    first_day: date
    last_day: date
    highest: float

    @property
    def days(self) -> int:
        """How long it lasted, both ends counted."""
        return (self.last_day - self.first_day).days + 1

    @property
    def weeks(self) -> int:
        """How many whole weeks that is."""
        return self.days // 7


def spells(days: Mapping[date, Held], *, threshold: int, weeks: int) -> list[Spell]:
    """The spells above a threshold that lasted at least so many weeks, the earliest first.

    Args:
        days: points held and available on each day that is kept.
        threshold: percent. The figure itself is compared, not what is shown of it; exactly that much isn't above.
        weeks: how many weeks, of seven days, from the first day to the last.
    """
    return [spell for spell in _all_spells(days, threshold) if spell.days >= 7 * weeks]


def is_above(held: Held, threshold: int) -> bool:
    """Whether a figure is above the threshold. Where nothing is available there is no capacity to be above it."""
    points, available = held
    return available > 0 and points * 100 > available * threshold


def _all_spells(days: Mapping[date, Held], threshold: int) -> Iterator[Spell]:
    current: Spell | None = None
    for day in sorted(days):
        if current is not None and (day - current.last_day).days > LONGEST_GAP_DAYS:
            yield current
            current = None
        if not is_above(days[day], threshold):
            if current is not None:
                yield current
            current = None
            continue
        points, available = days[day]
        percent = 100 * points / available
        first_day, highest = (current.first_day, current.highest) if current else (day, percent)
        current = Spell(first_day, day, max(highest, percent))
    if current is not None:
        yield current
