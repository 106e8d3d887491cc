"""Where cases are that have left somebody's reach: told only to whoever they were taken from."""

from collections.abc import Collection
from typing import Final

from django.db import connection

from londonnet.platform.access.policy import Reach

from ..practitioner_sql import PLACES
from .scope import IN_SCOPE, scope_parameters

_TAKEN: Final = f"""
SELECT made.crn, made.made_by_name,
    coalesce(nullif(trim(taker.forename || ' ' || taker.surname), ''), taker.om_key), taker_team.name
FROM caseload_allocation made
JOIN organisation_practitionerinteam taken ON taken.id = made.to_place_id
JOIN organisation_practitioner taker ON taker.id = taken.practitioner_id
JOIN organisation_team taker_team ON taker_team.id = taken.team_id
JOIN organisation_practitionerinteam place ON place.id = made.from_place_id {PLACES}
WHERE made.state = 'standing' AND made.crn = ANY(%(crns)s) AND {IN_SCOPE}
"""  # noqa: S608  # our own SQL


def taken_away(crns: Collection[str], scope: Reach) -> dict[str, str]:
    """Who moved these cases out of a part of the trust and to whom, a sentence each; others aren't told. One query."""
    with connection.cursor() as cursor:
        cursor.execute(_TAKEN, {"crns": sorted(crns), **scope_parameters(scope)})
        return {crn: f"{mover} gave it to {taker}, {team}." for crn, mover, taker, team in cursor.fetchall()}
