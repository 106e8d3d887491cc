"""How cases progress: first weeks, and what the list of cases flags."""

from typing import Final

from londonnet.apps.caseload.flags import FLAGS

from .numbers import Counted

_COLUMNS: Final = {flag.name: flag.column for flag in FLAGS}
FIRST_WEEKS: Final = ("community_first_16_weeks", "licence_first_16_weeks")
_FLAGGED: Final = ", ".join(f'(count(*) FILTER (WHERE held.{flag.column}))::integer AS "{flag.name}"' for flag in FLAGS)
# Those in transition to adulthood are few: they are looked up among the cases, not the cases among them.
_YOUNG: Final = """
SELECT held.place_id, count(*)::integer AS t2a
FROM (SELECT DISTINCT crn FROM caseload_t2aevent WHERE snapshot_id = %(snapshot)s) events
JOIN caseload_case held ON held.crn = events.crn
WHERE held.snapshot_id = %(snapshot)s {only} GROUP BY held.place_id
"""
_YOUNG_OF_ALL: Final = """
SELECT held.place_id, count(*)::integer AS t2a
FROM (SELECT DISTINCT crn FROM caseload_t2aevent WHERE snapshot_id = %(snapshot)s) events
CROSS JOIN LATERAL (
    SELECT place_id FROM caseload_case WHERE snapshot_id = %(snapshot)s AND crn = events.crn OFFSET 0
) held
GROUP BY held.place_id
"""
"""Each by its number: in a whole trust that is less than reading all cases once more."""


_FIRST_WEEKS: Final = ", ".join(f"roster.{name}" for name in FIRST_WEEKS)
_OF_PEOPLE: Final = f"""
FROM caseload_rosterentry roster
LEFT JOIN (
    SELECT held.place_id AS holder_id, count(*)::integer AS cases, {_FLAGGED}
    FROM caseload_case held WHERE held.snapshot_id = %(snapshot)s {{only}} GROUP BY held.place_id
) flagged ON flagged.holder_id = roster.place_id
LEFT JOIN ({{young}}) young ON young.place_id = roster.place_id
WHERE roster.snapshot_id = %(snapshot)s
"""  # noqa: S608  # our own SQL
_FACTS: Final = f"SELECT roster.place_id, {_FIRST_WEEKS}, flagged.*, young.t2a {_OF_PEOPLE}".replace("{young}", _YOUNG)
_SHOWN: Final = ("cases", *FIRST_WEEKS, *(flag.name for flag in FLAGS), "t2a")
_SUMS: Final = ", ".join(f'sum("{name}")::integer AS "{name}"' for name in _SHOWN)
_OF_GRADES: Final = f"""
SELECT min(roster.place_id) AS place_id, {_SUMS}
{_OF_PEOPLE} AND (%(with_omic)s OR NOT roster.only_omic) GROUP BY roster.grade
""".replace("{young}", _YOUNG_OF_ALL)


def _sorting(name: str) -> str:
    """What sorting by a number takes, and nothing else."""
    if name == "t2a":
        return _YOUNG
    if name in FIRST_WEEKS:
        return f"SELECT place_id, {name} FROM caseload_rosterentry WHERE snapshot_id = %(snapshot)s"  # noqa: S608
    flagged = f"AND {_COLUMNS[name]}" if name in _COLUMNS else ""
    return f"""
SELECT place_id, count(*)::integer AS "{name}" FROM caseload_case
WHERE snapshot_id = %(snapshot)s {flagged} {{only}} GROUP BY place_id
"""  # noqa: S608  # our own SQL


PROGRESS: Final = Counted(
    _FACTS,
    {name: f'coalesce(sum(facts."{name}"), 0)::bigint' for name in _SHOWN},
    of_grades=_OF_GRADES,
    sorting=_sorting,
)
"""Cases listed, in their first 16 weeks, of each flag and in transition to adulthood.

Flags and T2A are counted from the list of cases, so each number is that of the list behind it; the first weeks come
from the filtered counts, which name no cases.
"""
