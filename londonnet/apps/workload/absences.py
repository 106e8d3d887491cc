"""When somebody whose reductions take all their hours has hours again: pure, and silent about why they are away."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Spell:
    """Hours a week that a reduction takes from its first to its last day; without a last day it goes on."""

    hours: Decimal
    first_day: date
    last_day: date | None = None

    def counts_on(self, day: date) -> bool:
        """Whether it takes hours on that day."""
        return self.first_day <= day and (self.last_day is None or day <= self.last_day)


def hours_again_on(contracted: Decimal, spells: Iterable[Spell], *, on: date) -> date | None:
    """The first day from one on that leaves some contracted hours; None where no such day is known.

    Args:
        contracted: hours a week.
        spells: reductions that count, now or later.
        on: the day from which it is looked for.
    """
    known = list(spells)
    days = {on} | {one.last_day + timedelta(days=1) for one in known if one.last_day and one.last_day >= on}
    for day in sorted(days):
        if sum(one.hours for one in known if one.counts_on(day)) < contracted:
            return day
    return None
