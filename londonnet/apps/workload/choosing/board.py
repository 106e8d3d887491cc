"""What choosing shows: the cases, everybody who could get them with the effect on each, and on those who give."""

from collections.abc import Mapping
from dataclasses import dataclass

from londonnet.apps.workload.moves import NO_CHANGE, Effect
from londonnet.apps.workload.selectors.allocation.candidates import Candidate
from londonnet.apps.workload.selectors.allocation.cases import OpenCase
from londonnet.apps.workload.selectors.allocation.impact import Impact, impact_of

from .choice import Choice
from .offer import Offer


@dataclass(frozen=True, slots=True)
class CaseLine:
    """A case on offer.

    Attributes:
        key: its CRN.
        is_ticked: whether it is to be given.
        moved: where it has gone since it was shown; empty where it is still with whom it was.
        shown_with: the number of who held it when it was shown; of who holds it where it hasn't moved.
    """

    key: str
    case: OpenCase
    is_ticked: bool
    moved: str
    shown_with: int

    @property
    def value(self) -> str:
        """The case, and who held it when it was shown: what is sent must still be true when it is done."""
        return f"{self.case.crn}:{self.shown_with}"


@dataclass(frozen=True, slots=True)
class PersonLine:
    """Somebody who could get cases, or who gives some, with their workload now and after."""

    key: str
    who: Candidate
    effect: Effect
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Board:
    """All that is shown.

    Attributes:
        people: everybody who could get the cases, who has most room first.
        givers: those who hold some of the ticked ones, where anybody does.
        gained: points that all ticked cases add to whoever gets them.
    """

    offer: Offer
    lines: tuple[CaseLine, ...]
    people: tuple[PersonLine, ...]
    givers: tuple[PersonLine, ...]
    gained: int

    @property
    def gone(self) -> Mapping[str, str]:
        """Cases that aren't within reach any more."""
        return self.offer.gone

    @property
    def ticked(self) -> tuple[OpenCase, ...]:
        """The cases that are to be given."""
        return tuple(line.case for line in self.lines if line.is_ticked)

    @property
    def needs_reason(self) -> bool:
        """Whether a case is taken from somebody who holds it."""
        return any(not case.waits for case in self.ticked)

    @property
    def taker(self) -> PersonLine | None:
        """Who was chosen."""
        return next((one for one in self.people if one.is_chosen), None)


def board_of(offer: Offer, choice: Choice) -> Board:
    """The offer with what was ticked and chosen."""
    lines = tuple(case_line(case, choice.held_by) for case in offer.cases)
    ticked = [line.case for line in lines if line.is_ticked]
    impact = impact_of(ticked, offer.weights)
    held_by = {case.place_id for case in ticked}
    givers = tuple(
        person_line(offer.holders[place_id], offer.holders[place_id].with_change(change))
        for place_id, change in impact.given.items()
        if place_id in offer.holders
    )
    return Board(offer, lines, _people(offer, impact, choice.to, held_by), givers, impact.gained.points)


def case_line(case: OpenCase, held_by: Mapping[str, int]) -> CaseLine:
    """A case with whether it is ticked, and whether it has moved since it was shown.

    Args:
        case: as it stands.
        held_by: the ticked cases, with who held them when they were shown; 0 where they weren't shown yet.
    """
    shown_with = held_by.get(case.crn, -1)
    has_moved = shown_with > 0 and shown_with != case.place_id
    moved = f"Moved meanwhile: it is with {case.holder}, {case.team_name}." if has_moved else ""
    is_ticked = shown_with >= 0 and not has_moved
    return CaseLine(case.crn, case, is_ticked, moved, shown_with if has_moved else case.place_id)


def person_line(who: Candidate, effect: Effect, *, is_chosen: bool = False) -> PersonLine:
    """Somebody with their workload now and after."""
    return PersonLine(f"{who.om_key}-{who.team_code}", who, effect, is_chosen)


def _room(line: PersonLine) -> tuple[bool, bool, float]:
    """Who has most room first; then those without a measure, then those who are away."""
    after = line.effect.capacity_after
    return line.who.is_away, after is None, after or 0.0


def _people(offer: Offer, impact: Impact, chosen: int, held_by: set[int]) -> tuple[PersonLine, ...]:
    gained = impact.gained if impact.given else NO_CHANGE
    lines = [
        person_line(one, one.with_change(gained), is_chosen=one.place_id == chosen)
        for one in offer.people
        if one.place_id not in held_by
    ]
    return tuple(sorted(lines, key=_room))
