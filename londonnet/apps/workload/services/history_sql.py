"""Days into history as statements over whole sets of rows: a day's figures, their sums, their weeks, their tiers."""

from typing import Final

from londonnet.apps.caseload.models import Sheet
from londonnet.apps.workload.models import ALL_GRADES
from londonnet.apps.workload.selectors.excess_sql import BYTE
from londonnet.apps.workload.selectors.sums import SUMMED, SUMS_OF_FIGURES, told_apart

FIGURE_COLUMNS: Final = """grade, cases, t2a_cases, points_cases, points_t2a, points_reports, points_support,
    points_total, contracted_hours, reduction_hours, available, capacity_note, is_incomplete"""

FORGET_DAY: Final = "DELETE FROM workload_dailyfigure WHERE day = %(day)s"
KEEP_FIGURES: Final = f"""
INSERT INTO workload_dailyfigure (day, place_id, team_id, pdu_id, region_id, {FIGURE_COLUMNS})
SELECT %(day)s, figure.place_id, figure.team_id, team.pdu_id, pdu.region_id, {FIGURE_COLUMNS}
FROM workload_figure figure
JOIN organisation_team team ON team.id = figure.team_id
JOIN organisation_pdu pdu ON pdu.id = team.pdu_id
WHERE figure.run_id = %(run)s
ORDER BY figure.place_id
"""  # noqa: S608  # our own SQL

_OF_TEAMS: Final = f"""
SELECT day, team_id, pdu_id, region_id, grade, {SUMS_OF_FIGURES}
FROM ({told_apart("workload_dailyfigure")} WHERE day = ANY(%(days)s)) figures
GROUP BY day, team_id, pdu_id, region_id, grade
"""  # noqa: S608  # our own SQL

FORGET_SUMS: Final = "DELETE FROM workload_dailysum WHERE day = ANY(%(days)s)"
KEEP_SUMS: Final = f"""
WITH teams AS ({_OF_TEAMS})
INSERT INTO workload_dailysum (level, unit_id, parent_id, grade, day, {", ".join(SUMMED)})
SELECT CASE WHEN grouping(team_id) = 0 THEN 'team' WHEN grouping(pdu_id) = 0 THEN 'pdu'
        WHEN grouping(region_id) = 0 THEN 'region' ELSE 'trust' END,
    coalesce(team_id, pdu_id, region_id, 0),
    CASE WHEN grouping(team_id) = 0 THEN max(pdu_id) WHEN grouping(pdu_id) = 0 THEN max(region_id) ELSE 0 END,
    CASE WHEN grouping(grade) = 0 THEN grade ELSE '{ALL_GRADES}' END,
    day, {", ".join(f"sum({name})" for name in SUMMED)}
FROM teams
GROUP BY GROUPING SETS ((day), (day, grade), (day, region_id), (day, region_id, grade),
    (day, pdu_id), (day, pdu_id, grade), (day, team_id), (day, team_id, grade))
"""  # noqa: S608  # our own SQL
"""Teams by grade first, and all else from those: a day is read once."""


def _first_by(column: str, order: str) -> str:
    return f"(array_agg({column} ORDER BY held {order} NULLS LAST, day))[1]"


def _of_each_day(column: str) -> str:
    return ", ".join(f"max({column}) FILTER (WHERE day = week + {after})" for after in range(7))


