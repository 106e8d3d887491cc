"""Small lines: how capacity went over the last weeks, for every row of a list at once."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from django.db import connection

from londonnet.apps.workload.capacity import percent_of
from londonnet.apps.workload.excess import Held

from .rows import Level, Within
from .units import NAMED, numbers_within, trust_named

WEEKS: Final = 13
_TRENDS: Final = """
SELECT named.code, named.team_code, array_agg(weeks.week), array_agg(weeks.points_sum),
    array_agg(weeks.available_sum)
FROM (
    SELECT unit_id, week, points_sum, available_sum FROM workload_weekfigure
    WHERE level = %(level)s AND week = ANY(%(weeks)s) {within}
) weeks JOIN ({named}) named ON named.id = weeks.unit_id
GROUP BY named.code, named.team_code
"""

Trends = dict[tuple[str, str], tuple[float | None, ...]]
"""By code and, of practitioners, team code: capacity of each week, the oldest first; None where there is none."""


def trends(by: Level, within: Within, *, until: date, weeks: int = WEEKS) -> Trends:
    """The capacity of the last weeks of every unit of a level in a part of the trust: ratios of sums. One query.

    Args:
        by: what each line is of; nothing larger than `within`.
        within: which part of the trust.
        until: the day whose week is the last one.
        weeks: how many.
    """
    wanted = weeks_until(until, weeks)
    statement = _TRENDS.format(within=numbers_within(by, within), named=NAMED[by])
    with connection.cursor() as cursor:
        cursor.execute(statement, trust_named() | {"level": by, "code": within.code, "weeks": wanted})
        return {
            (code, team_code): _line(wanted, dict(zip(held, zip(points, available, strict=True), strict=True)))
            for code, team_code, held, points, available in cursor.fetchall()
        }


def weeks_until(day: date, weeks: int) -> list[date]:
    """The Mondays of so many weeks, the oldest first; the day is in the last one."""
    monday = day - timedelta(days=day.weekday())
    return [monday - timedelta(weeks=before) for before in range(weeks - 1, -1, -1)]


def _line(wanted: list[date], held: Mapping[date, tuple[int, int]]) -> tuple[float | None, ...]:
    return tuple(_percent(*held.get(week, (0, 0))) for week in wanted)


def _percent(points: int, available: int) -> float | None:
    return percent_of(points, available) if available > 0 else None


_RECENT: Final = """
SELECT practitioner.om_key, team.code, weeks.week, weeks.points_sum, weeks.available_sum, weeks.points, weeks.available
FROM workload_weekfigure weeks
JOIN organisation_practitionerinteam place ON place.id = weeks.unit_id
JOIN organisation_practitioner practitioner ON practitioner.id = place.practitioner_id
JOIN organisation_team team ON team.id = place.team_id
WHERE weeks.level = 'practitioner' AND weeks.week = ANY(%(weeks)s) {within}
"""


@dataclass(frozen=True, slots=True)
class Recent:
    """How somebody fared lately: capacity of each of the last weeks, and points held and available of each day kept."""

    trend: tuple[float | None, ...]
    days: Mapping[date, Held]


def recent(within: Within, *, until: date, weeks: int = WEEKS) -> dict[tuple[str, str], Recent]:
    """The last weeks of every practitioner in a team, by om_key and team code. One query.

    Args:
        within: a team, or a practitioner: for larger places it would be much to read.
        until: the day whose week is the last one.
        weeks: how many.
    """
    monday = until - timedelta(days=until.weekday())
    wanted = [monday - timedelta(weeks=before) for before in range(weeks - 1, -1, -1)]
    statement = _RECENT.format(within=numbers_within("practitioner", within))
    found: dict[tuple[str, str], dict[date, tuple[Any, ...]]] = defaultdict(dict)
    with connection.cursor() as cursor:
        cursor.execute(statement, {"code": within.code, "weeks": wanted})
        for om_key, team_code, week, *figures in cursor.fetchall():
            found[om_key, team_code][week] = tuple(figures)
    return {who: _recent(wanted, held) for who, held in found.items()}


def _recent(wanted: list[date], held: Mapping[date, tuple[Any, ...]]) -> Recent:
    sums = {week: (points, available) for week, (points, available, *_) in held.items()}
    days = {
        week + timedelta(days=after): (points, available)
        for week, (_, _, all_points, all_available) in held.items()
        for after, (points, available) in enumerate(zip(all_points, all_available, strict=True))
        if points is not None
    }
    return Recent(_line(wanted, sums), days)
