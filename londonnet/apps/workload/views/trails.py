"""The way from the trust down to a page: breadcrumbs, as far as the reader may follow them."""

from londonnet.apps.workload import addresses
from londonnet.apps.workload.selectors import OrganisationName
from londonnet.platform.access.policy import Place, Reach


def trail_to(place: Place, names: tuple[OrganisationName, ...], reach: Reach) -> list[tuple[str, str]]:
    """Links to those of the places above that the reader may open."""
    return [(one.name, addresses.place(one.level, one.code)) for one in names if reach.covers(_narrowed(place, one))]


def _narrowed(place: Place, to: OrganisationName) -> Place:
    """The place of one of the levels above."""
    depth = ("trust", "region", "pdu", "team").index(to.level)
    region_code, pdu_code, team_code = (*(place.region_code, place.pdu_code, place.team_code)[:depth], "", "", "")[:3]
    return Place(team_code=team_code, pdu_code=pdu_code, region_code=region_code)
