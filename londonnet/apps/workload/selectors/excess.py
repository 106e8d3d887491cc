"""Who was above a threshold for so many consecutive weeks, and who is."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final, Literal

from django.db import connection

from londonnet.apps.workload.capacity import percent_of
from londonnet.apps.workload.excess import Spell
from londonnet.platform.trusts import current_trust

from .excess_sql import COUNTED, LATEST, LISTED, SPELLS, STILL, STILL_ABOVE
from .rows import EVERYWHERE, FiguresInForce, Level, Within
from .units import NAMED, live_days, live_parameters, numbers_within

ExcessSort = Literal["lasting", "name", "team", "since", "until", "days", "highest", "now"]
_ORDER: Final[dict[ExcessSort, str]] = {
    "lasting": "spells.unit_id IS NULL",
    "name": "named.name",
    "team": "named.team_name",
    "since": "spells.first_day",
    "until": "spells.last_day",
    "days": "spells.last_day - spells.first_day",
    "highest": "spells.highest",
    "now": "live.points_total::float8 / nullif(live.available, 0)",
}


@dataclass(frozen=True, slots=True)
class Excess:
    """What is asked: above which percentage, for how many consecutive weeks at least, within which days."""

    first: date
    last: date
    weeks: int = 4
    threshold: int = 110


@dataclass(frozen=True, slots=True)
class ExcessRow:
    """One spell of a practitioner-in-team or a place.

    Attributes:
        code: the om_key of a practitioner, or the code of a place.
        team_code: a practitioner's team; empty for a place.
        spell: its first and last day within the range, and the highest capacity.
        goes_on: whether the last day of the range that there are figures for still belongs to it.
        began_before: whether it was so on the first day of the range already: it may have begun before.
        now: capacity at present, unrounded; None where there is none.
    """

    code: str
    name: str
    team_code: str
    team_name: str
    spell: Spell
    goes_on: bool
    began_before: bool
    now: float | None


@dataclass(frozen=True, slots=True)
class ExcessRows:
    """Some of the spells, how many there are altogether, and how many of them go on; 0 where none is given."""

    rows: list[ExcessRow]
    total: int
    going_on: int


def excess_rows(
    by: Level,
    within: Within = EVERYWHERE,
    *,
    asked: Excess,
    figures: FiguresInForce | None,
    only_going_on: bool = False,
    sort: ExcessSort = "lasting",
    descending: bool = False,
    start: int = 0,
    size: int | None = None,
) -> ExcessRows:
    """Spells above a threshold, those that go on first and the longest first. One query.

    Args:
        by: what the rows are of; nothing larger than `within`.
        within: which part of the trust.
        asked: threshold, weeks and range; compared exactly, day by day.
        figures: the run in force: its figures are today's, which count as a day of the range.
        only_going_on: leave out spells that are over.
        sort: what they are sorted by.
        descending: the largest first.
        start: how many are left out before the first one given.
        size: how many are given at most; all of them if None.

    Raises:
        WorkloadError: `by` is larger than `within`.
    """
    order = f"{_ORDER[sort]} {'DESC' if descending else 'ASC'} NULLS LAST"
    only = f"WHERE spells.last_day = {LATEST}" if only_going_on else ""
    parts = _parts(by, within, only_going_on=only_going_on)
    statement = LISTED.format(latest=LATEST, named=NAMED[by], order=order, only=only, **parts)
    trust = current_trust()
    parameters = _parameters(by, within, asked, figures)
    parameters |= {"size": size, "start": start, "slug": trust.slug, "name": trust.name}
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        found = cursor.fetchall()
    total, going_on = found[0][-2:] if found else (0, 0)
    return ExcessRows([_row(asked, *row[:-2]) for row in found], total, going_on)


def excess_count(by: Level, within: Within = EVERYWHERE, *, asked: Excess, figures: FiguresInForce | None) -> int:
    """How many spells go on at the end of a range. One query."""
    statement = COUNTED.format(latest=LATEST, **_parts(by, within, only_going_on=True))
    with connection.cursor() as cursor:
        cursor.execute(statement, _parameters(by, within, asked, figures))
        return int(cursor.fetchone()[0])


def lately(today: date, *, weeks: int = 4, threshold: int = 110) -> Excess:
    """The question who is above at present: of a range that is just long enough to answer it."""
    return Excess(_monday(today - timedelta(weeks=weeks + 1)), today, weeks, threshold)


def _parts(by: Level, within: Within, *, only_going_on: bool) -> dict[str, str]:
    """What the statements are put together from; of spells that are over nothing is read where only others count."""
    there = numbers_within(by, within)
    return {
        "live": live_days(by, within),
        "still_above": STILL_ABOVE.format(within=there) + "," if only_going_on else "",
        "spells": SPELLS.format(within=there, still=STILL if only_going_on else ""),
    }


def _parameters(by: Level, within: Within, asked: Excess, figures: FiguresInForce | None) -> dict[str, Any]:
    live = live_parameters(figures, asked.last)
    first_week, last_week = _monday(asked.first), _monday(asked.last)
    cut = {_monday(live["live_day"])}
    if first_week != asked.first:
        cut.add(first_week)
    if last_week + timedelta(days=6) != asked.last:
        cut.add(last_week)
    return live | {
        "live_week": _monday(live["live_day"]),
        "live_position": live["live_day"].isoweekday(),
        "level": by,
        "code": within.code,
        "threshold": asked.threshold,
        "weeks": asked.weeks,
        "first": asked.first,
        "last": asked.last,
        "first_week": first_week,
        "last_week": last_week,
        "cut": sorted(week for week in cut if first_week <= week <= last_week),
    }


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _row(
    asked: Excess,
    code: str,
    name: str,
    team_code: str,
    team_name: str,
    first_day: date,
    last_day: date,
    highest: float,
    goes_on: bool,
    points: int | None,
    available: int | None,
) -> ExcessRow:
    now = percent_of(points, available) if points is not None and available else None
    spell = Spell(first_day, last_day, highest)
    return ExcessRow(code, name, team_code, team_name, spell, goes_on, first_day <= asked.first, now)
