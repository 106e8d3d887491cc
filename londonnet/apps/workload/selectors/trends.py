"""Small lines: how capacity went over the last weeks, for every row of a list at once."""

from datetime import date, timedelta
from typing import Final

from django.db import connection

from londonnet.apps.workload.capacity import percent_of

from .rows import Level, Within
from .units import NAMED, numbers_within

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
        by: what each line is of; not the trust.
        within: which part of the trust.
        until: the day whose week is the last one.
        weeks: how many.
    """
    monday = until - timedelta(days=until.weekday())
    wanted = [monday - timedelta(weeks=before) for before in range(weeks - 1, -1, -1)]
    statement = _TRENDS.format(within=numbers_within(by, within), named=NAMED[by])
    with connection.cursor() as cursor:
        cursor.execute(statement, {"level": by, "code": within.code, "weeks": wanted})
        return {
            (code, team_code): _line(wanted, dict(zip(held, zip(points, available, strict=True), strict=True)))
            for code, team_code, held, points, available in cursor.fetchall()
        }


def _line(wanted: list[date], held: dict[date, tuple[int, int]]) -> tuple[float | None, ...]:
    return tuple(_percent(*held.get(week, (0, 0))) for week in wanted)


def _percent(points: int, available: int) -> float | None:
    return percent_of(points, available) if available > 0 else None
