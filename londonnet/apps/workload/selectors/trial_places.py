"""The places that weights can be tried on, within somebody's reach."""

from dataclasses import dataclass
from typing import Final

from django.db import connection

from londonnet.platform.access.policy import Place, Reach
from londonnet.platform.trusts import current_trust

from .rows import OrganisationLevel, Within

MOST_TEAMS: Final = 200
"""With more teams than these, only those of the PDU that is looked at can be chosen from."""

_PLACES: Final = """
SELECT 'region', region.code, region.name, '' AS pdu, region.code AS region, 1 AS depth FROM organisation_region region
UNION ALL
SELECT 'pdu', pdu.code, pdu.name, pdu.code, region.code, 2 FROM organisation_pdu pdu
JOIN organisation_region region ON region.id = pdu.region_id
UNION ALL
SELECT 'team', team.code, team.name, pdu.code, region.code, 3 FROM organisation_team team
JOIN organisation_pdu pdu ON pdu.id = team.pdu_id JOIN organisation_region region ON region.id = pdu.region_id
ORDER BY depth, 3, 2
"""


@dataclass(frozen=True, slots=True)
class TrialPlace:
    """A place that can be chosen: its part of the trust, its name, and where it belongs."""

    within: Within
    name: str
    place: Place

    @property
    def key(self) -> str:
        """What the choice sends: trust, pdu:N07P1."""
        return f"{self.within.level}:{self.within.code}" if self.within.code else self.within.level


def trial_places(reach: Reach) -> list[TrialPlace]:
    """Everything within reach, the widest first, by name. One query."""
    with connection.cursor() as cursor:
        cursor.execute(_PLACES)
        found = [
            _trial_place(level, code, name, pdu, region) for level, code, name, pdu, region, _ in cursor.fetchall()
        ]
    whole = [TrialPlace(Within(), current_trust().name, Place())] if reach.everything else []
    return whole + [one for one in found if reach.covers(one.place)]


def choosable(places: list[TrialPlace], chosen: TrialPlace) -> list[TrialPlace]:
    """Those that a list offers: all of them, or of very many teams only those beside the one chosen."""
    if sum(one.within.level == "team" for one in places) <= MOST_TEAMS:
        return places
    pdu = chosen.place.pdu_code
    return [one for one in places if one.within.level != "team" or (pdu and one.place.pdu_code == pdu)]


def _trial_place(level: OrganisationLevel, code: str, name: str, pdu: str, region: str) -> TrialPlace:
    team = code if level == "team" else ""
    return TrialPlace(Within(level, code), name, Place(team_code=team, pdu_code=pdu, region_code=region))
