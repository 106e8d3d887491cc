"""What a change of hours or reductions would do to somebody's capacity, before it is saved."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from londonnet.apps.workload.capacity import Capacity
from londonnet.apps.workload.selectors.carrying import Carrying


@dataclass(frozen=True, slots=True)
class Effect:
    """The capacity on a day as it is and as it would be; None for one that has no figure.

    Attributes:
        day: the first day that the change holds.
        contracted: hours a week on that day, with the change.
        taken: hours a week of all reductions on that day, with the change.
    """

    day: date
    before: Capacity | None
    after: Capacity | None
    contracted: Decimal | None
    taken: Decimal

    @property
    def is_too_much(self) -> bool:
        """Whether reductions together take more than the contracted hours."""
        return self.contracted is not None and self.taken > self.contracted


def effect_of_reduction(
    carrying: Carrying, hours: Decimal, first_day: date, *, today: date, instead_of: int | None = None
) -> Effect:
    """What a reduction would do on its first day, or today where it began before.

    Args:
        carrying: whose.
        hours: hours a week.
        first_day: when it begins.
        today: the day in London.
        instead_of: number of the reduction that it changes.
    """
    day = max(first_day, today)
    contracted = carrying.contracted_on(day)
    taken = carrying.taken_on(day, without=instead_of) + hours
    return Effect(
        day,
        carrying.capacity_with(contracted=contracted, taken=carrying.taken_on(day)),
        carrying.capacity_with(contracted=contracted, taken=taken),
        contracted,
        taken,
    )


def effect_of_hours(carrying: Carrying, hours: Decimal, first_day: date, *, today: date) -> Effect:
    """What other contracted hours would do on their first day, or today where they hold since before."""
    day = max(first_day, today)
    taken = carrying.taken_on(day)
    return Effect(
        day,
        carrying.capacity_with(contracted=carrying.contracted_on(day), taken=taken),
        carrying.capacity_with(contracted=hours, taken=taken),
        hours,
        taken,
    )
