"""Practitioners-in-team by the keys that programs and commands know them by."""

from collections.abc import Collection
from typing import Final

from django.db import connection

from ..practitioner_sql import NAME, PLACES
from .cases import Holding
from .moved import End

_ENDS: Final = f"""
SELECT place.id, practitioner.om_key, {NAME}, team.code, team.name, pdu.code, region.code
FROM organisation_practitionerinteam place {PLACES}
JOIN unnest(%s::text[], %s::text[]) wanted (om_key, team_code)
    ON wanted.om_key = practitioner.om_key AND wanted.team_code = team.code
"""  # noqa: S608  # our own SQL


def ends_called(wanted: Collection[Holding]) -> dict[Holding, End]:
    """These practitioners-in-team; those that there aren't are left out. One query."""
    rows = sorted({(one.om_key, one.team_code) for one in wanted})
    with connection.cursor() as cursor:
        cursor.execute(_ENDS, [[om_key for om_key, _ in rows], [team for _, team in rows]])
        return {Holding(end.om_key, end.team_code): end for end in (End(*row) for row in cursor.fetchall())}
