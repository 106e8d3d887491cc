"""Who was above a threshold for so many consecutive weeks: `excess.py` as one statement over the weeks of a trust.

A week whose lowest day is above the threshold is one piece; of any other only what comes before its first day that
isn't above, and what comes after the last one, can belong to a spell of a week or more. Pieces that touch are joined.
So a few hundred thousand weeks are read for two years of a national service, and single days of only some of them.

Days of such a week are bits of a number, Monday's the lowest: which are kept, which are above, which make a piece.
"""

from collections.abc import Callable
from typing import Final

from londonnet.apps.workload.excess import LONGEST_GAP_DAYS

from .units import LIVE_COUNTS

_DAYS: Final = range(7)
_MASKS: Final = range(1, 128)


def _bits(condition: Callable[[int], str]) -> str:
    """The days of a week for which something holds, as bits."""
    return " + ".join(f"CASE WHEN {condition(n)} THEN {1 << n} ELSE 0 END" for n in _DAYS)


def _look_up(of_mask: Callable[[int], int]) -> Callable[[str], str]:
    """What belongs to each set of days as a look-up; nobody asks for that of the empty set."""
    values = ", ".join(f"{of_mask(mask)}" for mask in _MASKS)
    return lambda mask: f"(ARRAY[0, {values}]::integer[])[({mask}) + 1]"


_first: Final = _look_up(lambda mask: (mask & -mask).bit_length() - 1)
_last: Final = _look_up(lambda mask: mask.bit_length() - 1)


def _is_above(n: int) -> str:
    return f"available[{n + 1}] > 0 AND points[{n + 1}] * 100 > available[{n + 1}] * %(threshold)s"


def _kept_and_live(column: str, of_live: str) -> str:
    """The days of a week that lie within the range, with today's figure among them."""
    each = (
        f"CASE WHEN live.position = {n + 1} THEN {of_live} "
        f"WHEN kept.week + {n} BETWEEN %(first)s AND %(last)s THEN kept.{column}[{n + 1}] END"
        for n in _DAYS
    )
    return f"ARRAY[{', '.join(each)}] AS {column}"


_KEPT: Final = _bits(lambda n: f"points[{n + 1}] IS NOT NULL")
_ABOVE: Final = _bits(_is_above)
_PERCENTS: Final = ", ".join(
    f"CASE WHEN mask & {1 << n} <> 0 THEN 100.0::float8 * points[{n + 1}] / available[{n + 1}] END" for n in _DAYS
)

_WEEKS: Final = """
SELECT unit_id, week, first_day, last_day, points, available, highest_points, highest_available,
    lowest_points * 100 > lowest_available * %(threshold)s AS is_whole
FROM workload_weekfigure
WHERE level = %(level)s AND highest_points * 100 > highest_available * %(threshold)s
    AND week BETWEEN %(first_week)s AND %(last_week)s AND week <> ALL(%(cut)s::date[]) {within} {still}
"""
"""Weeks with a day above, that lie whole within the range."""

_CUT_WEEKS: Final = f"""
SELECT coalesce(kept.unit_id, live.unit_id) AS unit_id, coalesce(kept.week, live.week) AS week,
    {_kept_and_live("points", "live.points_total")}, {_kept_and_live("available", "live.available")}
FROM (
    SELECT unit_id, week, points, available, highest_points, highest_available FROM workload_weekfigure
    WHERE level = %(level)s AND week = ANY(%(cut)s::date[]) {{within}} {{still}}
) kept
FULL JOIN (
    SELECT unit_id, points_total, available, %(live_week)s::date AS week, %(live_position)s::integer AS position
    FROM live WHERE {LIVE_COUNTS}
) live ON live.unit_id = kept.unit_id AND live.week = kept.week
WHERE kept.highest_points * 100 > kept.highest_available * %(threshold)s
    OR live.points_total * 100 > live.available * %(threshold)s
"""  # noqa: S608  # our own SQL
"""The same of weeks of which some days lie outside of the range, and of the week that today is in."""

# Materialized: what stands in one of these is worked out once, not again for everything that asks for it.
SPELLS: Final = f"""
WITH whole_weeks AS ({_WEEKS}), cut_weeks AS MATERIALIZED ({_CUT_WEEKS}),
masked AS MATERIALIZED (
    SELECT unit_id, week, points, available, {_KEPT} AS kept, {_ABOVE} AS above FROM (
        SELECT unit_id, week, points, available FROM whole_weeks WHERE NOT is_whole
        UNION ALL SELECT unit_id, week, points, available FROM cut_weeks
    ) weeks
),
parts AS (
    SELECT unit_id, week, points, available, kept AS mask, true AS opens, true AS closes
    FROM masked WHERE kept & ~above = 0 AND kept <> 0
    UNION ALL
    SELECT unit_id, week, points, available, kept & ((1 << {_first("kept & ~above")}) - 1), true, false
    FROM masked WHERE kept & ~above <> 0
    UNION ALL
    SELECT unit_id, week, points, available, kept & ~((2 << {_last("kept & ~above")}) - 1), false, true
    FROM masked WHERE kept & ~above <> 0
),
pieces AS (
    SELECT unit_id, first_day, last_day, true AS opens, true AS closes,
        100.0::float8 * highest_points / highest_available AS highest
    FROM whole_weeks WHERE is_whole
    UNION ALL
    SELECT unit_id, week + {_first("mask")}, week + {_last("mask")}, opens, closes, greatest({_PERCENTS})
    FROM parts WHERE mask <> 0
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

_LAST_KEPT: Final = "(SELECT max(day) FROM workload_keptday WHERE day BETWEEN %(first)s AND %(last)s)"
LATEST: Final = f"""
greatest({_LAST_KEPT}, (SELECT %(live_day)s::date WHERE EXISTS (SELECT FROM live) AND {LIVE_COUNTS}))
"""  # noqa: S608  # our own SQL
STILL_ABOVE: Final = f"""
still_above AS MATERIALIZED (
    SELECT unit_id FROM live
    WHERE points_total * 100 > available * %(threshold)s AND day = {LATEST} AND {LIVE_COUNTS}
    UNION ALL
    SELECT unit_id FROM workload_weekfigure
    WHERE level = %(level)s AND week = date_trunc('week', {LATEST})::date AND {_LAST_KEPT} = {LATEST}
        AND highest_points * 100 > highest_available * %(threshold)s {{within}}
)
"""  # noqa: S608  # our own SQL
"""Who is above on the latest day, and perhaps a few more: nobody else's spell can go on, so no other weeks are read."""
STILL: Final = "AND unit_id = ANY(ARRAY(SELECT unit_id FROM still_above))"
LISTED: Final = """
WITH live AS MATERIALIZED ({live}), {still_above} spells AS ({spells})
SELECT named.code, named.name, named.team_code, named.team_name, spells.first_day, spells.last_day, spells.highest,
    spells.last_day = {latest}, live.points_total, live.available, count(*) OVER (),
    count(*) FILTER (WHERE spells.last_day = {latest}) OVER ()
FROM spells JOIN ({named}) named ON named.id = spells.unit_id LEFT JOIN live ON live.unit_id = spells.unit_id
{only}
ORDER BY {order}, spells.last_day = {latest} DESC, spells.last_day - spells.first_day DESC, spells.highest DESC,
    named.name, named.code, named.team_code, spells.first_day
LIMIT %(size)s OFFSET %(start)s
"""
COUNTED: Final = """
WITH live AS MATERIALIZED ({live}), {still_above} spells AS ({spells})
SELECT count(*) FROM spells WHERE last_day = {latest}
"""
