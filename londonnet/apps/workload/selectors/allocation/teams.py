"""The teams that cases can be given to."""

from dataclasses import dataclass
from typing import Final

from django.db import connection

from londonnet.apps.caseload.models import AllocationReason
from londonnet.platform.access.policy import Reach

from .scope import IN_SCOPE, scope_parameters

_TEAMS: Final = f"""
SELECT team.code, team.name, pdu.code, pdu.name, region.code
FROM organisation_team team
JOIN organisation_pdu pdu ON pdu.id = team.pdu_id
JOIN organisation_region region ON region.id = pdu.region_id
WHERE {IN_SCOPE}
    AND EXISTS (SELECT FROM workload_figure figure WHERE figure.run_id = %(run)s AND figure.team_id = team.id)
ORDER BY pdu.search_key, pdu.code, team.search_key, team.code
"""  # noqa: S608  # our own SQL


@dataclass(frozen=True, slots=True)
class TeamChoice:
    """A team with people in it."""

    code: str
    name: str
    pdu_code: str
    pdu_name: str
    region_code: str


def teams_within(scope: Reach, *, run_id: int) -> tuple[TeamChoice, ...]:
    """The teams of a part of the trust that anybody works in, by PDU and name. One query."""
    with connection.cursor() as cursor:
        cursor.execute(_TEAMS, {"run": run_id, **scope_parameters(scope)})
        return tuple(TeamChoice(*row) for row in cursor.fetchall())


def allocation_reasons() -> tuple[str, ...]:
    """The reasons for taking a case from somebody, in their order. One query."""
    return tuple(AllocationReason.objects.filter(enabled=True).order_by("position").values_list("name", flat=True))
