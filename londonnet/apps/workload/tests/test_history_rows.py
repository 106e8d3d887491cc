"""Figures over time: averages, breakdowns, trends and month-ends."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from londonnet.apps.workload.errors import WorkloadError
from londonnet.apps.workload.selectors import Within, figures_in_force, organisation_rows, practitioner_rows
from londonnet.apps.workload.selectors.everyone import Everyone
from londonnet.apps.workload.selectors.history import Average, HistoryRow, Span, history, kept_range
from londonnet.apps.workload.selectors.month_ends import month_ends
from londonnet.apps.workload.selectors.of_place import caseload_numbers
from londonnet.apps.workload.selectors.trends import trends
from londonnet.apps.workload.services import keep_day, recompute

from . import building, histories
from .building import ALICE, Entry, key

pytestmark = pytest.mark.usefixtures("in_alpha")

BEN, CARL = key("N07A002", "N07T01"), key("N07A003", "N07T02")
MONDAY = date(2026, 3, 30)
B2 = ("community", 6)
ALL = Span(date(2026, 1, 1), date(2026, 12, 31))


def kept() -> None:
    """Alice and Ben over the end of a month and of a week, with a day that isn't kept; Carl in another PDU."""
    building.team("N07T02", "N07P2", "N07R1")
    histories.write(
        {
            ALICE: {MONDAY: (1000, 1000), MONDAY + timedelta(1): (2000, 1000), MONDAY + timedelta(7): (500, 500)},
            BEN: {MONDAY: (300, 900), MONDAY + timedelta(2): (700, 0)},
            CARL: {MONDAY: (50, 100)},
        }
    )


def told(rows: list[HistoryRow]) -> list[tuple[str, int, int, int]]:
    """Period, days, points and available of each row."""
    return [
        (f"{row.period:%d %b}", row.days, int(row.sums["points_total"]), int(row.sums["available"])) for row in rows
    ]


@pytest.mark.parametrize(
    ("average", "expected"),
    [
        ("day", [("30 Mar", 1, 1300, 1900), ("31 Mar", 1, 2000, 1000), ("01 Apr", 1, 700, 0), ("06 Apr", 1, 500, 500)]),
        ("week", [("30 Mar", 3, 4000, 2900), ("06 Apr", 1, 500, 500)]),
        ("month", [("01 Mar", 2, 3300, 2900), ("01 Apr", 2, 1200, 500)]),
    ],
)
def test_averages_are_ratios_of_sums_over_the_days_kept(
    average: Average, expected: list[tuple[str, int, int, int]]
) -> None:
    kept()
    rows = history("team", Within("team", "N07T01"), span=Span(ALL.first, ALL.last, average), figures=None)
    assert told(rows) == expected
    assert rows[0].capacity == 100 * expected[0][2] / expected[0][3]
    assert rows[0].a_day("points_total") == Decimal(expected[0][2]) / expected[0][1]
    assert [row.capacity for row in rows if not row.sums["available"]] == [None] * (average == "day")


def test_a_range_leaves_out_what_lies_outside_of_it() -> None:
    kept()
    span = Span(MONDAY + timedelta(1), MONDAY + timedelta(2))
    assert told(history("team", Within("team", "N07T01"), span=span, figures=None)) == [
        ("31 Mar", 1, 2000, 1000),
        ("01 Apr", 1, 700, 0),
    ]


def test_a_place_is_taken_apart_by_practitioner_by_what_it_consists_of_and_by_grade() -> None:
    kept()
    span = Span(ALL.first, ALL.last, "month")
    people = history("practitioner", Within("team", "N07T01"), span=span, figures=None)
    assert [(row.code, row.team_code, row.grade, row.days) for row in people] == [
        (ALICE.om_key, "N07T01", "PO", 2),
        (ALICE.om_key, "N07T01", "PO", 1),
        (BEN.om_key, "N07T01", "PO", 1),
        (BEN.om_key, "N07T01", "PO", 1),
    ]
    assert [row.code for row in history("pdu", Within("region", "N07R1"), span=span, figures=None)] == [
        "N07P1",
        "N07P1",
        "N07P2",
    ]
    grades = history("trust", span=span, figures=None, by_grade=True)
    assert [(row.grade, int(row.sums["practitioners"])) for row in grades] == [("PO", 4), ("PO", 2)]