FORGET_WEEKS: Final = "DELETE FROM workload_weekfigure WHERE week = ANY(%(weeks)s)"
KEEP_WEEKS: Final = f"""
INSERT INTO workload_weekfigure (level, unit_id, week, days, first_day, last_day, points_sum, available_sum,
    lowest_points, lowest_available, highest_points, highest_available, points, available)
SELECT level, unit_id, week, count(*), min(day), max(day), sum(points_total), sum(available),
    CASE WHEN bool_and(available > 0) THEN {_first_by("points_total", "ASC")} ELSE 0 END,
    CASE WHEN bool_and(available > 0) THEN {_first_by("available", "ASC")} ELSE 0 END,
    CASE WHEN bool_or(available > 0) THEN {_first_by("points_total", "DESC")} ELSE 0 END,
    CASE WHEN bool_or(available > 0) THEN {_first_by("available", "DESC")} ELSE 0 END,
    ARRAY[{_of_each_day("points_total")}], ARRAY[{_of_each_day("available")}]
FROM (
    SELECT kept.*, date_trunc('week', day)::date AS week, points_total::float8 / nullif(available, 0) AS held
    FROM (
        SELECT 'practitioner' AS level, place_id AS unit_id, day, points_total, available FROM workload_dailyfigure
        WHERE day BETWEEN %(first)s AND %(last)s
        UNION ALL
        SELECT level, unit_id, day, points_total, available FROM workload_dailysum
        WHERE day BETWEEN %(first)s AND %(last)s AND grade = '{ALL_GRADES}'
    ) kept
) days
WHERE week = ANY(%(weeks)s)
GROUP BY level, week, unit_id
ORDER BY level, week, unit_id
"""  # noqa: S608  # our own SQL

# Whoever has no figure on a day, though they have some in its year, has a day that isn't kept.
KEEP_YEAR: Final = f"""
WITH figures AS (
    SELECT 'practitioner' AS level, place_id AS unit_id, day, {BYTE} AS byte FROM workload_dailyfigure
    WHERE day BETWEEN %(first)s AND %(last)s
    UNION ALL
    SELECT level, unit_id, day, {BYTE} FROM workload_dailysum
    WHERE day BETWEEN %(first)s AND %(last)s AND grade = '{ALL_GRADES}'
),
units AS (
    SELECT level, unit_id FROM figures
    UNION SELECT level, unit_id FROM workload_capacityyear WHERE year = %(year)s
),
pieces AS (
    SELECT units.level, units.unit_id,
        string_agg(coalesce(figures.byte, '\\x00'::bytea), ''::bytea ORDER BY days.day) AS piece
    FROM units CROSS JOIN generate_series(%(first)s::date, %(last)s::date, interval '1 day') days (day)
    LEFT JOIN figures
        ON figures.level = units.level AND figures.unit_id = units.unit_id AND figures.day = days.day::date
    GROUP BY units.level, units.unit_id
)
INSERT INTO workload_capacityyear AS kept (level, unit_id, year, days)
SELECT level, unit_id, %(year)s, %(before)s || piece || %(after)s FROM pieces ORDER BY level, unit_id
ON CONFLICT (level, unit_id, year) DO UPDATE
SET days = overlay(kept.days PLACING substring(excluded.days FROM %(position)s FOR %(length)s) FROM %(position)s)
WHERE substring(kept.days FROM %(position)s FOR %(length)s)
    IS DISTINCT FROM substring(excluded.days FROM %(position)s FOR %(length)s)
"""  # noqa: S608  # our own SQL
"""The days from one to another of a year as bytes: see `capacity_years.py`."""

FORGET_TIERS: Final = """
DELETE FROM workload_monthtiers
WHERE month_end = %(day)s OR month_end < date_trunc('month', %(day)s::date) - interval '12 months'
"""
"""A day's own, and those before the last thirteen month-ends."""
KEEP_TIERS: Final = f"""
INSERT INTO workload_monthtiers (month_end, place_id, team_id, pdu_id, region_id, grade, location, tier, count)
SELECT %(day)s, figure.place_id, figure.team_id, team.pdu_id, pdu.region_id, figure.grade, counted.location,
    counted.tier, counted.count
FROM workload_figure figure
JOIN caseload_casecount counted ON counted.snapshot_id = %(snapshot)s AND counted.sheet = {Sheet.FILTERED.value}
    AND counted.place_id = figure.place_id
JOIN organisation_team team ON team.id = figure.team_id
JOIN organisation_pdu pdu ON pdu.id = team.pdu_id
WHERE figure.run_id = %(run)s
ORDER BY figure.place_id, counted.location, counted.tier
"""  # noqa: S608  # our own SQL
