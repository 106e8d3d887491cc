"""What an address asks for: whose cases, narrowed to which, in which order."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from django.http import HttpRequest

from londonnet.apps.organisation import selectors as organisation
from londonnet.platform.access.policy import Place, reach
from londonnet.platform.errors import NotAllowed
from londonnet.platform.lists.asking import Asked

from .columns import LOCATION_NAMES
from .flags import FLAG_OF_NAME
from .selectors import CaseFilter
from .tiers import tier_number

Level = Literal["practitioner", "team", "pdu", "region"]
_LEVELS: tuple[Level, ...] = ("practitioner", "team", "pdu", "region")


@dataclass(frozen=True, slots=True)
class Subject:
    """Whose cases are listed.

    Args:
        level: practitioner, team, pdu or region.
        code: the om_key, or code of the place.
        team_code: the team, when the cases are those of a practitioner in one team.
        places: the places within the user's reach whose cases these are.
    """

    level: Level
    code: str
    team_code: str
    places: tuple[Place, ...]

    @property
    def identifier(self) -> str:
        """How the trail names whose list was looked at."""
        return f"{self.level}:{self.code}" + (f":{self.team_code}" if self.team_code else "")


def subject(request: HttpRequest) -> Subject | None:
    """Whose cases the address asks for; None when it names nobody.

    Raises:
        NotAllowed: none of those cases are within the user's reach, or there is no such place or person.
    """
    asked = [(level, code) for level in _LEVELS if (code := request.GET.get(level, "").strip())]
    if not asked:
        return None
    level, code = asked[0]
    team_code = request.GET.get("team", "").strip() if level == "practitioner" else ""
    reached = reach(request.user, "caseload.list")
    places = tuple(place for place in _places(level, code, team_code) if reached.covers(place))
    if not places:
        raise NotAllowed
    return Subject(level, code, team_code, places)


def narrowed(asked: Asked) -> CaseFilter:
    """What the list is narrowed to."""
    return CaseFilter(
        tier=tier_number(asked.choice("tier")),
        location=LOCATION_NAMES.get(asked.choice("location")),
        flag=FLAG_OF_NAME.get(asked.choice("flag")),
        crn=asked.choice("crn").upper(),
    )


def _places(level: str, code: str, team_code: str) -> Sequence[Place]:
    if level == "team":
        return (organisation.place_of_team(code),)
    if level == "pdu":
        return (organisation.place_of_pdu(code),)
    if level == "region":
        return (organisation.place_of_region(code),)
    if team_code:
        return (organisation.place_of_practitioner(code, team_code),)
    return organisation.places_of_practitioner(code)
