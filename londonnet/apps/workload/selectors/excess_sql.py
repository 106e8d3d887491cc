"""The bytes of `capacity_years.py` over a whole trust in one answer, and what a list of spells shows of each."""

from collections.abc import Mapping
from datetime import date
from typing import Final

from londonnet.apps.workload.capacity_years import MOST_PERCENT

from .units import LIVE_COUNTS

BYTE: Final = f"""
set_byte('\\x00', 0, CASE WHEN points_total <= 0 OR available <= 0 THEN 1
    ELSE 1 + least((points_total * 100 - 1) / available, {MOST_PERCENT}) END::integer)
"""
"""The byte of a kept day that has points held and available: `capacity_years.byte_of`."""

# Of a year that somebody has no row for, nothing is kept.
_OF_YEAR: Final = """
substring(coalesce(string_agg(days, '') FILTER (WHERE year = {year}), %(nothing)s) FROM {first} FOR {length})
"""
_HELD: Final = """
SELECT unit_id, {days} AS days FROM workload_capacityyear
WHERE level = %(level)s AND year = ANY(%(years)s) {within} GROUP BY unit_id
"""


def held_in(years: Mapping[int, tuple[date, date]], within: str) -> str:
    """Everybody's days of some years after each other.

    Args:
        years: the first and the last day of each.
        within: the condition on `unit_id`.
    """
    pieces = (
        _OF_YEAR.format(year=year, first=first.timetuple().tm_yday, length=(last - first).days + 1)
        for year, (first, last) in years.items()
    )
    return _HELD.format(days=" || ".join(pieces), within=within)


DAYS: Final = f"""
WITH live AS MATERIALIZED ({{live}}), held AS ({{held}}),
moment AS (SELECT EXISTS (SELECT FROM live) AND {LIVE_COUNTS} AS is_live)
SELECT array_agg(unit_id), string_agg(days, '\\x01'::bytea), array_agg(points_total), array_agg(available),
    (SELECT max(day) FROM workload_keptday WHERE day BETWEEN %(first)s AND %(last)s), (SELECT is_live FROM moment)
FROM (
    SELECT unit_id, points_total, available, CASE WHEN points_total IS NOT NULL AND (SELECT is_live FROM moment)
        THEN overlay(days PLACING {BYTE} FROM %(live_position)s) ELSE days END AS days
    FROM (
        SELECT unit_id, live.points_total, live.available,
            coalesce(held.days, substring(%(nothing)s FROM 1 FOR %(width)s)) AS days
        FROM held FULL JOIN live USING (unit_id) {{people}}
    ) joined ORDER BY unit_id
) ordered
"""  # noqa: S608  # our own SQL
"""Everybody's days of a range in one row of bytes, with today's among them, and their figures of today."""

NAMES: Final = "SELECT id, name, team_name FROM ({named}) named WHERE id = ANY(%(units)s)"

# Days that aren't above are in no spell, so what was the highest of a whole week within one was above.
SHOWN: Final = """
SELECT named.code, named.name, named.team_code, named.team_name, (
    SELECT max(CASE
        WHEN week >= shown.first_day AND week + 6 <= shown.last_day
            THEN 100.0::float8 * highest_points / highest_available
        ELSE (
            SELECT max(100.0::float8 * held / able) FROM unnest(points, available) WITH ORDINALITY days (held, able, n)
            WHERE able > 0 AND week + (n - 1)::integer BETWEEN shown.first_day AND shown.last_day
        ) END)
    FROM workload_weekfigure WHERE level = %(level)s AND unit_id = shown.unit_id
        AND week BETWEEN shown.first_day - 6 AND shown.last_day
) AS highest
FROM unnest(%(units)s::bigint[], %(first_days)s::date[], %(last_days)s::date[]) WITH ORDINALITY
    shown (unit_id, first_day, last_day, number)
JOIN ({named}) named ON named.id = shown.unit_id
ORDER BY shown.number
"""
"""What each spell is shown with, and the highest capacity of its kept days."""
