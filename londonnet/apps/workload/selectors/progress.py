"""How cases progress: first weeks, and what the list of cases flags."""

from typing import Final

from londonnet.apps.caseload.flags import FLAGS

from .numbers import Counted

_COLUMNS: Final = {flag.name: flag.column for flag in FLAGS}
FIRST_WEEKS: Final = ("community_first_16_weeks", "licence_first_16_weeks")
_FLAGGED: Final = ", ".join(f'(count(*) FILTER (WHERE held.{flag.column}))::integer AS "{flag.name}"' for flag in FLAGS)
# Those in transition to adulthood are few: they are looked up among the cases, not the cases among them.
_FACTS: Final = f"""
SELECT roster.place_id, roster.community_first_16_weeks, roster.licence_first_16_weeks, flagged.*, young.t2a
FROM caseload_rosterentry roster
LEFT JOIN (
    SELECT held.place_id AS holder_id, count(*)::integer AS cases, {_FLAGGED}
    FROM caseload_case held WHERE held.snapshot_id = %(snapshot)s {{only}} GROUP BY held.place_id
) flagged ON flagged.holder_id = roster.place_id
LEFT JOIN (
    SELECT held.place_id AS holder_id, count(*)::integer AS t2a
    FROM (SELECT DISTINCT crn FROM caseload_t2aevent WHERE snapshot_id = %(snapshot)s) events
    JOIN caseload_case held ON held.crn = events.crn
    WHERE held.snapshot_id = %(snapshot)s {{only}} GROUP BY held.place_id
) young ON young.holder_id = roster.place_id
WHERE roster.snapshot_id = %(snapshot)s
"""  # noqa: S608  # our own SQL
_SHOWN: Final = ("cases", *FIRST_WEEKS, *(flag.name for flag in FLAGS), "t2a")


def _sorting(name: str) -> str:
    """What sorting by a flag takes: the cases that have it, and nothing else."""
    if name not in _COLUMNS:
        return _FACTS
    return f"""
SELECT place_id, count(*)::integer AS "{name}" FROM caseload_case
WHERE snapshot_id = %(snapshot)s AND {_COLUMNS[name]} {{only}} GROUP BY place_id
"""  # noqa: S608  # our own SQL


PROGRESS: Final = Counted(
    _FACTS, {name: f'coalesce(sum(facts."{name}"), 0)::bigint' for name in _SHOWN}, sorting=_sorting
)
"""Cases listed, in their first 16 weeks, of each flag and in transition to adulthood.

Flags and T2A are counted from the list of cases, so each number is that of the list behind it; the first weeks come
from the filtered counts, which name no cases.
"""
