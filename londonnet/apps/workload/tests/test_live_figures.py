"""Between two extracts: what a move was said to do, what the figures then say, a whole run, and the rules agree."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from londonnet.apps.caseload.models import Case, CaseCount, Location, RosterEntry, Sheet, T2aEvent
from londonnet.apps.caseload.services import Move, allocate, change_tier, undo_allocation
from londonnet.apps.workload.figures import Figure, Staffing, figure
from londonnet.apps.workload.points import Workload
from londonnet.apps.workload.selectors import PractitionerRow, figures_in_force, practitioner_rows, weights_of
from londonnet.apps.workload.selectors.effects import effects_of
from londonnet.apps.workload.services import adopt_weights, recompute
from londonnet.apps.workload.support import PractitionerKey
from londonnet.apps.workload.weights import WeightSet

from . import building
from .building import DAY, Entry
from .strategies import weight_sets

PEOPLE = tuple(PractitionerKey(om_key, "T1") for om_key in ("A", "B", "C", "AUTSO"))


@dataclass
class HeldCase:
    """A case of a random caseload."""

    crn: str
    who: PractitionerKey
    location: Location
    tier: int
    is_warrant: bool
    is_t2a: bool

    @property
    def cell(self) -> tuple[str, int]:
        """What it is counted as."""
        return self.location.name.lower(), self.tier


@st.composite
def caseloads(draw: st.DrawFn) -> list[HeldCase]:
    """Cases of some people, few enough kinds that several are of the same."""
    made = draw(
        st.lists(
            st.tuples(
                st.sampled_from(PEOPLE),
                st.sampled_from(Location),
                st.sampled_from((0, 1, 6, 17)),
                st.booleans(),
                st.booleans(),
            ),
            min_size=1,
            max_size=12,
        )
    )
    return [HeldCase(f"X{number:06}", *one) for number, one in enumerate(made)]


Chosen = list[tuple[int, PractitionerKey]]
chosen_moves = st.lists(st.tuples(st.integers(0, 11), st.sampled_from(PEOPLE)), min_size=1, max_size=6)


@contextmanager
def undone() -> Iterator[None]:
    """What is written inside is gone afterwards: hypothesis runs many examples in one test."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def write(cases: list[HeldCase], weights: WeightSet) -> None:
    """An extract of these cases, lists and counts alike."""
    snapshot = building.extract({who: Entry() for who in PEOPLE})
    for case in cases:
        place = building.place(case.who)
        Case.objects.create(
            snapshot=snapshot,
            crn=case.crn,
            place=place,
            tier=case.tier,
            location=case.location,
            is_warrant=case.is_warrant,
        )
        if case.is_t2a:
            T2aEvent.objects.create(snapshot=snapshot, crn=case.crn, event_no="1")
    for sheet in (Sheet.FILTERED, Sheet.T2A, Sheet.ALL):
        counts = Counter((case.who, case.location, case.tier) for case in cases if counted(case, sheet))
        CaseCount.objects.bulk_create(
            CaseCount(
                snapshot=snapshot, sheet=sheet, place=building.place(who), location=location, tier=tier, count=number
            )
            for (who, location, tier), number in counts.items()
        )
    assert RosterEntry.objects.filter(snapshot=snapshot).count() == len(PEOPLE)
    adopt_weights(weights=replace(weights, valid_from=date(2000, 1, 1)))
    recompute(reason="A test", day=DAY)


def counted(case: HeldCase, sheet: Sheet) -> bool:
    """Whether the sheet counts the case."""
    return {Sheet.FILTERED: not case.is_warrant, Sheet.T2A: case.is_t2a}.get(sheet, True)


def by_the_rules(cases: list[HeldCase], who: PractitionerKey, weights: WeightSet) -> Figure:
    """Somebody's figure worked out in Python from the list of cases."""
    own = [case for case in cases if case.who == who]
    workload = Workload(
        cases=Counter(case.cell for case in own if not case.is_warrant),
        t2a=Counter(case.cell for case in own if case.is_t2a),
    )
    return figure(workload, Staffing("PO"), weights)


def shown() -> dict[str, tuple[object, ...]]:
    """Everybody's figure as readers see it."""
    return {row.om_key: as_numbers(row) for row in practitioner_rows()}


def as_numbers(row: PractitionerRow) -> tuple[object, ...]:
    """What must agree."""
    return row.cases, row.t2a_cases, row.points, row.available, row.capacity


def by_the_rules_of_all(cases: list[HeldCase], weights: WeightSet) -> dict[str, tuple[object, ...]]:
    """Everybody's figure worked out in Python."""
    figures = {who.om_key: by_the_rules(cases, who, weights) for who in PEOPLE}
    return {
        om_key: (one.cases, one.t2a_cases, one.points, one.available, one.capacity.percent)
        for om_key, one in figures.items()
    }


def wanted_moves(cases: list[HeldCase], chosen: Chosen) -> dict[int, PractitionerKey]:
    """The moves that change somebody, the last one for each case."""
    moves = {number % len(cases): who for number, who in chosen}
    return {number: who for number, who in moves.items() if cases[number].who != who}


@pytest.mark.usefixtures("in_alpha")
@given(cases=caseloads(), weights=weight_sets, chosen=chosen_moves, new_tier=st.sampled_from((0, 2, 20)))
@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
)
def test_what_was_foretold_the_live_figures_a_whole_run_and_the_rules_agree(
    cases: list[HeldCase], weights: WeightSet, chosen: Chosen, new_tier: int
) -> None:
    with undone():
        write(cases, weights)
        before = shown()
        assert before == by_the_rules_of_all(cases, weights)
        going = wanted_moves(cases, chosen)
        moves = [
            Move(cases[number].crn, building.place(cases[number].who).pk, building.place(who).pk)
            for number, who in going.items()
        ]
        figures = figures_in_force()
        assert figures is not None
        foretold = effects_of(
            [(move.crn, move.to) for move in moves], figures=figures, weights=weights_of(figures.weights_version)
        )
        batch = allocate(moves=moves, reason="Workload") if moves else None
        for number, who in going.items():
            cases[number].who = who
        live = shown()
        assert live == by_the_rules_of_all(cases, weights)
        for who in PEOPLE:
            effect = foretold.get(building.place(who).pk)
            if effect is not None:
                told = (effect.cases_after, effect.points_after, effect.capacity_after)
                row = next(row for row in practitioner_rows() if row.om_key == who.om_key)
                assert told == (row.cases, row.points.total, row.capacity)
        recompute(reason="A test", day=DAY)
        assert shown() == live
        if batch is not None:
            undo_allocation(batch=batch)
            assert shown() == before
        change_tier(crn=cases[0].crn, tier=new_tier)
        live = shown()
        recompute(reason="A test", day=DAY)
        assert shown() == live
