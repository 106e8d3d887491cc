"""What spreading shows: who gets which case, and what that does to everybody concerned."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from londonnet.apps.caseload.counting import FILTERED, T2A, CountKey
from londonnet.apps.workload.moves import NO_CHANGE, Change, changes
from londonnet.apps.workload.selectors.allocation.candidates import Candidate
from londonnet.apps.workload.selectors.allocation.cases import OpenCase
from londonnet.apps.workload.selectors.weight_versions import LOCATION_NAMES
from londonnet.apps.workload.spreading import Piece, Room
from londonnet.apps.workload.spreading import spread as proposed
from londonnet.apps.workload.weights import WeightSet

from .board import CaseLine, PersonLine, case_line, person_line
from .choice import Choice
from .offer import Offer


@dataclass(frozen=True, slots=True)
class Part:
    """A case, and who is to get it; None where it stays."""

    line: CaseLine
    taker: Candidate | None

    @property
    def key(self) -> str:
        """What its row is known by."""
        return self.line.key


@dataclass(frozen=True, slots=True)
class SpreadBoard:
    """All that is shown.

    Attributes:
        parts: the cases, the heaviest tier first.
        people: everybody who could be chosen, now and after.
        chosen: those who were, by name.
        givers: those who hold some of the cases, now and after.
    """

    offer: Offer
    parts: tuple[Part, ...]
    people: tuple[PersonLine, ...]
    chosen: tuple[PersonLine, ...]
    givers: tuple[PersonLine, ...]

    @property
    def going(self) -> tuple[Part, ...]:
        """The cases that go to somebody."""
        return tuple(part for part in self.parts if part.taker is not None)

    @property
    def needs_reason(self) -> bool:
        """Whether a case is taken from somebody who holds it."""
        return any(not part.line.case.waits for part in self.going)


def with_proposal(offer: Offer, choice: Choice, fill_to_percent: int | None) -> Choice:
    """The choice with a proposed spread over those who were chosen."""
    pieces = [
        Piece(case.crn, _points(case, offer.weights), case.place_id)
        for case in offer.cases
        if not case_line(case, choice.held_by).moved
    ]
    rooms = [Room(one.place_id, one.points, one.available) for one in _chosen(offer, choice)]
    return replace(choice, goes=proposed(pieces, rooms, fill_to_percent=fill_to_percent).goes)


def spread_board(offer: Offer, choice: Choice) -> SpreadBoard:
    """The offer with who is to get which case."""
    takers = {one.place_id: one for one in _chosen(offer, choice)}
    parts = tuple(_part(case, choice, takers) for case in offer.cases)
    changed = _changed(parts, offer.weights)
    everybody = [
        person_line(
            one, one.with_change(changed.get(one.place_id, NO_CHANGE)), is_chosen=one.place_id in choice.targets
        )
        for one in offer.people
        if any(part.line.case.place_id != one.place_id for part in parts)
    ]
    givers = tuple(
        person_line(one, one.with_change(changed.get(place_id, NO_CHANGE))) for place_id, one in offer.holders.items()
    )
    chosen = tuple(line for line in everybody if line.is_chosen)
    return SpreadBoard(offer, parts, tuple(sorted(everybody, key=_room_now)), chosen, givers)


def _room_now(line: PersonLine) -> tuple[bool, bool, float]:
    """Who has most room now first: the order stays as it is while cases are given to one and another."""
    now = line.effect.capacity_now
    return line.who.is_away, now is None, now or 0.0


def _chosen(offer: Offer, choice: Choice) -> list[Candidate]:
    return [one for one in offer.people if one.place_id in choice.targets]


def _part(case: OpenCase, choice: Choice, takers: Mapping[int, Candidate]) -> Part:
    line = case_line(case, choice.held_by)
    to = choice.goes.get(case.crn, 0)
    return Part(line, None if line.moved or to == case.place_id else takers.get(to))


def _changed(parts: tuple[Part, ...], weights: WeightSet) -> dict[int, Change]:
    held: dict[CountKey, int] = {}
    for part in parts:
        held |= part.line.case.counts
    moving = [part.line.case.to(part.taker.place_id) for part in parts if part.taker is not None]
    return changes(moving, held, weights)


def _points(case: OpenCase, weights: WeightSet) -> int:
    """What the case takes along, as far as its holder's counts have it."""
    cell = (LOCATION_NAMES[case.location_number], case.tier_number)
    scored = weights.case_points(cell) if case.is_active and case.counted.get(FILTERED) else 0
    return scored + (weights.t2a_points(cell) if case.is_t2a and case.counted.get(T2A) else 0)
