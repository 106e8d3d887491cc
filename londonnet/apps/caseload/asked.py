"""What an address asks for: whose cases, narrowed to which, in which order."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from django.http import HttpRequest

from londonnet.apps.organisation import selectors as organisation
from londonnet.platform.access.policy import TRUST_WIDE, Place, Reach, reach
from londonnet.platform.errors import NotAllowed
from londonnet.platform.lists.asking import Asked

from .columns import LOCATION_NAMES, NO_GRADE
from .flags import FLAG_OF_NAME
from .selectors import CaseFilter
from .tiers import tier_numbers

Level = Literal["practitioner", "team", "pdu", "region", "trust"]
_LEVELS: tuple[Level, ...] = ("practitioner", "team", "pdu", "region", "trust")
_YES_NO = {"yes": True, "no": False}


@dataclass(frozen=True, slots=True)
class Subject:
    """Whose cases are listed.

    Args:
        level: practitioner, team, pdu, region or trust: all cases within reach.
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
    return subject_within(reach(request.user, "caseload.list"), level, code, team_code)


def subject_within(reached: Reach, level: Level, code: str, team_code: str = "") -> Subject:
    """Those of somebody's or a place's cases that are within reach; of the trust all that are.

    Raises:
        NotAllowed: none are, or there is no such place or person.
    """
    if level == "trust":
        places = _reached(reached)
    else:
        places = tuple(place for place in _places(level, code, team_code) if reached.covers(place))
    if not places:
        raise NotAllowed
    return Subject(level, code, team_code, places)


def narrowed(asked: Asked) -> CaseFilter:
    """What the list is narrowed to."""
    return CaseFilter(
        tiers=tier_numbers(asked.choice("tier")),
        location=LOCATION_NAMES.get(asked.choice("location")),
        flag=FLAG_OF_NAME.get(asked.choice("flag")),
        is_t2a=_YES_NO.get(asked.choice("t2a")),
        is_active=_YES_NO.get(asked.choice("active")),
        is_omic=_YES_NO.get(asked.choice("omic")),
        grade=_grade(asked.choice("grade")),
        crn=asked.choice("crn").upper(),
    )


def _grade(asked: str) -> str | None:
    """The grade as the record has it; None for any."""
    return ("" if asked == NO_GRADE else asked) if asked else None


def part_called(text: str) -> tuple[Level, str]:
    """The level and code of a part written as `team:CODE`, `practitioner:OM_KEY` or `trust`.

    Raises:
        ValueError: it isn't written so.
    """
    name, _, code = text.partition(":")
    level = next((one for one in _LEVELS if one == name), None)
    if level is None or bool(code) == (level == "trust"):
        raise ValueError("This must be trust, region:CODE, pdu:CODE, team:CODE or practitioner:OM_KEY.")
    return level, code


def _reached(reached: Reach) -> tuple[Place, ...]:
    """Everything within reach, as places."""
    if reached.everything:
        return (TRUST_WIDE,)
    return (
        *(Place(staff_key=key) for key in sorted(reached.staff_keys)),
        *(Place(team_code=code) for code in sorted(reached.team_codes)),
        *(Place(pdu_code=code) for code in sorted(reached.pdu_codes)),
        *(Place(region_code=code) for code in sorted(reached.region_codes)),
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
