"""The part of the trust that a call is about, whether the caller may see it, and the days that it may name."""

from datetime import date
from typing import Annotated, Final, cast
from uuid import UUID

from ninja import P, PathEx, Schema
from pydantic import Field, field_validator

from londonnet.apps.workload import selectors
from londonnet.apps.workload.csv_rows import EARLIEST_YEAR, LATEST_YEAR
from londonnet.apps.workload.selectors import LEVELS, ORGANISATION_LEVELS, Level, OrganisationLevel, Within
from londonnet.apps.workload.selectors.allocation.scope import reach_within
from londonnet.platform.access import policy
from londonnet.platform.access.models import User
from londonnet.platform.access.policy import Reach
from londonnet.platform.errors import NotAllowed

_PLACES: Final = "trust, region:CODE, pdu:CODE or team:CODE"
Day = Annotated[date, Field(ge=date(EARLIEST_YEAR, 1, 1), le=date(LATEST_YEAR, 12, 31))]
"""A day of our time, as pages and files take it."""
OmKey = PathEx[str, P(description="key of the practitioner", examples=["N07A001"])]
TeamCode = PathEx[str, P(description="code of a team that they are or were in", examples=["N07T01"])]
Number = PathEx[int, P(description="its number, as lists and other answers give it")]
Identifier = PathEx[UUID, P(description="of the draft, as lists and other answers give it")]
Batch = PathEx[UUID, P(description="as the move and lists gave it")]
_PLACES_OR_SOMEBODY: Final = "trust, region:CODE, pdu:CODE, team:CODE or practitioner:OM_KEY"


class OfPlace(Schema):
    """Of which place."""

    within: str = Field(max_length=60, description=f"of which place: {_PLACES}", examples=["team:N07T01"])

    @field_validator("within")
    @classmethod
    def _is_a_place(cls, value: str) -> str:
        if part_called(value).level not in ORGANISATION_LEVELS:
            raise ValueError(f"This must be {_PLACES}.")
        return value

    @property
    def part(self) -> Within:
        """The place."""
        return part_called(self.within)

    @property
    def level(self) -> OrganisationLevel:
        """What kind of place it is."""
        return cast(OrganisationLevel, self.part.level)


class OfPlaceOrSomebody(Schema):
    """Of which place, or of which practitioner."""

    within: str = Field(max_length=60, description=f"of which place or practitioner: {_PLACES_OR_SOMEBODY}")

    @field_validator("within")
    @classmethod
    def _is_a_part(cls, value: str) -> str:
        part_called(value)
        return value

    @property
    def part(self) -> Within:
        """The place, or the practitioner in all their teams."""
        return part_called(self.within)


def part_called(text: str) -> Within:
    """The part of the trust that a text names.

    Raises:
        ValueError: it names none; whether there is such a place isn't asked.
    """
    name, _, code = text.partition(":")
    level: Level | None = next((one for one in LEVELS if one == name), None)
    if level is None or bool(code) == (level == "trust"):
        raise ValueError(f"This must be {_PLACES_OR_SOMEBODY}.")
    return Within(level, code)


def require_within(user: User, permission: str, within: Within) -> None:
    """Stop here unless a part of the trust is within the caller's reach. One query, none for the trust.

    Raises:
        NotAllowed: it isn't, or there is no such part.
    """
    place = selectors.place_of(within.level, within.code)
    if place is None:
        raise NotAllowed
    policy.require(user, permission, place)


def reach_in(user: User, permission: str, within: Within | None) -> Reach:
    """All that lies in a part of the trust; everything within the caller's reach where none is asked for. One query.

    Raises:
        NotAllowed: the part isn't within reach, or there is no such part.
    """
    if within is None:
        return policy.reach(user, permission)
    place = selectors.place_of(within.level, within.code)
    if place is None:
        raise NotAllowed
    policy.require(user, permission, place)
    return reach_within(place)
