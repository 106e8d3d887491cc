"""The statement that works out a whole trust and the rules in Python agree to the point."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from londonnet.apps.workload.figures import Figure, Staffing, figure, roll_up
from londonnet.apps.workload.hours import ContractedHours, Reduction, contracted_hours, reduction_hours
from londonnet.apps.workload.models import ReductionReason as StoredReason
from londonnet.apps.workload.models import ReductionTerms
from londonnet.apps.workload.points import Workload
from londonnet.apps.workload.reasons import ReductionReason
from londonnet.apps.workload.selectors import (
    OrganisationRow,
    PractitionerRow,
    Within,
    organisation_rows,
    practitioner_rows,
    working_of,
)
from londonnet.apps.workload.services import adopt_weights, recompute
from londonnet.apps.workload.support import PractitionerKey, SupportContact, support
from londonnet.apps.workload.weights import GRADES, WeightSet
from londonnet.platform.trusts import Trust

from . import building
from .building import DATESTAMP, DAY, Entry
from .strategies import counts_of_cases, hours_a_week, weight_sets

TEAMS = {"T1": ("P1", "R1"), "T2": ("P1", "R1"), "T3": ("P2", "R1"), "T4": ("P3", "R2")}
PEOPLE = tuple(PractitionerKey(om_key, code) for om_key in ("A", "B", "C") for code in ("T1", "T2", "T3", "T4"))
ENABLED = ReductionReason("Court Duty", "Court Duty", "work")
DISABLED = ReductionReason("Split Role", "Split Role", "work", enabled=False)

days = st.integers(-20, 20).map(lambda offset: DAY + timedelta(days=offset))
entries = st.builds(
    Entry,
    cases=counts_of_cases,
    t2a=counts_of_cases,
    grade=st.sampled_from((*GRADES, "", "XX")),
    sdr=st.integers(0, 20),
    conversions=st.integers(0, 20),
    only_omic=st.sampled_from((False, False, False, True)),
    is_incomplete=st.booleans(),
)


@dataclass(frozen=True)
class World:
    """Everything that figures are made from."""

    weights: WeightSet
    entries: dict[PractitionerKey, Entry]
    contacts: list[SupportContact]
    hours: dict[PractitionerKey, list[ContractedHours]]
    reductions: dict[PractitionerKey, list[Reduction]]


@st.composite
def periods(draw: st.DrawFn) -> list[ContractedHours]:
    """Contracted hours that don't overlap; the last may go on."""
    bounds = sorted(draw(st.sets(days, max_size=6)))
    pairs = [(bounds[at], bounds[at + 1]) for at in range(0, len(bounds) - 1, 2)]
    made = [ContractedHours(draw(hours_a_week), first, last) for first, last in pairs]
    goes_on: bool = draw(st.booleans())
    if made and goes_on:
        made[-1] = replace(made[-1], last_day=None)
    return made


@st.composite
def reductions(draw: st.DrawFn) -> Reduction:
    """A reduction; it may be deleted, and its reason may be switched off."""
    first = draw(days)
    last = draw(st.none() | st.integers(1, 20).map(lambda length: first + timedelta(days=length)))
    hours = draw(st.integers(1, 2000)) / Decimal(100)
    return Reduction(hours, draw(st.sampled_from((ENABLED, ENABLED, DISABLED))), first, last, draw(st.booleans()))


@st.composite
def worlds(draw: st.DrawFn) -> World:
    """A random trust on a random day of its life."""
    weights = replace(draw(weight_sets), valid_from=date(2000, 1, 1))
    people = draw(st.sets(st.sampled_from(PEOPLE), min_size=1, max_size=6))
    contacts = st.builds(
        SupportContact,
        contact_date=st.integers(-9, 2).map(lambda offset: DATESTAMP + timedelta(days=offset)),
        code=st.sampled_from((*sorted(weights.support), "NOCODE")),
        done_by=st.sampled_from(sorted(people)),
        managed_by=st.sampled_from(sorted(people)),
    )
    return World(
        weights=weights,
        entries={who: draw(entries) for who in sorted(people)},
        contacts=draw(st.lists(contacts, max_size=12)),
        hours={who: draw(periods()) for who in sorted(people)},
        reductions={who: draw(st.lists(reductions(), max_size=3)) for who in sorted(people)},
    )


