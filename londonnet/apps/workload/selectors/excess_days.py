"""Everybody's days of a range as bytes, with today's among them, and what spells found in them are shown with."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, Final

from django.db import connection

from londonnet.apps.workload.capacity import percent_of
from londonnet.apps.workload.capacity_years import LONGEST_YEAR, MOST_PERCENT, Stretch, stretches
from londonnet.apps.workload.errors import WorkloadError
from londonnet.platform.trusts import current_trust

from .excess_sql import DAYS, NAMES, SHOWN, held_in
from .history import kept_range
from .practitioner_sql import NOBODYS_NUMBERS
from .rows import EVERYWHERE, FiguresInForce, Level, Within
from .units import NAMED, live_days, live_parameters, numbers_within

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
        first: the day at position 0.
        width: how many days there are.
        units: the number of each row's practitioner-in-team or place.
        rows: the bytes, a row after the other, as `capacity_years.stretches` reads them.
        today: each row's points held and available now; None where it has no figure.
        latest: the position of the last day that there are figures for; -1 where there is none.
        live: the position of today where today's figures are those in force, and none otherwise.
    """

    first: date
    width: int
    units: Sequence[int]
    rows: bytes
    today: Sequence[tuple[int | None, int | None]]
    latest: int
    live: int | None

    def stretches(self, asked: Excess) -> list[Stretch]:
        """What is above the threshold for long enough."""
        return list(stretches(self.rows, self.width, threshold=asked.threshold, weeks=asked.weeks))

    def day(self, position: int) -> date:
        """The day at a position."""
        return self.first + position * _DAY

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
    asked = _with_figures(asked, figures)
    width = (asked.last - asked.first).days + 1
    live_position = (live["live_day"] - asked.first).days
    years = _years(asked)
    parameters = live | {
        "years": list(years),
        "level": by,
        "code": within.code,
        "first": asked.first,
        "last": asked.last,
        "width": width,
        "live_position": max(live_position, 0) + 1,
        "nothing": bytes(max(width, LONGEST_YEAR)),
    }
    with connection.cursor() as cursor:
        cursor.execute(
            DAYS.format(
                live=live_days(by, within),
                held=held_in(years, numbers_within(by, within)),
                people=_PEOPLE if by == "practitioner" else "",
            ),
            parameters,
        )
        units, rows, points, available, kept, is_live = cursor.fetchone()
    latest = max((kept - asked.first).days if kept else -1, live_position if is_live else -1)
    today = tuple(zip(points or (), available or (), strict=True))
    return ExcessDays(
        asked.first, width, units or (), bytes(rows or b""), today, latest, live_position if is_live else None
    )


def names_of(by: Level, units: Collection[int]) -> dict[int, tuple[str, str]]:
    """What units are called, and practitioners' teams. One query."""
    with connection.cursor() as cursor:
        cursor.execute(NAMES.format(named=NAMED[by]), {**_trust(), "units": list(units)})
        return {number: (name, team_name) for number, name, team_name in cursor.fetchall()}


def shown_of(by: Level, shown: Sequence[Stretch], days: ExcessDays) -> list[tuple[str, str, str, str, float]]:
    """Code, name, team and highest capacity of each, in their order. One query; none where there is nothing."""
    if not shown:
        return []
    parameters: dict[str, Any] = _trust() | {
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


def _with_figures(asked: Excess, figures: FiguresInForce | None) -> Excess:
    """The question, where it is about many years, of no more days than there are figures for."""
    if (asked.last - asked.first).days < _MANY_DAYS:
        return asked
    days = [*(kept_range() or ()), *([figures.day] if figures else [])]
    first, last = max(asked.first, min(days, default=asked.first)), min(asked.last, max(days, default=asked.first))
    return replace(asked, first=first, last=last) if first <= last else replace(asked, last=asked.first)


def _years(asked: Excess) -> dict[int, tuple[int, int]]:
    """The years of a range: where in each the range begins, from 1, and how many of its days it has."""
    years = range(asked.first.year, asked.last.year + 1)
    ends = {year: (max(asked.first, date(year, 1, 1)), min(asked.last, date(year, 12, 31))) for year in years}
    return {year: (first.timetuple().tm_yday, (last - first).days + 1) for year, (first, last) in ends.items()}


def _trust() -> dict[str, Any]:
    trust = current_trust()
    return {"slug": trust.slug, "name": trust.name}
