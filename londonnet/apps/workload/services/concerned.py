"""Which open pages a change of some practitioners-in-team concerns."""

from collections.abc import Collection
from typing import Final

from django.db import connection

from londonnet.platform.trusts import current_trust

_CODES: Final = """
SELECT practitioner.om_key, team.code, pdu.code, region.code
FROM organisation_practitionerinteam place
JOIN organisation_practitioner practitioner ON practitioner.id = place.practitioner_id
JOIN organisation_team team ON team.id = place.team_id
JOIN organisation_pdu pdu ON pdu.id = team.pdu_id
JOIN organisation_region region ON region.id = pdu.region_id
WHERE place.id = ANY(%s)
"""
_LEVELS: Final = ("practitioner", "team", "pdu", "region")


def topics_of_places(place_ids: Collection[int]) -> tuple[str, ...]:
    """The live topics of these practitioners-in-team and of every place above them, the trust included. One query."""
    with connection.cursor() as cursor:
        cursor.execute(_CODES, [sorted(place_ids)])
        found = cursor.fetchall()
    topics = {f"workload:{level}:{code}" for codes in found for level, code in zip(_LEVELS, codes, strict=True)}
    if topics:
        topics.add(f"workload:trust:{current_trust().slug}")
    return tuple(sorted(topics))
