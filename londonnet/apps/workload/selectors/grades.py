"""A place's figures by grade: what is held, what can be carried, hours, and support given and taken."""

from typing import Final

from londonnet.apps.workload.support import SUPPORT_DAYS

from .everyone import Parameter
from .numbers import Counted
from .rows import FiguresInForce

# Rows are put together, not joined: a run that has just been made isn't in the planner's statistics, and a join of
# thousands that it takes for one would loop.
_ROWS: Final = f"""
SELECT place_id, cases, t2a_cases, points_total AS points, available, contracted_hours, reduction_hours,
    0 AS given, 0 AS taken
FROM workload_figure WHERE run_id = %(run)s {{only}}
UNION ALL
SELECT side.place_id, 0, 0, 0, 0, 0, 0, greatest(side.points, 0), greatest(-side.points, 0)
FROM caseload_supportcontact contact
JOIN workload_supportweight weight ON weight.version_id = %(version)s AND weight.code = contact.contact_type_code
JOIN organisation_practitionerinteam done ON done.id = contact.done_by_id
JOIN organisation_practitionerinteam managed ON managed.id = contact.managed_by_id
CROSS JOIN LATERAL (VALUES (done.id, weight.points), (managed.id, -weight.points)) side (place_id, points)
WHERE contact.snapshot_id = %(snapshot)s AND done.practitioner_id <> managed.practitioner_id
    AND contact.contact_date BETWEEN %(datestamp)s::date - {SUPPORT_DAYS - 1} AND %(datestamp)s::date
"""  # noqa: S608  # our own SQL
_SUMS: Final = """
sum(cases)::integer AS cases, sum(t2a_cases)::integer AS t2a_cases, sum(points)::integer AS points,
sum(available)::integer AS available, sum(contracted_hours) AS contracted_hours,
sum(reduction_hours) AS reduction_hours, sum(given)::integer AS given, sum(taken)::integer AS taken
"""
_FACTS: Final = f"SELECT place_id, {_SUMS} FROM ({_ROWS}) counted GROUP BY place_id"  # noqa: S608  # our own SQL
_OF_PARTS: Final = f"""
SELECT min(people.place_id) AS place_id, {_SUMS}
FROM {{people}} JOIN ({_ROWS}) counted ON counted.place_id = people.place_id GROUP BY {{part}}people.grade
"""  # noqa: S608  # our own SQL
_WHOLE: Final = ("cases", "t2a_cases", "points", "available", "given", "taken")
_HOURS: Final = ("contracted_hours", "reduction_hours")


def figures_of_grades(figures: FiguresInForce) -> Counted:
    """The figures of a run, with the support points that people gave and took."""
    sums = {name: f"coalesce(sum(facts.{name}), 0)::bigint" for name in _WHOLE}
    sums |= {name: f"coalesce(sum(facts.{name}), 0)" for name in _HOURS}
    parameters: dict[str, Parameter] = {
        "run": figures.run_id,
        "version": figures.weights_version,
        "datestamp": figures.datestamp,
    }
    return Counted(_FACTS, sums, parameters, of_parts=_OF_PARTS)
