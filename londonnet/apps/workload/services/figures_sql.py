"""The rules of `points.py`, `capacity.py`, `hours.py` and `support.py` as one statement over a whole trust.

A property test holds the two to the same figures. Numbers are exact: `div` of numerics truncates towards zero
without rounding first, and `floor(x + 0.5)` rounds a half up.
"""

from typing import Final

from londonnet.apps.caseload.models import Sheet
from londonnet.apps.workload.capacity import NO_CAPACITY_LEFT, NOT_MEASURED
from londonnet.apps.workload.selectors.staffing import TERMS_IN_FORCE
from londonnet.apps.workload.support import SUPPORT_DAYS
from londonnet.apps.workload.tiers import TIERS, UNTIERED
from londonnet.apps.workload.weights import GRADES

_KNOWN_GRADES: Final = ", ".join(f"'{grade}'" for grade in GRADES)

_WEIGHTS: Final = """
SELECT kind, array_agg(points ORDER BY location, tier) AS points
FROM workload_caseweight WHERE version_id = %(version)s GROUP BY kind
"""
"""The weights of a sheet in one array: a look-up in it costs a tenth of a join for each of 300,000 counts."""


def _counted(sheet: Sheet) -> str:
    """Cases of a sheet and their points. An untiered case (tier 0) is counted and not scored."""
    points = f"(counted.count::bigint * weights.points[(counted.location - 1) * {len(TIERS)} + counted.tier])"
    return f"""
SELECT counted.place_id, sum(counted.count)::bigint AS cases,
    coalesce(sum{points} FILTER (WHERE counted.tier > {UNTIERED}), 0)::bigint AS points
FROM caseload_casecount counted
CROSS JOIN (SELECT (SELECT points FROM weights WHERE kind = {sheet.value}) AS points) weights
WHERE counted.snapshot_id = %(snapshot)s AND counted.sheet = {sheet.value}
GROUP BY counted.place_id
"""  # noqa: S608  # our own SQL


_SUPPORT: Final = f"""
SELECT moved.place_id, sum(moved.points)::bigint AS points
FROM caseload_supportcontact contact
JOIN workload_supportweight weight ON weight.version_id = %(version)s AND weight.code = contact.contact_type_code
JOIN organisation_practitionerinteam done ON done.id = contact.done_by_id
JOIN organisation_practitionerinteam managed ON managed.id = contact.managed_by_id
CROSS JOIN LATERAL (VALUES (done.id, weight.points), (managed.id, -weight.points)) moved (place_id, points)
WHERE contact.snapshot_id = %(snapshot)s AND done.practitioner_id <> managed.practitioner_id
    AND %(datestamp)s::date - contact.contact_date BETWEEN 0 AND {SUPPORT_DAYS - 1}
GROUP BY moved.place_id
"""  # noqa: S608  # our own SQL

_HOURS: Final = """
SELECT place_id, hours FROM workload_contractedhours
WHERE superseded_by_id IS NULL AND first_day <= %(day)s AND coalesce(last_day, 'infinity') >= %(day)s
"""

_REDUCED: Final = f"""
SELECT reduction.place_id, sum(reduction.hours) AS hours
FROM workload_reduction reduction
JOIN ({TERMS_IN_FORCE}) terms ON terms.reason_id = reduction.reason_id AND terms.enabled
WHERE reduction.superseded_by_id IS NULL AND reduction.deleted_at IS NULL
    AND reduction.first_day <= %(day)s AND coalesce(reduction.last_day, 'infinity') >= %(day)s
GROUP BY reduction.place_id
"""  # noqa: S608  # our own SQL

_STAFFED: Final = f"""
SELECT roster.place_id, roster.grade, roster.is_incomplete, rule.target, rule.default_hours,
    coalesce(hours.hours, rule.default_hours) AS contracted_hours, coalesce(reduced.hours, 0) AS reduction_hours,
    roster.sdr_last_30::bigint * version.sdr
        + roster.sdr_conversion_last_30::bigint * version.conversion AS points_reports
FROM caseload_rosterentry roster
JOIN workload_weightversion version ON version.version = %(version)s
JOIN workload_graderule rule ON rule.version_id = version.version AND rule.grade =
    CASE WHEN roster.grade = '' THEN 'PO' WHEN roster.grade IN ({_KNOWN_GRADES}) THEN roster.grade ELSE 'DMY' END
LEFT JOIN hours ON hours.place_id = roster.place_id
LEFT JOIN reduced ON reduced.place_id = roster.place_id
WHERE roster.snapshot_id = %(snapshot)s AND NOT roster.only_omic
"""  # noqa: S608  # our own SQL
"""Everyone in the roster with their time. A blank grade behaves as PO, an unknown one as DMY."""

INSERT_FIGURES: Final = f"""
WITH weights AS ({_WEIGHTS}), held AS ({_counted(Sheet.FILTERED)}), t2a AS ({_counted(Sheet.T2A)}),
support AS ({_SUPPORT}), hours AS ({_HOURS}), reduced AS ({_REDUCED}),
staffed AS ({_STAFFED}),
measured AS (
    SELECT staffed.*, coalesce(held.cases, 0) AS cases, coalesce(t2a.cases, 0) AS t2a_cases,
        coalesce(held.points, 0) AS points_cases, coalesce(t2a.points, 0) AS points_t2a,
        coalesce(support.points, 0) AS points_support,
        coalesce(div(target * contracted_hours, nullif(default_hours, 0)), 0)::bigint AS unreduced,
        coalesce(div(target * (contracted_hours - reduction_hours), nullif(default_hours, 0)), 0)::bigint AS reduced
    FROM staffed
    LEFT JOIN held ON held.place_id = staffed.place_id
    LEFT JOIN t2a ON t2a.place_id = staffed.place_id
    LEFT JOIN support ON support.place_id = staffed.place_id
)
INSERT INTO workload_figure (run_id, place_id, team_id, grade, cases, t2a_cases, points_cases, points_t2a,
    points_reports, points_support, points_total, contracted_hours, reduction_hours, available, capacity_note,
    is_incomplete)
SELECT %(run)s, measured.place_id, place.team_id, measured.grade, measured.cases, measured.t2a_cases,
    measured.points_cases, measured.points_t2a, measured.points_reports, measured.points_support,
    floor(measured.points_cases + measured.points_t2a + measured.points_reports + measured.points_support + 0.5),
    measured.contracted_hours, measured.reduction_hours, greatest(measured.reduced, 0),
    CASE WHEN measured.reduced > 0 THEN '' WHEN measured.unreduced > 0 THEN '{NO_CAPACITY_LEFT}'
        ELSE '{NOT_MEASURED}' END,
    measured.is_incomplete
FROM measured JOIN organisation_practitionerinteam place ON place.id = measured.place_id
ORDER BY measured.place_id
"""  # noqa: S608  # our own SQL
