"""Which part of the trust is read, as statements take it: a reach, or what lies in it."""

from typing import Any, Final

from londonnet.platform.access.policy import Place, Reach

IN_SCOPE: Final = """
(%(everything)s OR team.code = ANY(%(team_codes)s) OR pdu.code = ANY(%(pdu_codes)s)
    OR region.code = ANY(%(region_codes)s))
"""


def scope_parameters(reach: Reach) -> dict[str, Any]:
    """What `IN_SCOPE` wants to know of a reach. Oneself isn't a part of it: nobody allocates as a practitioner."""
    return {
        "everything": reach.everything,
        "team_codes": sorted(reach.team_codes),
        "pdu_codes": sorted(reach.pdu_codes),
        "region_codes": sorted(reach.region_codes),
    }


def reach_within(place: Place) -> Reach:
    """All that lies in one team, PDU or region; everything, where the place is the trust."""
    if place.team_code:
        return Reach(team_codes=frozenset({place.team_code}))
    if place.pdu_code:
        return Reach(pdu_codes=frozenset({place.pdu_code}))
    if place.region_code:
        return Reach(region_codes=frozenset({place.region_code}))
    return Reach(everything=True)


NOWHERE: Final = Reach()
