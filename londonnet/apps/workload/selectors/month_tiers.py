"""Cases by tier and location at the end of past months."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db import connection

from .rows import EVERYWHERE, Level, Within

_CONDITIONS: Final[dict[Level, str]] = {
    "trust": "",
    "region": "AND region_id = (SELECT id FROM organisation_region WHERE code = %(code)s)",
    "pdu": "AND pdu_id = (SELECT id FROM organisation_pdu WHERE code = %(code)s)",
    "team": "AND team_id = (SELECT id FROM organisation_team WHERE code = %(code)s)",
    "practitioner": """AND place_id = ANY(ARRAY(
        SELECT place.id FROM organisation_practitionerinteam place
        JOIN organisation_practitioner practitioner ON practitioner.id = place.practitioner_id
        WHERE practitioner.om_key = %(code)s))""",
}
_COUNTS: Final = """
SELECT grade, location, tier, sum(count)::bigint FROM workload_monthtiers
WHERE month_end = %(month_end)s {condition} GROUP BY grade, location, tier ORDER BY grade, location, tier
"""
_MONTH_ENDS: Final = "SELECT DISTINCT month_end FROM workload_monthtiers ORDER BY month_end DESC"


@dataclass(frozen=True, slots=True)
class TierCount:
    """How many filtered cases of a tier people of one grade held in one location; the numbers of `caseload`."""

    grade: str
    location: int
    tier: int
    count: int


def month_tiers(within: Within = EVERYWHERE, *, month_end: date) -> list[TierCount]:
    """The filtered counts at the end of a month in a part of the trust, where teams belonged then. One query."""
    with connection.cursor() as cursor:
        statement = _COUNTS.format(condition=_CONDITIONS[within.level])
        cursor.execute(statement, {"code": within.code, "month_end": month_end})
        return [TierCount(*found) for found in cursor.fetchall()]


def month_ends() -> list[date]:
    """The month-ends that are kept, the latest first: thirteen at most. One query."""
    with connection.cursor() as cursor:
        cursor.execute(_MONTH_ENDS)
        return [day for (day,) in cursor.fetchall()]
