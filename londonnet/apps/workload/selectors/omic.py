"""Offender management in custody, by the rules of `omic.py`; a property test holds the two together."""

from datetime import date
from typing import Final

from londonnet.apps.caseload.models import Location, Sheet
from londonnet.apps.workload.tiers import TIERS, UNTIERED
from londonnet.apps.workload.weights import GRADES

from .numbers import Counted

_KNOWN_GRADES: Final = ", ".join(f"'{grade}'" for grade in GRADES)


def _points(location: str) -> str:
    """Points of a count as if it stood in that location; an untiered case has none."""
    weight = f"weights.points[({location} - 1) * {len(TIERS)} + counted.tier]"
    return f"CASE WHEN counted.tier > {UNTIERED} THEN counted.count::bigint * {weight} ELSE 0 END"


_IN_CUSTODY: Final = f"FILTER (WHERE counted.location = {Location.CUSTODY.value})"
_FACTS: Final = f"""
SELECT held.*, greatest(coalesce(
    div(rule.target * coalesce(hours.hours, rule.default_hours), nullif(rule.default_hours, 0)), 0
), 0)::bigint AS available
FROM (
    SELECT place_id, sum(counted.count)::bigint AS cases,
        coalesce(sum(counted.count) {_IN_CUSTODY}, 0) AS custody_cases,
        sum({_points("counted.location")})::bigint AS points,
        coalesce(sum({_points(str(Location.LICENCE.value))}) {_IN_CUSTODY}, 0)::bigint AS projected_licence
    FROM caseload_casecount counted
    CROSS JOIN (
        SELECT array_agg(points ORDER BY location, tier) AS points FROM workload_caseweight
        WHERE version_id = %(version)s AND kind = {Sheet.FILTERED.value}
    ) weights
    WHERE counted.snapshot_id = %(snapshot)s AND counted.sheet = {Sheet.OMIC.value} {{only}}
    GROUP BY place_id
) held
JOIN caseload_rosterentry roster ON roster.snapshot_id = %(snapshot)s AND roster.place_id = held.place_id
JOIN workload_graderule rule ON rule.version_id = %(version)s AND rule.grade =
    CASE WHEN roster.grade = '' THEN 'PO' WHEN roster.grade IN ({_KNOWN_GRADES}) THEN roster.grade ELSE 'DMY' END
LEFT JOIN workload_contractedhours hours ON hours.place_id = held.place_id AND hours.superseded_by_id IS NULL
    AND hours.first_day <= %(day)s AND coalesce(hours.last_day, 'infinity') >= %(day)s
"""  # noqa: S608  # our own SQL
_SUMS: Final = ("cases", "custody_cases", "points", "projected_licence", "available")


def omic_of(version: int, day: date) -> Counted:
    """Everybody in offender management in custody: cases, points, projected licence, points available, capacity.

    Args:
        version: of the weights.
        day: whose contracted hours count.
    """
    sums = {name: f"coalesce(sum(facts.{name}), 0)::bigint" for name in _SUMS}
    capacity = "100 * sum(facts.points)::float8 / nullif(sum(facts.available), 0)"
    return Counted(_FACTS, sums | {"capacity": capacity}, {"version": version, "day": day}, everybody=False)
