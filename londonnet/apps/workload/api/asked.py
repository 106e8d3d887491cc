"""What callers ask of the figures: which level, which part of the trust, as at which day."""

from datetime import date
from typing import get_args

from ninja import Schema
from pydantic import Field, field_validator

from londonnet.apps.workload import selectors
from londonnet.apps.workload.errors import WorkloadError
from londonnet.apps.workload.permissions import VIEW
from londonnet.apps.workload.selectors import FiguresInForce, Level, Within
from londonnet.platform.access import policy
from londonnet.platform.access.models import User
from londonnet.platform.access.policy import TRUST_WIDE, Place
from londonnet.platform.errors import NotAllowed


class FiguresAsked(Schema):
    """Which figures."""

    level: Level = Field("practitioner", description="what each row is of")
    within: str = Field(
        "",
        max_length=60,
        description="only in this part: trust, region:CODE, pdu:CODE, team:CODE or practitioner:OM_KEY. "
        "Without it: everything that the caller may see",
    )
    as_at: date | None = Field(None, description="a day: the figures of that day; those in force unless it is given")

    @field_validator("within")
    @classmethod
    def _is_a_part(cls, value: str) -> str:
        level, _, code = value.partition(":")
        if value and (level not in get_args(Level) or bool(code) == (level == "trust")):
            raise ValueError("This must be trust, region:CODE, pdu:CODE, team:CODE or practitioner:OM_KEY.")
        return value

    @property
    def part(self) -> Within | None:
        """The part of the trust that was asked for; None where none was."""
        level, _, code = self.within.partition(":")
        return next((Within(known, code) for known in selectors.LEVELS if known == level), None)


class NotKept(WorkloadError):
    """There are no figures for that day (any more, or yet)."""

    status_code = 404

    def __init__(self, message: str) -> None:
        super().__init__(message, "figures-not-kept")


def figures_for(as_at: date | None) -> FiguresInForce:
    """The figures in force, or those of a day before that is kept. At most two queries.

    Raises:
        NotKept: none have been made yet, or those of that day aren't kept.
    """
    figures = selectors.figures_in_force()
    if figures is None:
        raise NotKept("There are no figures yet: no extract has been loaded.")
    if as_at is None or as_at >= figures.day:
        return figures
    kept = selectors.figures_as_at(as_at)
    if kept is None:
        raise NotKept(f"Figures of that day aren't kept. Those in force hold from {figures.day.isoformat()} on.")
    return kept


def require_part(user: User, asked: FiguresAsked) -> None:
    """Stop here where a part of the trust was asked for that the user may not see. At most one query.

    Raises:
        NotAllowed: they may not, or there is no such part.
    """
    part = asked.part
    if part is not None and not any(policy.may(user, VIEW, place) for place in _places(part, asked.level)):
        raise NotAllowed


def _places(part: Within, level: Level) -> tuple[Place, ...]:
    """Where a part belongs; somebody in several teams is seen in each of them, but added up only where all are."""
    if part.level == "trust":
        return (TRUST_WIDE,)
    if (part.level, level) == ("practitioner", "practitioner"):
        return selectors.places_of_practitioner(part.code)
    place = selectors.place_of(part.level, part.code)
    return () if place is None else (place,)


def as_at_json(figures: FiguresInForce) -> dict[str, object]:
    """Which figures an answer holds."""
    return {
        "extract": figures.datestamp,
        "day": figures.day,
        "computed": figures.computed_at,
        "weights_version": figures.weights_version or None,
    }
