"""Practitioners-in-team as allocation knows them."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from django.db import connection

from londonnet.platform.access.policy import Place

from ..models import Snapshot

_POSTS: Final = """
SELECT place.id, practitioner.om_key,
    coalesce(nullif(trim(practitioner.forename || ' ' || practitioner.surname), ''), practitioner.om_key),
    team.code, team.name, pdu.code, region.code, place.grade,
    EXISTS (SELECT FROM caseload_rosterentry roster WHERE roster.snapshot_id = %s AND roster.place_id = place.id)
FROM organisation_practitionerinteam place
JOIN organisation_practitioner practitioner ON practitioner.id = place.practitioner_id
JOIN organisation_team team ON team.id = place.team_id
JOIN organisation_pdu pdu ON pdu.id = team.pdu_id
JOIN organisation_region region ON region.id = pdu.region_id
WHERE place.id = ANY(%s)
"""


@dataclass(frozen=True, slots=True)
class Post:
    """A practitioner-in-team; `is_in_extract` says whether the extract in force names them there."""

    place_id: int
    om_key: str
    name: str
    team_code: str
    team_name: str
    pdu_code: str
    region_code: str
    grade: str
    is_in_extract: bool

    @property
    def place(self) -> Place:
        """Where it belongs, for the access policy."""
        return Place(self.om_key, self.team_code, self.pdu_code, self.region_code)


def posts_by_id(extract: Snapshot, place_ids: Collection[int]) -> dict[int, Post]:
    """These practitioners-in-team, by number; numbers that nobody has are left out. One query."""
    with connection.cursor() as cursor:
        cursor.execute(_POSTS, [extract.pk, sorted(place_ids)])
        return {row[0]: Post(*row) for row in cursor.fetchall()}
