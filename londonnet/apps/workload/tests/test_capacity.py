"""What is available, capacity, its notes and its band, and organisations made of everyone in them."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from londonnet.apps.workload.capacity import Band, Capacity, available, band, capacity, shown_percent
from londonnet.apps.workload.figures import Figure, Staffing, figure, roll_up
from londonnet.apps.workload.points import Workload
from londonnet.apps.workload.starting import starting_weights
from londonnet.apps.workload.tests.strategies import hours_a_week, staffings, weight_sets, workloads
from londonnet.apps.workload.tests.test_points import PUBLISHED_SAMPLE
from londonnet.apps.workload.weights import WeightSet

WEIGHTS = starting_weights()
CASES_230 = Workload(cases={("community", 6): 2})


def hours(number: str | None) -> Decimal | None:
    return None if number is None else Decimal(number)


def test_the_published_sample_comes_out_to_the_last_digit() -> None:
    result = figure(PUBLISHED_SAMPLE, Staffing("PO", Decimal(37), Decimal("1.8")), WEIGHTS)
    assert (result.points.total, result.available) == (2979, 2070)
    assert f"{result.capacity.percent:.16g}" == "143.9130434782609"
    assert result.capacity.note is None


@pytest.mark.parametrize(
    ("contracted", "reduction", "default", "expected"),
    [
        ("37", "0", "37", 2176),
        ("37", "1.8", "37", 2070),
        ("18.5", "0", "37", 1088),
        ("37", "37", "37", 0),
        ("37", "40", "37", 0),
        ("37", "36.99", "37", 0),
        ("0", "0", "37", 0),
        ("40", "0", "37", 2352),
        ("37", "0", "0", 0),
        ("37", "0", None, 0),
        (None, "0", "37", 0),
        ("0.02", "0", "37", 1),
    ],
)
def test_available_is_truncated_and_never_negative(
    contracted: str | None, reduction: str, default: str | None, expected: int
) -> None:
    result = available(
        target=2176, contracted=hours(contracted), reduction=Decimal(reduction), default_hours=hours(default)
    )
    assert result == expected


@given(st.integers(0, 9999), hours_a_week, hours_a_week, hours_a_week.filter(bool))
def test_available_is_the_whole_part_of_the_exact_value(
    target: int, contracted: Decimal, reduction: Decimal, default: Decimal
) -> None:
    result = available(target=target, contracted=contracted, reduction=reduction, default_hours=default)
    exact = max(Fraction(0), target * (Fraction(contracted) - Fraction(reduction)) / Fraction(default))
    assert result <= exact < result + 1


@pytest.mark.parametrize(
    ("grade", "own", "reduction", "note"),
    [
        ("PO", None, "40", "no capacity left"),
        ("PO", None, "37", "no capacity left"),
        ("PO", "0", "0", "not measured"),
        ("PO", "0", "5", "not measured"),
        ("SPO", None, "0", "not measured"),
        ("SPO", "37", "5", "not measured"),
        ("DMY", None, "5", "not measured"),
        ("DMY", "37", "0", "not measured"),
        ("A grade of tomorrow", None, "0", "not measured"),
    ],
)
def test_who_has_nothing_available_gets_a_note_and_keeps_their_points(
    grade: str, own: str | None, reduction: str, note: str
) -> None:
    result = figure(CASES_230, Staffing(grade, hours(own), Decimal(reduction)), WEIGHTS)
    assert (result.available, result.capacity.percent, result.capacity.note) == (0, None, note)
    assert result.points.total == 230


def test_a_blank_grade_is_measured_as_po() -> None:
    assert figure(CASES_230, Staffing(""), WEIGHTS) == figure(CASES_230, Staffing("PO"), WEIGHTS)


def test_grades_with_different_hours_and_targets_are_not_mixed_up() -> None:
    weights = replace(
        WEIGHTS,
        target={**WEIGHTS.target, "PSO": 1000},
        default_hours={**WEIGHTS.default_hours, "TPO": Decimal("18.5")},
    )
    found = {
        grade: figure(CASES_230, Staffing(grade, Decimal(37)), weights).available for grade in ("PO", "TPO", "PSO")
    }
    assert found == {"PO": 2176, "TPO": 4352, "PSO": 1000}


def test_a_negative_total_has_a_negative_capacity() -> None:
    assert capacity(-50, 100, available_unreduced=100) == Capacity(-50.0, None)


@pytest.mark.parametrize(
    ("total", "can_carry", "expected"),
    [
        (110, 100, Band.WITHIN),
        (110_000_001, 100_000_000, Band.ABOVE),
        (1_100_000_001, 1_000_000_000, Band.ABOVE),
        (90, 100, Band.WITHIN),
        (89_999_999, 100_000_000, Band.BELOW),
        (-5, 100, Band.BELOW),
    ],
)
def test_the_band_goes_by_the_unrounded_figure(total: int, can_carry: int, expected: Band) -> None:
    assert band(capacity(total, can_carry, available_unreduced=can_carry).percent) is expected


def test_without_a_percentage_there_is_no_band() -> None:
    assert band(None) is None


@pytest.mark.parametrize(
    ("percent", "decimals", "shown"),
    [
        (110.4, 0, "110%"),
        (110.5, 0, "111%"),
        (99.95, 0, "100%"),
        (0.25, 1, "0.3%"),
        (-2.5, 0, "-2%"),
        (87.0, 1, "87.0%"),
    ],
)
def test_percentages_are_shown_half_up(percent: float, decimals: int, shown: str) -> None:
    assert shown_percent(percent, decimals=decimals) == shown


def test_an_organisation_is_the_ratio_of_sums_and_says_who_is_not_measured() -> None:
    members = [
        figure(CASES_230, Staffing("PO"), WEIGHTS),
        figure(CASES_230, Staffing("PO", Decimal("18.5")), WEIGHTS),
        figure(CASES_230, Staffing("SPO"), WEIGHTS),
        figure(CASES_230, Staffing("PO", None, Decimal(37)), WEIGHTS),
    ]
    team = roll_up(members)
    assert (team.practitioners, team.cases, team.points.total, team.points.cases) == (4, 8, 920, 920)
    assert (team.available, team.points_not_measured) == (3264, 460)
    assert team.capacity == Capacity(100 * 920 / 3264, None)


@pytest.mark.parametrize(
    ("staffing", "note"),
    [
        ([], "not measured"),
        ([Staffing("SPO"), Staffing("DMY")], "not measured"),
        ([Staffing("SPO"), Staffing("PO", None, Decimal(37))], "no capacity left"),
    ],
)
def test_an_organisation_with_nothing_available_says_why(staffing: list[Staffing], note: str) -> None:
    team = roll_up(figure(CASES_230, one, WEIGHTS) for one in staffing)
    assert (team.capacity, team.available) == (Capacity(None, note), 0)  # type: ignore[arg-type]
    assert team.points_not_measured == team.points.total == 230 * len(staffing)


figures = st.builds(figure, workloads, staffings, st.just(WEIGHTS))


@given(workloads, staffings, weight_sets)
def test_a_figure_has_either_a_percentage_or_a_note(workload: Workload, staffing: Staffing, weights: WeightSet) -> None:
    result = figure(workload, staffing, weights)
    assert result.available >= 0
    assert (result.capacity.percent is None) == (result.capacity.note is not None) == (result.available == 0)


@given(st.lists(figures, max_size=5), st.lists(figures, max_size=5))
def test_two_halves_of_an_organisation_add_up_to_the_whole(one: list[Figure], other: list[Figure]) -> None:
    whole, first, second = roll_up(one + other), roll_up(one), roll_up(other)
    assert whole.points.total == first.points.total + second.points.total
    assert whole.available == first.available + second.available
    assert whole.points_not_measured == first.points_not_measured + second.points_not_measured


@given(figures)
def test_an_organisation_of_one_has_the_capacity_of_that_one(one: Figure) -> None:
    assert roll_up([one]).capacity == one.capacity


@given(st.lists(figures, max_size=6))
def test_the_order_of_members_makes_no_difference(members: list[Figure]) -> None:
    assert roll_up(reversed(members)) == roll_up(members)