def test_today_is_the_run_in_force_until_it_is_kept() -> None:
    kept()
    today = MONDAY + timedelta(8)
    building.extract({ALICE: Entry({B2: 10}), CARL: Entry({B2: 2}, grade="PSO")})
    recompute(reason="A test", day=today)
    figures = figures_in_force()

    def asked(span: Span) -> list[list[HistoryRow]]:
        return [
            history("trust", span=span, figures=figures),
            history("team", Within("pdu", "N07P1"), span=span, figures=figures),
            history("practitioner", Within("team", "N07T01"), span=span, figures=figures),
            history("region", span=span, figures=figures, by_grade=True),
        ]

    for average in ("day", "week"):
        live = asked(Span(today, today, average))
        keep_day()
        assert asked(Span(today, today, average)) == live
        assert told(live[0]) == [("07 Apr" if average == "day" else "06 Apr", 1, 1380, 4352)]
    assert told(live[2]) == [("06 Apr", 1, 1150, 2176)]
    assert [row.grade for row in live[3]] == ["PO", "PSO"]
    assert asked(Span(ALL.first, MONDAY - timedelta(1))) == [[], [], [], []]


def test_a_day_of_history_has_the_numbers_of_the_lists() -> None:
    building.extract({ALICE: Entry({B2: 10}, {B2: 2}, sdr=1), CARL: Entry({B2: 2}, grade="PSO")})
    recompute(reason="A test", day=MONDAY)
    figures = figures_in_force()
    for row, shown in zip(history("practitioner", span=ALL, figures=figures), practitioner_rows(Within()), strict=True):
        assert (int(row.sums["points_total"]), int(row.sums["cases"]), row.capacity) == (
            shown.points.total,
            shown.cases,
            shown.capacity,
        )
    (whole,), (shown_whole,) = history("trust", span=ALL, figures=figures), organisation_rows("trust")
    assert (int(whole.sums["practitioners"]), whole.capacity) == (shown_whole.practitioners, shown_whole.capacity)


def test_what_is_smaller_than_what_is_asked_for_has_no_such_history() -> None:
    with pytest.raises(WorkloadError, match="A team has no history by region"):
        history("region", Within("team", "N07T01"), span=ALL, figures=None)


def test_the_range_of_what_is_kept_is_known() -> None:
    assert kept_range() is None
    kept()
    assert kept_range() == (MONDAY, MONDAY + timedelta(7))


def test_trends_have_a_value_for_each_week_or_a_gap() -> None:
    kept()
    found = trends("practitioner", Within("team", "N07T01"), until=MONDAY + timedelta(9), weeks=3)
    assert found == {
        (ALICE.om_key, "N07T01"): (None, 150.0, 100.0),
        (BEN.om_key, "N07T01"): (None, pytest.approx(1000 / 9), None),
    }
    assert trends("team", Within("pdu", "N07P2"), until=MONDAY, weeks=2) == {("N07T02", ""): (None, 50.0)}
    ((of_trust, trend),) = trends("trust", Within(), until=MONDAY + timedelta(9), weeks=3).items()
    assert of_trust == ("alpha", "") and trend[0] is None and None not in trend[1:]


def test_month_ends_have_the_counts_by_grade_location_and_tier() -> None:
    building.team("N07T02", "N07P2", "N07R1")
    building.extract(
        {ALICE: Entry({B2: 10, ("licence", 0): 1}), BEN: Entry({B2: 3}), CARL: Entry({B2: 2}, grade="PSO")}
    )
    month_end = date(2026, 3, 31)
    recompute(reason="A test", day=month_end)
    keep_day()
    assert month_ends() == [month_end]
    shown = ("b2", "licence-untiered")
    for within, po, pso in (
        (Within(), [13, 1], [2, 0]),
        (Within("team", "N07T01"), [13, 1], None),
        (Within("practitioner", ALICE.om_key), [10, 1], None),
        (Within("pdu", "N07P2"), None, [2, 0]),
    ):
        rows = caseload_numbers(Everyone(within, 0, month_end=month_end), "grade", names=shown).rows
        found = {row.code: [row.numbers[name] for name in shown] for row in rows}
        assert (found.get("PO"), found.get("PSO")) == (po, pso)
    assert caseload_numbers(Everyone(Within(), 0, month_end=date(2026, 2, 28)), "grade").rows == ()


def test_each_read_is_one_query_whatever_it_reads(count_queries: Callable[[], AbstractContextManager[Any]]) -> None:
    kept()
    reads: tuple[Callable[[], object], ...] = (
        lambda: history("trust", span=ALL, figures=None),
        lambda: history("practitioner", span=ALL, figures=None),
        lambda: trends("practitioner", Within(), until=MONDAY),
        month_ends,
    )
    for read in reads:
        with count_queries() as statements:
            read()
        assert statements.count == 1
