"""A place's figures by grade: what is held, what can be carried, hours, and support given and taken."""

from typing import Final

from londonnet.apps.workload.support import SUPPORT_DAYS

from .everyone import Parameter
from .numbers import Counted
from .rows import FiguresInForce

_FACTS: Final = f"""
SELECT figure.place_id, figure.cases, figure.t2a_cases, figure.points_total AS points, figure.available,
    figure.contracted_hours, figure.reduction_hours, moved.given, moved.taken
FROM workload_figure figure
LEFT JOIN (
    SELECT side.place_id AS of_id, sum(side.points) FILTER (WHERE side.points > 0) AS given,
        -sum(side.points) FILTER (WHERE side.points < 0) AS taken
    FROM caseload_supportcontact contact
    JOIN workload_supportweight weight ON weight.version_id = %(version)s AND weight.code = contact.contact_type_code
    JOIN organisation_practitionerinteam done ON done.id = contact.done_by_id
    JOIN organisation_practitionerinteam managed ON managed.id = contact.managed_by_id
    CROSS JOIN LATERAL (VALUES (done.id, weight.points), (managed.id, -weight.points)) side (place_id, points)
    WHERE contact.snapshot_id = %(snapshot)s AND done.practitioner_id <> managed.practitioner_id
        AND %(datestamp)s::date - contact.contact_date BETWEEN 0 AND {SUPPORT_DAYS - 1}
    GROUP BY side.place_id
) moved ON moved.of_id = figure.place_id
WHERE figure.run_id = %(run)s {{only}}
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
    return Counted(_FACTS, sums, parameters)
