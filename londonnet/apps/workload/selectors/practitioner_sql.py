"""Practitioners as every statement reads them: what they are called, where they belong, which posts are nobody."""

from typing import Final

from londonnet.apps.organisation.unallocated import UNALLOCATED_ENDING

NAME: Final = "coalesce(nullif(trim(practitioner.forename || ' ' || practitioner.surname), ''), practitioner.om_key)"
"""A practitioner as people read them."""

PLACES: Final = """
JOIN organisation_practitioner practitioner ON practitioner.id = place.practitioner_id
JOIN organisation_team team ON team.id = place.team_id
JOIN organisation_pdu pdu ON pdu.id = team.pdu_id
JOIN organisation_region region ON region.id = pdu.region_id
"""
"""Where a `place` belongs."""

NOBODYS: Final = f"practitioner.om_key LIKE '%%{UNALLOCATED_ENDING}'"
"""Posts whose cases nobody has."""

NOBODYS_NUMBERS: Final = f"""
SELECT post.id FROM organisation_practitionerinteam post
JOIN organisation_practitioner practitioner ON practitioner.id = post.practitioner_id WHERE {NOBODYS}
"""  # noqa: S608  # our own SQL
"""Their numbers."""
