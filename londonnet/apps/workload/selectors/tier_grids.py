"""Cases by tier and location."""

from collections.abc import Mapping
from typing import Final

from django.db import connection

from londonnet.apps.caseload.models import Location, Sheet
from londonnet.apps.workload.tiers import TIERS, UNTIERED, tier_name

from .rows import EVERYWHERE, TierGrid, TierGridLine, Within
from .within import FIGURES, condition, parameters

_ALWAYS_SHOWN: Final = (*TIERS[:16], UNTIERED)
_COUNTS: Final = """
SELECT counted.tier, counted.location, sum(counted.count)::bigint
FROM caseload_casecount counted
WHERE counted.snapshot_id = (
    SELECT snapshot_id FROM workload_figurerun
    WHERE id = coalesce(%(run)s::bigint, (SELECT run_id FROM workload_currentfigures))
) AND counted.sheet = %(sheet)s AND counted.place_id IN (SELECT figure.place_id {figures})
GROUP BY counted.tier, counted.location
"""


def tier_grid(within: Within = EVERYWHERE, *, run: int | None = None) -> TierGrid:
    """The filtered case counts of a part of the trust, by tier and location. One query.

    Args:
        within: which part.
        run: number of the run, None for the one in force.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            _COUNTS.format(figures=FIGURES + condition(within)),
            parameters(within, run) | {"sheet": Sheet.FILTERED.value},
        )
        counts = {(tier, location): count for tier, location, count in cursor.fetchall()}
    shown = [tier for tier in (*TIERS, UNTIERED) if tier in _ALWAYS_SHOWN or any(tier == held for held, _ in counts)]
    return TierGrid(tuple(_line(tier_name(tier), [tier], counts) for tier in shown), _line("Total", shown, counts))


def _line(name: str, tiers: list[int], counts: Mapping[tuple[int, int], int]) -> TierGridLine:
    by_location = (sum(counts.get((tier, place.value), 0) for tier in tiers) for place in Location)
    return TierGridLine(name, *by_location)
