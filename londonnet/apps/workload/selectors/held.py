"""The hours and reductions that are held, as rows of the files that they can be loaded from."""

from collections.abc import Sequence
from typing import Any, Final

from django.db import connection

from londonnet.apps.workload.amounts import written
from londonnet.apps.workload.personal import SHOWN
from londonnet.platform.access.policy import Reach

from .practitioner_sql import PLACES
from .reductions import KNOWN, reader_parameters

_MAY_CHANGE: Final = """(%(h_all)s OR practitioner.om_key = ANY(%(h_staff_keys)s) OR team.code = ANY(%(h_team_codes)s)
    OR pdu.code = ANY(%(h_pdu_codes)s) OR region.code = ANY(%(h_region_codes)s))"""
_ORDER: Final = "ORDER BY team.code, practitioner.om_key"
_HOURS: Final = f"""
SELECT practitioner.om_key, team.code, held.hours, held.first_day, held.last_day
FROM workload_contractedhours held
JOIN organisation_practitionerinteam place ON place.id = held.place_id
{PLACES}
WHERE held.superseded_by_id IS NULL AND {_MAY_CHANGE} {_ORDER}, held.first_day
"""  # noqa: S608  # our own SQL
_REDUCTIONS: Final = f"""
SELECT practitioner.om_key, team.code, CASE WHEN {KNOWN} THEN reason.name ELSE '{SHOWN}' END, held.hours,
    held.first_day, held.last_day, CASE WHEN {KNOWN} THEN held.notes ELSE '' END
FROM workload_reduction held
JOIN organisation_practitionerinteam place ON place.id = held.place_id
{PLACES}
JOIN workload_reductionreason reason ON reason.id = held.reason_id
WHERE held.superseded_by_id IS NULL AND held.deleted_at IS NULL AND {_MAY_CHANGE} {_ORDER}, held.first_day, held.id
"""  # noqa: S608  # our own SQL


def held_hours(reach: Reach) -> list[list[str]]:
    """The contracted hours within reach, in the columns of their file. One query."""
    return [
        [om_key, team, written(hours), f"{first_day}", f"{last_day or ''}"]
        for om_key, team, hours, first_day, last_day in _rows(_HOURS, _of(reach))
    ]


def held_reductions(reach: Reach, *, personal: Reach) -> list[list[str]]:
    """The reductions within reach, in the columns of their file; deleted ones aren't in it. One query.

    Args:
        reach: whose.
        personal: whose personal reasons the reader may know; others are "Personal", which no file can be loaded with.
    """
    return [
        [om_key, team, reason, written(hours), f"{first_day}", f"{last_day or ''}", notes]
        for om_key, team, reason, hours, first_day, last_day, notes in _rows(
            _REDUCTIONS, _of(reach) | reader_parameters(personal)
        )
    ]


def _of(reach: Reach) -> dict[str, Any]:
    return {f"h_{name}": value for name, value in reader_parameters(reach).items()}


def _rows(statement: str, parameters: dict[str, Any]) -> Sequence[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return list(cursor.fetchall())
