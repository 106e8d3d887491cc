"""Offender management in custody: the rule, and that the statement agrees with it."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings

from londonnet.apps.workload.hours import contracted_hours
from londonnet.apps.workload.omic import OmicFigure, omic_figure, omic_together
from londonnet.apps.workload.selectors import EVERYWHERE, Within, figures_in_force, weights_in_force
from londonnet.apps.workload.selectors.everyone import Everyone
from londonnet.apps.workload.selectors.numbers import Numbers, NumbersRow, Wanted, numbers
from londonnet.apps.workload.selectors.omic import omic_of
from londonnet.apps.workload.services import recompute

from . import building
from .building import ALICE, DAY, Entry, key
from .test_sql_and_python import TEAMS, World, undone, worlds, write

A2_CUSTODY, A2_COMMUNITY, NO_TIER = ("custody", 2), ("community", 2), ("custody", 0)


def read(wanted: Wanted, within: Within = EVERYWHERE) -> Numbers:
    """What the pages read."""
    figures = figures_in_force()
    assert figures is not None
    everyone = Everyone(within, figures.snapshot_id).with_everybody()
    return numbers(everyone, wanted, omic_of(figures.weights_version, figures.day))


def as_figure(row: NumbersRow) -> OmicFigure:
    """A row as the rule gives it."""
    given = {name: int(value or 0) for name, value in row.numbers.items() if name != "capacity"}
    return OmicFigure(**given)


@pytest.mark.usefixtures("in_alpha")
def test_custody_cases_weigh_where_they_are_and_what_they_will_on_licence() -> None:
    weights = weights_in_force()
    one = omic_figure({A2_CUSTODY: 3, A2_COMMUNITY: 1, NO_TIER: 2}, "PO", None, weights)
    assert one == OmicFigure(6, 5, 3 * 60 + 158, 3 * 175, 2176)
    assert omic_together([one, one]).points == 2 * one.points
    assert omic_figure({A2_CUSTODY: 3}, "PO", Decimal("18.5"), weights).available == 1088
    assert omic_figure({A2_CUSTODY: 3}, "SPO", None, weights).capacity.note == "not measured"


@pytest.mark.usefixtures("in_alpha")
def test_reductions_take_nothing_off_and_nobody_else_is_listed() -> None:
    building.extract(
        {ALICE: Entry(t2a={A2_CUSTODY: 4}, only_omic=True), key("N07A002", "N07T01"): Entry({("community", 6): 9})}
    )
    building.reduction(ALICE, "37", date(2026, 1, 1))
    recompute(reason="A test", day=DAY)
    found = read(Wanted("practitioner"))
    assert [(row.code, row.team_code, row.numbers["available"]) for row in found.rows] == [("N07A001", "N07T01", 2176)]
    assert found.together.practitioners == 1


@pytest.mark.usefixtures("in_alpha")
@given(world=worlds())
@settings(
    max_examples=20,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
)
def test_the_statement_agrees_with_the_rule(world: World) -> None:
    with undone():
        write(world)
        wanted = {
            who: omic_figure(
                entry.t2a,
                entry.grade,
                contracted_hours(world.hours[who], default_hours=None, on=DAY),
                world.weights,
            )
            for who, entry in world.entries.items()
            if any(entry.t2a.values())
        }
        found = read(Wanted("practitioner"))
        assert {(row.code, row.team_code): as_figure(row) for row in found.rows} == wanted
        assert as_figure(found.together) == omic_together(wanted.values())
        by_pdu = {row.code: as_figure(row) for row in read(Wanted("pdu")).rows}
        assert by_pdu == {
            pdu: omic_together(one for who, one in wanted.items() if TEAMS[who.team_code][0] == pdu) for pdu in by_pdu
        }
        assert set(by_pdu) == {TEAMS[who.team_code][0] for who in wanted}
        for row in found.rows:
            assert row.numbers["capacity"] == pytest.approx(as_figure(row).capacity.percent)
