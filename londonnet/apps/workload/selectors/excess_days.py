"""Everybody's days of a range as bytes, with today's among them, and what spells found in them are shown with."""

from bisect import bisect_left
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from django.db import connection
from psycopg.pq import Format

from londonnet.apps.workload.capacity import percent_of
from londonnet.apps.workload.capacity_years import LONGEST_YEAR, MOST_PERCENT, Span, Stretch, spans, stretch_of
from londonnet.apps.workload.errors import WorkloadError

from .excess_sql import DAYS, NAMES, SHOWN, held_in
from .history import ends_of_kept_years
from .practitioner_sql import NOBODYS_NUMBERS
from .rows import EVERYWHERE, FiguresInForce, Level, Within
from .units import NAMED, live_days, live_parameters, numbers_within, trust_named

_DAY: Final = timedelta(days=1)
_MANY_DAYS: Final = 3 * LONGEST_YEAR
# A post for cases that nobody has isn't somebody who is above.
_PEOPLE: Final = f"WHERE unit_id NOT IN ({NOBODYS_NUMBERS})"


@dataclass(frozen=True, slots=True)
class Excess:
    """What is asked: above which percentage, for how many consecutive weeks at least, within which days."""

    first: date
    last: date
    weeks: int = 4
    threshold: int = 110


@dataclass(frozen=True, slots=True)
class ExcessDays:
    """The days of a range of every unit of a level in a part of the trust.

    Attributes:
        days: the day at each position; of many years, those of years that have figures.
        units: the number of each row's practitioner-in-team or place.
        rows: the bytes, a row after the other, as `capacity_years.spans` reads them.
        today: each row's points held and available now; None where it has no figure.
        latest: the position of the last day that there are figures for; -1 where there is none.
        live: the position of today where today's figures are those in force, and none otherwise.
    """

    days: Sequence[date]
    units: Sequence[int]
    rows: bytes
    today: Sequence[tuple[int | None, int | None]]
    latest: int
    live: int | None

    @property
    def width(self) -> int:
        """How many bytes a row has with the one that parts it from the next."""
        return len(self.days) + 1

    def spans(self, asked: Excess) -> tuple[list[Span], list[Span]]:
        """What is above the threshold for long enough: what goes on, and what is over."""
        found = spans(self.rows, threshold=asked.threshold, weeks=asked.weeks)
        width, end_of_latest = self.width, self.latest + 1
        going_on = [span for span in found if span[1] % width == end_of_latest]
        return going_on, [span for span in found if span[1] % width != end_of_latest]

    def stretches(self, found: Iterable[Span]) -> list[Stretch]:
        """In which row each is, and on which of its days."""
        return [stretch_of(span, self.width) for span in found]

    def day(self, position: int) -> date:
        """The day at a position."""
        return self.days[position]

    def now(self, row: int) -> float | None:
        """The capacity of a row at present, unrounded; None where there is none."""
        points, available = self.today[row]
        return percent_of(points, available) if points is not None and available else None


def days_of(by: Level, within: Within = EVERYWHERE, *, asked: Excess, figures: FiguresInForce | None) -> ExcessDays:
    """The days of a range of every unit of a level in a part of the trust. One query; of many years two.

    Raises:
        WorkloadError: `by` is larger than `within`, or the threshold can't be told.
    """
    if not 1 <= asked.threshold <= MOST_PERCENT:
        message = f"Ask about a percentage from 1 to {MOST_PERCENT}, not {asked.threshold}."
        raise WorkloadError(message, "threshold-out-of-range")
    live = live_parameters(figures, asked.last)
    years = _years(asked, figures)
    days = [first + n * _DAY for first, last in years.values() for n in range((last - first).days + 1)]
    live_position = _position(days, live["live_day"])
    parameters = live | {
        "years": list(years),
        "level": by,
        "code": within.code,
        "first": asked.first,
        "last": asked.last,
        "width": len(days),
        "live_position": max(live_position, 0) + 1,
        "nothing": bytes(max(len(days), LONGEST_YEAR)),
    }
    with connection.cursor() as cursor:
        # As text eleven million bytes of two years would be sent as twice as many, and read one by one.
        cursor.cursor.format = Format.BINARY
        cursor.execute(
            DAYS.format(
                live=live_days(by, within),
                held=held_in(years, numbers_within(by, within)),
                people=_PEOPLE if by == "practitioner" else "",
            ),
            parameters,
        )
        units, rows, points, available, kept, is_live = cursor.fetchone()
    latest = max(_position(days, kept) if kept else -1, live_position if is_live else -1)
    today = tuple(zip(points or (), available or (), strict=True))
    return ExcessDays(days, units or (), rows or b"", today, latest, live_position if is_live else None)


def names_of(by: Level, units: Collection[int]) -> dict[int, tuple[str, str]]:
    """What units are called, and practitioners' teams. One query."""
    with connection.cursor() as cursor:
        cursor.execute(NAMES.format(named=NAMED[by]), {**trust_named(), "units": list(units)})
        return {number: (name, team_name) for number, name, team_name in cursor.fetchall()}


def shown_of(by: Level, shown: Sequence[Stretch], days: ExcessDays) -> list[tuple[str, str, str, str, float]]:
    """Code, name, team and highest capacity of each, in their order. One query; none where there is nothing."""
    if not shown:
        return []
    parameters: dict[str, Any] = trust_named() | {
        "level": by,
        "units": [days.units[one.row] for one in shown],
        "first_days": [days.day(one.first) for one in shown],
        "last_days": [days.day(one.last) for one in shown],
    }
    with connection.cursor() as cursor:
        cursor.execute(SHOWN.format(named=NAMED[by]), parameters)
        found = cursor.fetchall()
    return [(*names, _highest(one, kept, days)) for one, (*names, kept) in zip(shown, found, strict=True)]


def _highest(one: Stretch, kept: float | None, days: ExcessDays) -> float:
    """The highest of the days that are kept, and of today where it is one of them."""
    now = days.now(one.row) if one.last == days.live else None
    return max(percent for percent in (kept, now) if percent is not None)


def _years(asked: Excess, figures: FiguresInForce | None) -> dict[int, tuple[date, date]]:
    """The first and the last day of each year of the range; of many years no more than there are figures for.

    A year without figures is left out where it follows another such: one of them is enough to part two spells.
    """
    first, last, has_figures = asked.first, asked.last, None
    if (last - first).days >= _MANY_DAYS:
        known = [*ends_of_kept_years(), *([figures.day] if figures else [])]
        first, last = max(first, min(known, default=first)), min(last, max(known, default=first))
        first, last = (first, last) if first <= last else (asked.first, asked.first)
        has_figures = {day.year for day in known}
    return {
        year: (max(first, date(year, 1, 1)), min(last, date(year, 12, 31)))
        for year in range(first.year, last.year + 1)
        if has_figures is None or year == first.year or {year, year - 1} & has_figures
    }


def _position(days: Sequence[date], day: date) -> int:
    """Where a day is; -1 where it is none of them."""
    at = bisect_left(days, day)
    return at if at < len(days) and days[at] == day else -1
