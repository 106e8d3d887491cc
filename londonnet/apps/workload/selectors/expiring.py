"""Reductions that end soon, for those who have to be told."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from django.db import connection

from londonnet.platform.access.policy import Place

from .practitioner_sql import NAME, PLACES
from .staffing import TERMS_IN_FORCE

_ENDING: Final = f"""
SELECT reduction.id, reduction.place_id, reduction.reason_id, practitioner.om_key, {NAME}, team.code, team.name,
    pdu.code, region.code, reduction.hours, reduction.first_day, reduction.last_day
FROM workload_reduction reduction
JOIN organisation_practitionerinteam place ON place.id = reduction.place_id
{PLACES}
JOIN ({TERMS_IN_FORCE}) terms ON terms.reason_id = reduction.reason_id AND terms.enabled
WHERE reduction.superseded_by_id IS NULL AND reduction.deleted_at IS NULL AND place.ended_on IS NULL
    AND reduction.first_day <= %(day)s AND reduction.last_day - %(day)s::date = ANY(%(days_left)s)
ORDER BY reduction.last_day, reduction.id
"""  # noqa: S608  # our own SQL


@dataclass(frozen=True, slots=True)
class EndingReduction:
    """A reduction that ends soon. Its reason isn't here: what is told of it may be read by many."""

    number: int
    place_id: int
    reason_id: int
    om_key: str
    name: str
    team_code: str
    team_name: str
    pdu_code: str
    region_code: str
    hours: Decimal
    first_day: date
    last_day: date

    @property
    def place(self) -> Place:
        """Where it belongs."""
        return Place(self.om_key, self.team_code, self.pdu_code, self.region_code)


def ending_reductions(day: date, days_left: Sequence[int]) -> tuple[EndingReduction, ...]:
    """Active reductions that have so many days left on a day, those that end first before the others. One query."""
    with connection.cursor() as cursor:
        cursor.execute(_ENDING, {"day": day, "days_left": list(days_left)})
        return tuple(EndingReduction(*found) for found in cursor.fetchall())
