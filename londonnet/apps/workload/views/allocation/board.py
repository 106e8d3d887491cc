"""What choosing shows: the cases, everybody who could get them with the effect on each, and on those who give."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from londonnet.apps.workload import selectors
from londonnet.apps.workload.moves import NO_CHANGE, Effect
from londonnet.apps.workload.selectors import FiguresInForce
from londonnet.apps.workload.selectors.allocation.candidates import Candidate, candidates
from londonnet.apps.workload.selectors.allocation.cases import OpenCase, cases_called
from londonnet.apps.workload.selectors.allocation.impact import Impact, impact_of
from londonnet.apps.workload.selectors.allocation.teams import allocation_reasons, teams_within
from londonnet.apps.workload.selectors.allocation.whereabouts import taken_away
from londonnet.platform.access.policy import Reach

from .asked import Choice
from .targets import Among, among, choices_among


@dataclass(frozen=True, slots=True)
class CaseLine:
    """A case on offer.

    Attributes:
        key: its CRN.
        value: what the form sends where it is ticked.
        moved: where it has gone since it was shown; empty where it is still with whom it was.
    """

    key: str
    case: OpenCase
    is_ticked: bool
    moved: str

    @property
    def value(self) -> str:
        """The case, and who holds it: what is sent must still be true when it is done."""
        return f"{self.case.crn}:{self.case.place_id}"


@dataclass(frozen=True, slots=True)
class PersonLine:
    """Somebody who could get the cases, or who gives some, with their workload now and after."""

    key: str
    who: Candidate
    effect: Effect
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Board:
    """All that is shown.

    Attributes:
        lines: the cases within reach.
        gone: cases that aren't within reach any more, each with what may be told of it.
        people: everybody who could get them, who has most room first.
        givers: those who hold some of them, where anybody does.
        gained: points that all ticked cases add to whoever gets them.
    """

    lines: tuple[CaseLine, ...]
    gone: Mapping[str, str]
    people: tuple[PersonLine, ...]
    givers: tuple[PersonLine, ...]
    gained: int
    reasons: tuple[str, ...]
    amongst: tuple[Among, ...]
    shown: Among
    figures: FiguresInForce

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


def read_board(crns: Sequence[str], choice: Choice, reach: Reach, figures: FiguresInForce) -> Board:
    """The board of these cases as far as they are within reach. Six queries at most.

    Args:
        crns: the cases on offer.
        choice: what was ticked and chosen.
        reach: how far the reader may allocate.
        figures: the run that readers see.
    """
    found = cases_called(crns, reach, snapshot_id=figures.snapshot_id)
    lost = set(crns) - {case.crn for case in found}
    lines = tuple(_line(case, choice) for case in found)
    ticked = [line.case for line in lines if line.is_ticked]
    impact = impact_of(ticked, selectors.weights_of(figures.weights_version))
    amongst = choices_among(teams_within(reach, run_id=figures.run_id), frozenset(case.pdu_code for case in found))
    shown = among(amongst, choice.among, found)
    held_by = {case.place_id for case in ticked}
    everybody = candidates(shown.reach, figures=figures, also=held_by)
    return Board(
        lines=lines,
        gone=dict.fromkeys(lost, "It isn’t in your teams any more.") | taken_away(lost, reach) if lost else {},
        people=_people(everybody, shown, impact, choice.to, held_by),
        givers=tuple(
            PersonLine(_key(one), one, one.with_change(impact.given.get(one.place_id, NO_CHANGE)), is_chosen=False)
            for one in everybody
            if one.place_id in held_by
        ),
        gained=impact.gained.points,
        reasons=allocation_reasons(),
        amongst=tuple(amongst),
        shown=shown,
        figures=figures,
    )


def _line(case: OpenCase, choice: Choice) -> CaseLine:
    shown_with = choice.held_by.get(case.crn, -1)
    has_moved = shown_with > 0 and shown_with != case.place_id
    moved = f"Moved meanwhile: it is with {case.holder}, {case.team_name}." if has_moved else ""
    return CaseLine(case.crn, case, shown_with >= 0 and not has_moved, moved)


def _people(
    everybody: Sequence[Candidate], shown: Among, impact: Impact, chosen: int, held_by: set[int]
) -> tuple[PersonLine, ...]:
    """Who has most room first; then those without a measure, and those who are away."""
    lines = [
        PersonLine(_key(one), one, one.with_change(impact.gained), one.place_id == chosen)
        for one in everybody
        if one.team_code in shown.team_codes and one.place_id not in held_by
    ]
    return tuple(sorted(lines, key=_room))


def _room(line: PersonLine) -> tuple[bool, bool, float]:
    after = line.effect.capacity_after
    return line.who.is_away, after is None, after or 0.0


def _key(who: Candidate) -> str:
    return f"{who.om_key}-{who.team_code}"
