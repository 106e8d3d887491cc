"""Scales and their ticks: from values and days to hundredths of a picture."""

import datetime as dt
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

Number = int | float | Decimal

_STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)
# The longest stretch of days that is ticked in steps of so many days, or of so many months.
_DAY_STEPS = ((8, 1), (16, 2), (56, 7), (112, 14))
_MONTH_STEPS = ((240, 1), (480, 2), (800, 3), (1600, 6))
_MONDAY = dt.date(2024, 1, 1)


@dataclass(frozen=True, slots=True)
class Scale:
    """Values from `low` to `high`, laid over 0 to 100."""

    low: float
    high: float

    def place(self, value: Number) -> float:
        """Where a value stands from the low end, 0 to 100; what lies outside stands at the edge."""
        share = (float(value) - self.low) / (self.high - self.low)
        return round(100 * min(max(share, 0.0), 1.0), 2)

    def height(self, value: Number) -> float:
        """Where a value stands from the top, as SVG counts."""
        return round(100 - self.place(value), 2)


@dataclass(frozen=True, slots=True)
class Tick:
    """A value written beside an axis; `place` is 0 to 100 from the low end, or from the top on a vertical axis."""

    value: float
    place: float


@dataclass(frozen=True, slots=True)
class DayTick:
    """A day under an axis, with its year where that is new; narrow screens drop each second one, which is `minor`."""

    label: str
    year: str
    place: float
    minor: bool


def step_for(span: float, at_most: int) -> float:
    """The smallest plain step (1, 2, 2.5 or 5 times a power of ten) that cuts a span into `at_most` parts or fewer."""
    rough = span / at_most
    power = 10.0 ** math.floor(math.log10(rough))
    return next(step * power for step in _STEPS if step * power >= rough * (1 - 1e-9))


def value_scale(values: Iterable[Number], include: Iterable[Number] = (), at_most: int = 5) -> Scale:
    """A scale over values that begins and ends at a tick.

    Args:
        values: what is drawn.
        include: further values that must be seen, such as the edges of a band, or 0.
        at_most: how many parts the ticks may cut it into.
    """
    seen = [float(value) for value in (*values, *include)] or [0.0]
    low, high = min(seen), max(seen)
    if low == high:
        low, high = low - 1, high + 1
    step = step_for(high - low, at_most)
    return Scale(math.floor(low / step + 1e-9) * step, math.ceil(high / step - 1e-9) * step)


def value_ticks(scale: Scale, at_most: int = 6) -> tuple[Tick, ...]:
    """The ticks of a vertical axis, lowest first."""
    step = step_for(scale.high - scale.low, at_most)
    first = math.ceil(scale.low / step - 1e-9)
    last = math.floor(scale.high / step + 1e-9)
    return tuple(Tick(_plain(n * step), scale.height(n * step)) for n in range(first, last + 1))


def day_scale(days: Iterable[dt.date]) -> Scale:
    """A scale over days; a single day stands in the middle."""
    numbers = [day.toordinal() for day in days]
    low, high = min(numbers), max(numbers)
    return Scale(low, high) if high > low else Scale(low - 1, high + 1)


def day_ticks(scale: Scale) -> tuple[DayTick, ...]:
    """Plain dates under an axis: days, Mondays or firsts of months, about eight at most."""
    first, last = dt.date.fromordinal(int(scale.low)), dt.date.fromordinal(int(scale.high))
    ticks: list[DayTick] = []
    said, said_on_narrow = 0, 0
    for index, day in enumerate(_ticked_days(first, last)):
        minor = index % 2 == 1
        is_new = day.year != said or (not minor and day.year != said_on_narrow)
        said, said_on_narrow = day.year, said_on_narrow if minor else day.year
        ticks.append(
            DayTick(f"{day.day} {day:%b}", str(day.year) if is_new else "", scale.place(day.toordinal()), minor)
        )
    return tuple(ticks)


def apart(places: Sequence[float], gap: float) -> tuple[float, ...]:
    """Places moved to stand `gap` apart, in the same order and not below 100: for the labels at lines' ends."""
    order = sorted(range(len(places)), key=lambda index: places[index])
    moved = list(places)
    for above, index in pairwise(order):
        moved[index] = max(moved[index], moved[above] + gap)
    ceiling = 100.0
    for index in reversed(order):
        moved[index] = round(min(moved[index], ceiling), 2)
        ceiling = moved[index] - gap
    return tuple(moved)


def _ticked_days(first: dt.date, last: dt.date) -> list[dt.date]:
    span = (last - first).days
    for longest, step in _DAY_STEPS:
        if span <= longest:
            start = first if step < 7 else first + dt.timedelta((_MONDAY - first).days % step)
            return [start + dt.timedelta(n) for n in range(0, (last - start).days + 1, step)]
    months = next((step for longest, step in _MONTH_STEPS if span <= longest), 12)
    return _firsts_of_months(first, last, months)


def _firsts_of_months(first: dt.date, last: dt.date, step: int) -> list[dt.date]:
    numbers = range(first.year * 12 + first.month - 1, last.year * 12 + last.month)
    days = [dt.date(number // 12, number % 12 + 1, 1) for number in numbers if number % step == 0]
    return [day for day in days if day >= first]


def _plain(value: float) -> int | float:
    return int(value) if float(value).is_integer() else round(value, 9)
