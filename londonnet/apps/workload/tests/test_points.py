"""Points of one practitioner-in-team, and the support that moves between colleagues."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from londonnet.apps.workload.points import NO_POINTS, Points, Workload, points, round_half_up, sum_points
from londonnet.apps.workload.starting import starting_weights
from londonnet.apps.workload.support import PractitionerKey, SupportContact, support
from londonnet.apps.workload.tests.strategies import weight_sets, workloads
from londonnet.apps.workload.tiers import Cell
from londonnet.apps.workload.weights import FurtherReport, WeightSet

WEIGHTS = starting_weights()
DATESTAMP = date(2026, 11, 20)
ALICE = PractitionerKey("N07A001", "N07T01")
ALICE_ELSEWHERE = PractitionerKey("N07A001", "N07T02")
BOB = PractitionerKey("N07B002", "N07T01")

PUBLISHED_SAMPLE = Workload(
    cases={("community", 1): 1, ("community", 6): 14, ("community", 10): 11, ("custody", 6): 2, ("custody", 0): 14},
    t2a={("licence", 5): 1},
    sdr=1,
    conversions=3,
    support_received=18,
)


def merged(one: Mapping[Cell, int], other: Mapping[Cell, int]) -> dict[Cell, int]:
    return {cell: one.get(cell, 0) + other.get(cell, 0) for cell in {*one, *other}}


def turned_round(counts: Mapping[Cell, int]) -> dict[Cell, int]:
    return dict(reversed(list(counts.items())))


def together(one: Workload, other: Workload) -> Workload:
    kinds = {*one.inactive_t2a, *other.inactive_t2a}
    reports = {*one.further_reports, *other.further_reports}
    return Workload(
        cases=merged(one.cases, other.cases),
        t2a=merged(one.t2a, other.t2a),
        inactive_t2a={kind: merged(one.inactive_t2a.get(kind, {}), other.inactive_t2a.get(kind, {})) for kind in kinds},
        sdr=one.sdr + other.sdr,
        conversions=one.conversions + other.conversions,
        further_reports={k: one.further_reports.get(k, 0) + other.further_reports.get(k, 0) for k in reports},
        support_done=one.support_done + other.support_done,
        support_received=one.support_received + other.support_received,
    )


def test_the_published_sample_comes_out_to_the_point() -> None:
    assert points(PUBLISHED_SAMPLE, WEIGHTS) == Points(2605, Decimal(59), 333, -18, 2979)
    assert (PUBLISHED_SAMPLE.case_count, PUBLISHED_SAMPLE.t2a_count) == (42, 1)
    assert points(PUBLISHED_SAMPLE, WEIGHTS).as_json() == {
        "cases": 2605,
        "t2a": 59,
        "reports": 333,
        "support": -18,
        "total": 2979,
    }


def test_nobody_with_nothing_has_no_points() -> None:
    assert points(Workload(), WEIGHTS) == NO_POINTS


def test_a_total_may_be_negative() -> None:
    assert points(Workload(support_received=27), WEIGHTS).total == -27


def test_untiered_cases_are_shown_and_never_scored() -> None:
    untiered = {("community", 0): 7, ("licence", 0): 2}
    workload = Workload(cases=untiered, t2a=untiered)
    assert (workload.case_count, workload.t2a_count) == (9, 9)
    assert points(workload, WEIGHTS) == NO_POINTS


@pytest.mark.parametrize(("percent", "expected"), [(0, "60"), (100, "180"), (50, "120"), (33, "99.6"), (1, "61.2")])
def test_inactive_t2a_cases_are_kept_at_their_percentage(percent: int, expected: str) -> None:
    weights = replace(WEIGHTS, inactive_percent={"warrants": percent, "overdue": 0, "unpaid_work": 100})
    workload = Workload(t2a={("custody", 2): 3}, inactive_t2a={"warrants": {("custody", 2): 2}})
    assert points(workload, weights).t2a == Decimal(expected)


def test_each_kind_of_inactive_case_has_its_own_percentage() -> None:
    weights = replace(WEIGHTS, inactive_percent={"warrants": 0, "overdue": 50, "unpaid_work": 100})
    one = {("community", 1): 1}
    workload = Workload(t2a={("community", 1): 3}, inactive_t2a={"warrants": one, "overdue": one, "unpaid_work": one})
    assert points(workload, weights).t2a == Decimal("112.5")
    assert points(workload, weights).total == 113


def test_inactive_percentages_leave_ordinary_cases_alone() -> None:
    workload = Workload(cases={("community", 6): 2}, inactive_t2a={"warrants": {}})
    assert points(workload, WEIGHTS).total == 230


def test_a_switchable_report_counts_only_when_it_is_switched_on() -> None:
    workload = Workload(further_reports={"parole": 2, "arms_licence": 1})
    on = replace(WEIGHTS, further_reports={**WEIGHTS.further_reports, "parole": FurtherReport(120, counted=True)})
    assert points(workload, WEIGHTS).reports == 0
    assert points(workload, on).reports == 240


@pytest.mark.parametrize(
    ("exact", "whole"),
    [("2.5", 3), ("2.49", 2), ("-2.5", -2), ("-2.51", -3), ("-0.5", 0), ("0.5", 1), ("7", 7), ("-7", -7)],
)
def test_a_half_rounds_up_towards_plus_infinity(exact: str, whole: int) -> None:
    assert round_half_up(Decimal(exact)) == whole


@given(st.fractions(max_denominator=1000))
def test_rounding_never_moves_by_more_than_a_half(exact: Fraction) -> None:
    assert Fraction(-1, 2) < round_half_up(exact) - exact <= Fraction(1, 2)


@given(workloads, workloads, weight_sets)
def test_the_parts_of_two_workloads_add_up(one: Workload, other: Workload, weights: WeightSet) -> None:
    both = points(together(one, other), weights)
    summed = sum_points((points(one, weights), points(other, weights)))
    assert (both.cases, both.t2a, both.reports, both.support) == (
        summed.cases,
        summed.t2a,
        summed.reports,
        summed.support,
    )
    assert abs(both.total - summed.total) <= 1


@given(workloads, weight_sets)
def test_the_total_is_the_rounded_sum_of_its_parts(workload: Workload, weights: WeightSet) -> None:
    held = points(workload, weights)
    assert held.total == round_half_up(held.cases + held.t2a + held.reports + held.support)


@given(workloads, weight_sets)
def test_the_order_in_which_cells_stand_makes_no_difference(workload: Workload, weights: WeightSet) -> None:
    turned = replace(workload, cases=turned_round(workload.cases), t2a=turned_round(workload.t2a))
    assert points(turned, weights) == points(workload, weights)


@given(workloads, weight_sets, st.sampled_from(sorted(WEIGHTS.cases)))
def test_one_case_more_adds_exactly_its_weight(workload: Workload, weights: WeightSet, cell: Cell) -> None:
    more = replace(workload, cases=merged(workload.cases, {cell: 1}))
    assert points(more, weights).total - points(workload, weights).total == weights.cases[cell]


@given(workloads, weight_sets)
def test_with_every_inactive_case_kept_nothing_is_taken_off(workload: Workload, weights: WeightSet) -> None:
    kept = replace(weights, inactive_percent=dict.fromkeys(weights.inactive_percent, 100))
    assert points(workload, kept).t2a == points(replace(workload, inactive_t2a={}), weights).t2a


def contact(age_days: int = 0, code: str = "CMS01", by: PractitionerKey = BOB) -> SupportContact:
    return SupportContact(DATESTAMP - timedelta(days=age_days), code, done_by=by, managed_by=ALICE)


@pytest.mark.parametrize(("age_days", "moved"), [(-1, 0), (0, 9), (1, 9), (6, 9), (7, 0), (400, 0)])
def test_a_contact_counts_on_its_own_date_and_the_six_days_after_it(age_days: int, moved: int) -> None:
    result = support([contact(age_days)], datestamp=DATESTAMP, weights=WEIGHTS)
    assert (result.net(BOB), result.net(ALICE)) == (moved, -moved)


@pytest.mark.parametrize("by", [ALICE, ALICE_ELSEWHERE])
def test_nothing_moves_where_the_same_person_did_it_and_manages_the_case(by: PractitionerKey) -> None:
    result = support([contact(by=by)], datestamp=DATESTAMP, weights=WEIGHTS)
    assert (result.done, result.received) == ({}, {})


def test_points_belong_to_the_team_that_each_side_worked_in() -> None:
    elsewhere = SupportContact(DATESTAMP, "CMS06", done_by=ALICE_ELSEWHERE, managed_by=BOB)
    result = support([elsewhere], datestamp=DATESTAMP, weights=WEIGHTS)
    assert (result.net(ALICE), result.net(ALICE_ELSEWHERE), result.net(BOB)) == (0, 26, -26)


def test_a_code_without_an_entry_counts_nothing_and_is_listed_whenever_it_was() -> None:
    contacts = [contact(code="NEW1"), contact(code="NEW1", age_days=30), contact(code="CMS40"), contact()]
    result = support(contacts, datestamp=DATESTAMP, weights=WEIGHTS)
    assert result.net(BOB) == 9
    assert result.without_entry == {"NEW1": 2}


contacts_strategy = st.lists(
    st.builds(
        SupportContact,
        contact_date=st.dates(DATESTAMP - timedelta(days=9), DATESTAMP + timedelta(days=2)),
        code=st.sampled_from(["CMS01", "CMS06", "CMS40", "???"]),
        done_by=st.sampled_from([ALICE, ALICE_ELSEWHERE, BOB]),
        managed_by=st.sampled_from([ALICE, ALICE_ELSEWHERE, BOB]),
    )
)


@given(contacts_strategy)
def test_support_moves_points_and_makes_none(contacts: list[SupportContact]) -> None:
    result = support(contacts, datestamp=DATESTAMP, weights=WEIGHTS)
    assert sum(result.net(key) for key in (ALICE, ALICE_ELSEWHERE, BOB)) == 0


@given(contacts_strategy)
def test_swapping_who_did_and_who_manages_turns_every_sign(contacts: list[SupportContact]) -> None:
    swapped = [replace(one, done_by=one.managed_by, managed_by=one.done_by) for one in contacts]
    result = support(contacts, datestamp=DATESTAMP, weights=WEIGHTS)
    turned = support(swapped, datestamp=DATESTAMP, weights=WEIGHTS)
    assert [turned.net(key) for key in (ALICE, BOB)] == [-result.net(key) for key in (ALICE, BOB)]
