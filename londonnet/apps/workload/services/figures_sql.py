"""The rules of `points.py`, `capacity.py`, `hours.py` and `support.py` as one statement over a whole trust.

A property test holds the two to the same figures. Numbers are exact: `div` of numerics truncates towards zero
without rounding first, and `floor(x + 0.5)` rounds a half up.

The weights come from a version in the tables, or from the parameters of a trial that is kept nowhere; the people are
everyone of an extract, or some. What is worked out is the same text in every case.
"""

from typing import Final

from londonnet.apps.caseload.models import Sheet
from londonnet.apps.workload.capacity import NO_CAPACITY_LEFT, NOT_MEASURED
from londonnet.apps.workload.selectors.staffing import TERMS_IN_FORCE
from londonnet.apps.workload.support import SUPPORT_DAYS
from londonnet.apps.workload.tiers import TIERS, UNTIERED
from londonnet.apps.workload.weights import GRADES

_KNOWN_GRADES: Final = ", ".join(f"'{grade}'" for grade in GRADES)

OF_VERSION: Final = """
weights AS (
    SELECT kind, array_agg(points ORDER BY location, tier) AS points
    FROM workload_caseweight WHERE version_id = %(version)s GROUP BY kind
),
reports AS (SELECT sdr, conversion FROM workload_weightversion WHERE version = %(version)s),
rules AS (SELECT grade, target, default_hours FROM workload_graderule WHERE version_id = %(version)s),
support_weights AS (SELECT code, points FROM workload_supportweight WHERE version_id = %(version)s)
"""
"""The weights of one version. Those of a sheet stand in one array: a look-up in it costs a tenth of a join for each
of 300,000 counts."""

OF_TRIAL: Final = f"""
weights AS (
    SELECT kind, points FROM (VALUES
        ({Sheet.FILTERED.value}, %(case_weights)s::bigint[]), ({Sheet.T2A.value}, %(t2a_weights)s::bigint[])
    ) given (kind, points)
),
reports AS (SELECT %(sdr)s::bigint AS sdr, %(conversion)s::bigint AS conversion),
rules AS (
    SELECT grade, target, default_hours
    FROM unnest(%(grades)s::text[], %(targets)s::bigint[], %(default_hours)s::numeric[])
        given (grade, target, default_hours)
),
support_weights AS (
    SELECT code, points FROM unnest(%(support_codes)s::text[], %(support_points)s::bigint[]) given (code, points)
)
"""  # noqa: S608  # our own SQL
"""Weights that are only tried: see `weight_parameters.trial_parameters`."""

_NOBODY_LEFT_OUT: Final = "true"
_SOME_PLACES: Final = "{column} = ANY(%(places)s::bigint[])"
_THEIR_CONTACTS: Final = (
    "(contact.done_by_id = ANY(%(places)s::bigint[]) OR contact.managed_by_id = ANY(%(places)s::bigint[]))"
)
"""Says what follows from whose points are moved, so that the contacts of a whole trust aren't read for one person."""


def _counted(sheet: Sheet, people: str) -> str:
    """Cases of a sheet and their points. An untiered case (tier 0) is counted and not scored."""
    points = f"(counted.count::bigint * weights.points[(counted.location - 1) * {len(TIERS)} + counted.tier])"
    return f"""
SELECT counted.place_id, sum(counted.count)::bigint AS cases,
    coalesce(sum{points} FILTER (WHERE counted.tier > {UNTIERED}), 0)::bigint AS points
FROM caseload_casecount counted
CROSS JOIN (SELECT (SELECT points FROM weights WHERE kind = {sheet.value}) AS points) weights
WHERE counted.snapshot_id = %(snapshot)s AND counted.sheet = {sheet.value}
    AND {people.format(column="counted.place_id")}
GROUP BY counted.place_id
"""  # noqa: S608  # our own SQL


