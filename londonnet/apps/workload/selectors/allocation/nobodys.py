"""Posts for cases that nobody has."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from django.db import connection

from londonnet.platform.access.policy import Place

from ..practitioner_sql import NOBODYS, PLACES

_POSTS: Final = f"""
SELECT place.id, practitioner.om_key, team.code, pdu.code, region.code
FROM organisation_practitionerinteam place {PLACES}
WHERE pdu.code = ANY(%(pdus)s) AND {NOBODYS} AND place.ended_on IS NULL
ORDER BY team.code, practitioner.om_key
"""  # noqa: S608  # our own SQL


@dataclass(frozen=True, slots=True)
class NobodysPost:
    """A team's post for cases that nobody has."""

    place_id: int
    om_key: str
    team_code: str
    pdu_code: str
    region_code: str

    @property
    def place(self) -> Place:
        """Where it belongs, for the access policy."""
        return Place(self.om_key, self.team_code, self.pdu_code, self.region_code)


def nobodys_posts(pdu_codes: Collection[str]) -> tuple[NobodysPost, ...]:
    """Those of some PDUs. One query."""
    with connection.cursor() as cursor:
        cursor.execute(_POSTS, {"pdus": sorted(pdu_codes)})
        return tuple(NobodysPost(*row) for row in cursor.fetchall())