@contextmanager
def undone() -> Iterator[None]:
    """What is written inside is gone afterwards: hypothesis runs many examples in one test."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def expected(world: World) -> dict[PractitionerKey, Figure]:
    """The figures by the rules in Python."""
    moved = support(world.contacts, datestamp=DATESTAMP, weights=world.weights)
    figures = {}
    for who, entry in world.entries.items():
        workload = Workload(
            cases=entry.cases,
            t2a=entry.t2a,
            sdr=entry.sdr,
            conversions=entry.conversions,
            support_done=moved.done.get(who, 0),
            support_received=moved.received.get(who, 0),
        )
        own = contracted_hours(world.hours[who], default_hours=None, on=DAY)
        staffing = Staffing(entry.grade, own, reduction_hours(world.reductions[who], on=DAY))
        if not entry.only_omic:
            figures[who] = figure(workload, staffing, world.weights)
    return figures


def write(world: World) -> None:
    """The same in the database."""
    for code, (pdu, region) in TEAMS.items():
        building.team(code, pdu, region)
    off = StoredReason.objects.get(name=DISABLED.name)
    ReductionTerms.objects.create(reason=off, valid_from=date(2026, 1, 1), enabled=False)
    building.extract(world.entries, world.contacts)
    for who in world.entries:
        for period in world.hours[who]:
            building.hours(who, period.hours, period.first_day, period.last_day)
        for one in world.reductions[who]:
            stored = building.reduction(who, one.hours, one.first_day, one.last_day, reason=one.reason.name)
            if one.deleted:
                stored.deleted_at = timezone.now()
                stored.save()
    adopt_weights(weights=world.weights)
    recompute(reason="A test", day=DAY)


def as_figure(row: PractitionerRow | Figure) -> tuple[object, ...]:
    """What must agree of a practitioner's figure."""
    percent, note = (
        (row.capacity.percent, row.capacity.note) if isinstance(row, Figure) else (row.capacity, row.capacity_note)
    )
    numbers = (row.cases, row.t2a_cases, row.points, row.contracted_hours, row.reduction_hours, row.available)
    return (*numbers, percent, note)


@pytest.mark.usefixtures("in_alpha")
@given(world=worlds())
@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
)
def test_sql_and_python_agree_on_everybody_and_on_every_organisation(world: World) -> None:
    with undone():
        write(world)
        wanted = expected(world)
        rows = {PractitionerKey(row.om_key, row.team_code): row for row in practitioner_rows()}
        assert {who: as_figure(row) for who, row in rows.items()} == {
            who: as_figure(one) for who, one in wanted.items()
        }
        assert {who: row.is_incomplete for who, row in rows.items()} == {
            who: world.entries[who].is_incomplete for who in wanted
        }
        for level, position in (("team", None), ("pdu", 0), ("region", 1)):
            members: dict[str, list[Figure]] = {}
            for who, one in wanted.items():
                code = who.team_code if position is None else TEAMS[who.team_code][position]
                members.setdefault(code, []).append(one)
            found = {row.code: as_organisation(row) for row in organisation_rows(level)}  # type: ignore[arg-type]
            assert found == {code: as_organisation_of(many) for code, many in members.items()}
        (trust,) = organisation_rows("trust")
        assert as_organisation(trust) == as_organisation_of(list(wanted.values()))
        for who, one in wanted.items():
            page = working_of(*who)
            assert page is not None
            assert page.working.figure == one


def as_organisation(row: OrganisationRow) -> tuple[object, ...]:
    """What must agree of an organisation's figure."""
    numbers = (row.practitioners, row.cases, row.t2a_cases, row.points, row.points_not_measured, row.available)
    return (*numbers, row.capacity, row.capacity_note)


def as_organisation_of(members: list[Figure]) -> tuple[object, ...]:
    """The same by the rules in Python."""
    one = roll_up(members)
    numbers = (one.practitioners, one.cases, one.t2a_cases, one.points, one.points_not_measured, one.available)
    return (*numbers, one.capacity.percent, one.capacity.note)


def test_a_part_of_the_trust_is_summed_alone(in_alpha: Trust) -> None:
    for code, (pdu, region) in TEAMS.items():
        building.team(code, pdu, region)
    building.extract({who: Entry({("community", 6): 1}) for who in PEOPLE})
    recompute(reason="A test", day=DAY)
    assert [row.code for row in organisation_rows("team", Within("region", "R1"))] == ["T1", "T2", "T3"]
    assert [row.code for row in organisation_rows("pdu", Within("team", "T4"))] == ["P3"]
    assert {row.team_code for row in practitioner_rows(Within("pdu", "P1"))} == {"T1", "T2"}
    assert [row.team_code for row in practitioner_rows(Within("practitioner", "A"))] == ["T1", "T2", "T3", "T4"]
    assert [row.points.total for row in organisation_rows("region")] == [9 * 115, 3 * 115]
