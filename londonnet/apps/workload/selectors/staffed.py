"""Practitioners whose hours somebody may change, to choose from."""

from dataclasses import dataclass
from typing import Final

from django.db.models import Q

from londonnet.apps.organisation.models import Practitioner, PractitionerInTeam
from londonnet.apps.organisation.selectors import full_name
from londonnet.apps.organisation.unallocated import UNALLOCATED_ENDING
from londonnet.platform.access.policy import Reach
from londonnet.platform.search.matching import Match, forgiving

MOST_TO_CHOOSE: Final = 150
_COLUMNS: Final = (
    "practitioner__om_key",
    "practitioner__forename",
    "practitioner__surname",
    "team__code",
    "team__name",
)


@dataclass(frozen=True, slots=True)
class Staffed:
    """A practitioner in a team that they are in now."""

    om_key: str
    name: str
    team_code: str
    team_name: str

    @property
    def who(self) -> str:
        """What tells them from others in a form."""
        return f"{self.om_key}/{self.team_code}"


def staffed_within(reach: Reach, search: str = "", *, most: int = MOST_TO_CHOOSE) -> tuple[Staffed, ...]:
    """Practitioners-in-team within reach by name, or those that a search means. One query, or two.

    Args:
        reach: whose hours may be changed.
        search: a name or an om_key, as somebody typed it.
        most: how many are given at most.
    """
    places = PractitionerInTeam.objects.filter(_within(reach), ended_on=None)
    places = places.exclude(practitioner__om_key__endswith=UNALLOCATED_ENDING)
    if search:
        with forgiving():
            found = Practitioner.objects.filter(Match.of(search, key="sort_key", identifiers=("om_key",)).condition)
            places = places.filter(practitioner__in=list(found.values_list("pk", flat=True)[:most]))
    rows = places.order_by("practitioner__sort_key", "practitioner__om_key", "team__code").values_list(*_COLUMNS)
    return tuple(Staffed(key, full_name(fore, sur, key), code, name) for key, fore, sur, code, name in rows[:most])


def _within(reach: Reach) -> Q:
    if reach.everything:
        return Q()
    return (
        Q(team__code__in=reach.team_codes)
        | Q(team__pdu__code__in=reach.pdu_codes)
        | Q(team__pdu__region__code__in=reach.region_codes)
        | Q(practitioner__om_key__in=reach.staff_keys)
    )