_SUPPORT: Final = f"""
SELECT moved.place_id, sum(moved.points)::bigint AS points
FROM caseload_supportcontact contact
JOIN support_weights weight ON weight.code = contact.contact_type_code
JOIN organisation_practitionerinteam done ON done.id = contact.done_by_id
JOIN organisation_practitionerinteam managed ON managed.id = contact.managed_by_id
CROSS JOIN LATERAL (VALUES (done.id, weight.points), (managed.id, -weight.points)) moved (place_id, points)
WHERE contact.snapshot_id = %(snapshot)s AND done.practitioner_id <> managed.practitioner_id
    AND %(datestamp)s::date - contact.contact_date BETWEEN 0 AND {SUPPORT_DAYS - 1}
    AND {{people}} AND {{contacts}}
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
    roster.sdr_last_30::bigint * reports.sdr
        + roster.sdr_conversion_last_30::bigint * reports.conversion AS points_reports
FROM caseload_rosterentry roster
CROSS JOIN reports
JOIN rules rule ON rule.grade =
    CASE WHEN roster.grade = '' THEN 'PO' WHEN roster.grade IN ({_KNOWN_GRADES}) THEN roster.grade ELSE 'DMY' END
LEFT JOIN hours ON hours.place_id = roster.place_id
LEFT JOIN reduced ON reduced.place_id = roster.place_id
WHERE roster.snapshot_id = %(snapshot)s AND NOT roster.only_omic AND {{people}}
"""  # noqa: S608  # our own SQL
"""Everyone in the roster with their time. A blank grade behaves as PO, an unknown one as DMY."""

COLUMNS: Final = (
    "team_id",
    "grade",
    "cases",
    "t2a_cases",
    "points_cases",
    "points_t2a",
    "points_reports",
    "points_support",
    "points_total",
    "contracted_hours",
    "reduction_hours",
    "available",
    "capacity_note",
    "is_incomplete",
)
"""What a figure consists of, beside whose it is."""


def worked_out(weights: str, *, some_places: bool = False) -> str:
    """Common table expressions that end in `worked_out`: a row of `place_id` and `COLUMNS` for each figure.

    Args:
        weights: `OF_VERSION` or `OF_TRIAL`.
        some_places: only the practitioners-in-team in `%(places)s`.
    """
    people, contacts = (_SOME_PLACES, _THEIR_CONTACTS) if some_places else (_NOBODY_LEFT_OUT, _NOBODY_LEFT_OUT)
    return f"""
{weights},
held AS ({_counted(Sheet.FILTERED, people)}), t2a AS ({_counted(Sheet.T2A, people)}),
support AS ({_SUPPORT.format(people=people.format(column="moved.place_id"), contacts=contacts)}),
hours AS ({_HOURS}), reduced AS ({_REDUCED}),
staffed AS ({_STAFFED.format(people=people.format(column="roster.place_id"))}),
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
),
worked_out AS (
    SELECT measured.place_id, place.team_id, measured.grade, measured.cases, measured.t2a_cases,
        measured.points_cases, measured.points_t2a, measured.points_reports, measured.points_support,
        floor(measured.points_cases + measured.points_t2a + measured.points_reports + measured.points_support
            + 0.5)::bigint AS points_total,
        measured.contracted_hours, measured.reduction_hours, greatest(measured.reduced, 0) AS available,
        CASE WHEN measured.reduced > 0 THEN '' WHEN measured.unreduced > 0 THEN '{NO_CAPACITY_LEFT}'
            ELSE '{NOT_MEASURED}' END AS capacity_note,
        measured.is_incomplete
    FROM measured JOIN organisation_practitionerinteam place ON place.id = measured.place_id
)
"""  # noqa: S608  # our own SQL


INSERT_FIGURES: Final = f"""
WITH {worked_out(OF_VERSION)}
INSERT INTO workload_figure (run_id, place_id, {", ".join(COLUMNS)})
SELECT %(run)s, place_id, {", ".join(COLUMNS)} FROM worked_out ORDER BY place_id
"""  # noqa: S608  # our own SQL
"""Every figure of a run."""

UPDATE_FIGURES: Final = f"""
WITH {worked_out(OF_VERSION, some_places=True)}
UPDATE workload_figure figure SET {", ".join(f"{column} = worked_out.{column}" for column in COLUMNS)}
FROM worked_out WHERE figure.run_id = %(run)s AND figure.place_id = worked_out.place_id
"""  # noqa: S608  # our own SQL
"""The figures of some in the run that readers see."""
