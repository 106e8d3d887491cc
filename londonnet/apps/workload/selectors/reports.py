"""Court reports: those done, those due, and what they weigh."""

from typing import Final

from .numbers import Counted

_SUMS: Final = ("sdr", "conversions", "oral", "due", "points")

_FACTS: Final = """
SELECT roster.place_id, roster.sdr_last_30 AS sdr, roster.sdr_conversion_last_30 AS conversions,
    roster.oral_reports AS oral, roster.sdr_due_next_30 AS due, figure.points_reports AS points
FROM caseload_rosterentry roster
LEFT JOIN workload_figure figure ON figure.run_id = %(run)s AND figure.place_id = roster.place_id
WHERE roster.snapshot_id = %(snapshot)s
"""


def reports_of(run: int) -> Counted:
    """Reports of the last 30 days by kind, those due in the next 30, and their points in a run."""
    sums = {name: f"coalesce(sum(facts.{name}), 0)::bigint" for name in _SUMS}
    return Counted(_FACTS, sums, {"run": run})
