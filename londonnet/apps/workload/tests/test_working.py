"""The working that the practitioner page prints, line by line."""

from dataclasses import replace
from decimal import Decimal

from hypothesis import given

from londonnet.apps.workload.figures import Staffing, figure
from londonnet.apps.workload.points import Workload
from londonnet.apps.workload.starting import starting_weights
from londonnet.apps.workload.tests.strategies import staffings, weight_sets, workloads
from londonnet.apps.workload.tests.test_points import PUBLISHED_SAMPLE
from londonnet.apps.workload.weights import FurtherReport, WeightSet
from londonnet.apps.workload.working import Working, amount, working

WEIGHTS = starting_weights()
TIMES = "\N{MULTIPLICATION SIGN}"
MINUS = "\N{MINUS SIGN}"


def plain(text: str) -> str:
    return text.replace(TIMES, "x").replace(MINUS, "-")


def printed(result: Working) -> list[str]:
    lines = [plain(line.text) for section in result.sections for line in section.lines]
    return [*lines, *(plain(line.text) for line in (result.total, result.available, result.capacity))]


def test_the_published_sample_is_worked_out_line_by_line() -> None:
    result = working(PUBLISHED_SAMPLE, Staffing("PO", Decimal("37.00"), Decimal("1.80")), WEIGHTS)
    assert printed(result) == [
        "Community A3: 1 case x 206 = 206",
        "Community B2: 14 cases x 115 = 1610",
        "Community C2: 11 cases x 63 = 693",
        "Custody no tier: 14 cases, not scored",
        "Custody B2: 2 cases x 48 = 96",
        "Licence B3: 1 case x 59 = 59",
        "Standard delivery reports: 1 x 138 = 138",
        "Fast reports (conversions): 3 x 65 = 195",
        "Contacts colleagues did on these cases: -18",
        "Total points: 2605 + 59 + 333 - 18 = 2979",
        "Available points: 2176 x (37 - 1.8) / 37 = 2070",
        "Capacity: 100 x 2979 / 2070 = 144%",
    ]
    assert [plain(section.subtotal) for section in result.sections] == ["2605", "59", "333", "-18"]
    assert result.weights_version == 1


def test_inactive_cases_and_switched_on_reports_have_their_lines() -> None:
    weights = replace(
        WEIGHTS,
        inactive_percent={"warrants": 33, "overdue": 0, "unpaid_work": 100},
        further_reports={**WEIGHTS.further_reports, "parole": FurtherReport(120, counted=True)},
    )
    workload = Workload(
        t2a={("custody", 2): 3},
        inactive_t2a={"warrants": {("custody", 2): 2}},
        further_reports={"parole": 1, "arms_licence": 4},
        support_done=18,
    )
    assert printed(working(workload, Staffing("PO"), weights)) == [
        "Custody A2: 3 cases x 60 = 180",
        "Inactive, warrants: 2 cases kept at 33% = -80.4",
        "Parole: 1 x 120 = 120",
        "Contacts done on cases of colleagues: 18",
        "Total points: 0 + 99.6 + 120 + 18 = 238",
        "Available points: 2176 x (37 - 0) / 37 = 2176",
        "Capacity: 100 x 238 / 2176 = 11%",
    ]


def test_who_cannot_be_measured_is_told_why() -> None:
    result = working(Workload(cases={("community", 6): 1}), Staffing("SPO", Decimal(37)), WEIGHTS)
    assert printed(result)[-2:] == [
        "Available points: the grade SPO has no full hours to measure against = 0",
        "Capacity: not measured",
    ]


def test_who_has_no_capacity_left_sees_the_reductions_that_took_it() -> None:
    result = working(Workload(support_received=5), Staffing("PO", None, Decimal(40)), WEIGHTS)
    assert printed(result)[-3:] == [
        "Total points: 0 + 0 + 0 - 5 = -5",
        "Available points: 2176 x (37 - 40) / 37 = 0",
        "Capacity: no capacity left",
    ]


@given(workloads, staffings, weight_sets)
def test_the_lines_of_each_section_add_up_to_its_subtotal(
    workload: Workload, staffing: Staffing, weights: WeightSet
) -> None:
    result = working(workload, staffing, weights)
    for section in result.sections:
        scored = [Decimal(plain(line.result)) for line in section.lines if line.result]
        assert sum(scored, Decimal(0)) == Decimal(plain(section.subtotal))
    assert result.figure == figure(workload, staffing, weights)


def test_amounts_have_no_needless_decimals() -> None:
    assert [plain(amount(Decimal(number))) for number in ("37.00", "1.80", "-0.5", "100", "-0")] == [
        "37",
        "1.8",
        "-0.5",
        "100",
        "0",
    ]
