"""Where a figure belongs, for the policy that says who may see it."""

from typing import Final

from django.db import connection

from londonnet.platform.access.policy import TRUST_WIDE, Place
from londonnet.platform.trusts import current_trust

from .rows import Level

_PLACES: Final[dict[Level, str]] = {
    "region": "SELECT '', '', '', code FROM organisation_region WHERE code = %(code)s",
    "pdu": """
SELECT '', '', pdu.code, region.code FROM organisation_pdu pdu
JOIN organisation_region region ON region.id = pdu.region_id WHERE pdu.code = %(code)s
""",
    "team": """
SELECT '', team.code, pdu.code, region.code FROM organisation_team team
JOIN organisation_pdu pdu ON pdu.id = team.pdu_id
JOIN organisation_region region ON region.id = pdu.region_id WHERE team.code = %(code)s
""",
    "practitioner": """
SELECT practitioner.om_key, team.code, pdu.code, region.code FROM organisation_practitioner practitioner
JOIN organisation_practitionerinteam place ON place.practitioner_id = practitioner.id
JOIN organisation_team team ON team.id = place.team_id
JOIN organisation_pdu pdu ON pdu.id = team.pdu_id
JOIN organisation_region region ON region.id = pdu.region_id
WHERE practitioner.om_key = %(code)s ORDER BY place.ended_on IS NOT NULL, team.code
""",
}


def place_of(level: Level, code: str, *, team_code: str | None = None) -> Place | None:
    """Where a figure belongs; None where there is no such place. One query.

    Args:
        level: what it is a figure of.
        code: its code; a practitioner's is their om_key, the trust's its slug.
        team_code: of a practitioner, the team. Somebody in several teams belongs, without it, to none of them:
            then only they themselves and those who see the whole trust are let in.
    """
    if level == "trust":
        return TRUST_WIDE if code in (current_trust().slug, "") else None
    places = _places(level, code)
    if level != "practitioner":
        return places[0] if places else None
    return _of_practitioner([place for place in places if team_code in (None, place.team_code)])


def places_of_practitioner(om_key: str) -> tuple[Place, ...]:
    """Every team that a practitioner is or was in, those they are in first. One query."""
    return tuple(_places("practitioner", om_key))


def _of_practitioner(places: list[Place]) -> Place | None:
    if len(places) > 1:
        return Place(staff_key=places[0].staff_key)
    return places[0] if places else None


def _places(level: Level, code: str) -> list[Place]:
    with connection.cursor() as cursor:
        cursor.execute(_PLACES[level], {"code": code})
        return [Place(*found) for found in cursor.fetchall()]
