"""Who was above a threshold for so many consecutive weeks: `excess.py` as one statement over the weeks of a trust.

A week whose lowest day is above the threshold is one piece; of any other only what comes before its first day that
isn't above, and what comes after the last one, can belong to a spell of a week or more. Pieces that touch are joined.
So a few hundred thousand weeks are read for two years of a national service, and single days of only a few of them.
"""

from collections.abc import Callable
from typing import Final

from londonnet.apps.workload.excess import LONGEST_GAP_DAYS

from .units import LIVE_COUNTS

_WEEK_DAYS: Final = range(7)


def _of_days(function: str, value: Callable[[int], str]) -> str:
    """The largest or least of something over the days of a week; those without it are left out."""
    return f"{function}({', '.join(f'CASE WHEN {value(after)} END' for after in _WEEK_DAYS)})"


def _kept(after: int) -> str:
    return f"points[{after + 1}] IS NOT NULL AND week + {after} BETWEEN %(first)s AND %(last)s"


def _above(after: int) -> str:
    return f"available[{after + 1}] > 0 AND points[{after + 1}] * 100 > available[{after + 1}] * %(threshold)s"


def _day(after: int) -> str:
    return f"week + {after}"


def _percent(after: int) -> str:
    return f"100.0::float8 * points[{after + 1}] / available[{after + 1}]"


_FIRST_KEPT: Final = _of_days("least", lambda n: f"{_kept(n)} THEN {_day(n)}")
_LAST_KEPT: Final = _of_days("greatest", lambda n: f"{_kept(n)} THEN {_day(n)}")
_FIRST_NOT: Final = _of_days("least", lambda n: f"{_kept(n)} AND NOT ({_above(n)}) THEN {_day(n)}")
_LAST_NOT: Final = _of_days("greatest", lambda n: f"{_kept(n)} AND NOT ({_above(n)}) THEN {_day(n)}")
_LAST_BEFORE: Final = _of_days("greatest", lambda n: f"{_kept(n)} AND {_day(n)} < first_not THEN {_day(n)}")
_FIRST_AFTER: Final = _of_days("least", lambda n: f"{_kept(n)} AND {_day(n)} > last_not THEN {_day(n)}")
_HIGHEST: Final = _of_days(
    "greatest", lambda n: f"{_day(n)} BETWEEN piece.first_day AND piece.last_day AND {_kept(n)} THEN {_percent(n)}"
)

_WEEKS: Final = """
SELECT unit_id, week, first_day, last_day, points, available, highest_points, highest_available,
    lowest_points * 100 > lowest_available * %(threshold)s AS is_whole
FROM workload_weekfigure
WHERE level = %(level)s AND highest_points * 100 > highest_available * %(threshold)s
    AND week BETWEEN %(first_week)s AND %(last_week)s AND week <> ALL(%(cut)s::date[]) {within}
"""
"""Weeks that lie whole within the range."""


def _with_live(column: str, of_live: str) -> str:
    each = (f"CASE WHEN live.position = {n + 1} THEN {of_live} ELSE kept.{column}[{n + 1}] END" for n in _WEEK_DAYS)
    return f"ARRAY[{', '.join(each)}] AS {column}"


_CUT_WEEKS: Final = f"""
SELECT coalesce(kept.unit_id, live.unit_id) AS unit_id, coalesce(kept.week, live.week) AS week,
    {_with_live("points", "live.points_total")}, {_with_live("available", "live.available")}
FROM (
    SELECT unit_id, week, points, available FROM workload_weekfigure
    WHERE level = %(level)s AND week = ANY(%(cut)s::date[]) {{within}}
) kept
FULL JOIN (
    SELECT unit_id, points_total, available, date_trunc('week', day)::date AS week,
        extract(isodow FROM day)::integer AS position
    FROM live WHERE {LIVE_COUNTS}
) live ON live.unit_id = kept.unit_id AND live.week = kept.week
"""  # noqa: S608  # our own SQL
"""Weeks of which some days lie outside of the range, and the week that today is in, with today's figures."""

SPELLS: Final = f"""
WITH live AS ({{live}}), whole_weeks AS ({_WEEKS}), cut_weeks AS ({_CUT_WEEKS}),
split AS (
    SELECT unit_id, week, points, available, {_FIRST_NOT} AS first_not, {_LAST_NOT} AS last_not FROM (
        SELECT unit_id, week, points, available FROM whole_weeks WHERE NOT is_whole
        UNION ALL SELECT unit_id, week, points, available FROM cut_weeks
    ) weeks
),
parts AS (
    SELECT split.unit_id, split.week, split.points, split.available, piece.*
    FROM split CROSS JOIN LATERAL (
        SELECT {_FIRST_KEPT} AS first_day, {_LAST_KEPT} AS last_day, true AS opens, true AS closes
        WHERE first_not IS NULL
        UNION ALL SELECT {_FIRST_KEPT}, {_LAST_BEFORE}, true, false WHERE first_not IS NOT NULL
        UNION ALL SELECT {_FIRST_AFTER}, {_LAST_KEPT}, false, true WHERE last_not IS NOT NULL
    ) piece
    WHERE piece.first_day IS NOT NULL AND piece.last_day IS NOT NULL
),
pieces AS (
    SELECT unit_id, first_day, last_day, true AS opens, true AS closes,
        100.0::float8 * highest_points / highest_available AS highest
    FROM whole_weeks WHERE is_whole
    UNION ALL
    SELECT unit_id, first_day, last_day, opens, closes, {_HIGHEST} FROM parts piece
),
joined AS (
    SELECT pieces.*, opens AND coalesce(lag(closes) OVER ordered, false)
        AND first_day - lag(last_day) OVER ordered <= {LONGEST_GAP_DAYS} AS goes_on
    FROM pieces WINDOW ordered AS (PARTITION BY unit_id ORDER BY first_day)
),
numbered AS (
    SELECT joined.*, count(*) FILTER (WHERE NOT goes_on) OVER (PARTITION BY unit_id ORDER BY first_day) AS spell
    FROM joined
)
SELECT unit_id, min(first_day) AS first_day, max(last_day) AS last_day, max(highest) AS highest
FROM numbered GROUP BY unit_id, spell
HAVING max(last_day) - min(first_day) + 1 >= 7 * %(weeks)s
"""  # noqa: S608  # our own SQL

LATEST: Final = f"""
greatest((SELECT max(day) FROM workload_keptday WHERE day BETWEEN %(first)s AND %(last)s),
    (SELECT max(day) FROM live WHERE {LIVE_COUNTS}))
"""  # noqa: S608  # our own SQL
LISTED: Final = """
WITH spells AS ({spells}), live AS ({live})
SELECT named.code, named.name, named.team_code, named.team_name, spells.first_day, spells.last_day, spells.highest,
    spells.last_day = {latest}, live.points_total, live.available, count(*) OVER ()
FROM spells JOIN ({named}) named ON named.id = spells.unit_id LEFT JOIN live ON live.unit_id = spells.unit_id
{only}
ORDER BY {order}, spells.last_day = {latest} DESC, spells.last_day - spells.first_day DESC, spells.highest DESC,
    named.name, named.code, named.team_code, spells.first_day
LIMIT %(size)s OFFSET %(start)s
"""
COUNTED: Final = """
WITH spells AS ({spells}), live AS ({live}) SELECT count(*) FROM spells WHERE last_day = {latest}
"""
