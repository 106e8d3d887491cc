"""Contracted hours, reductions and their reasons by date."""

from collections import Counter
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from londonnet.apps.workload.hours import (
    ContractedHours,
    Reduction,
    ReductionStatus,
    contracted_hours,
    reduction_hours,
    reduction_status,
    why_too_many_hours,
)
from londonnet.apps.workload.reasons import (
    ReductionReason,
    comparable,
    percent_of_hours,
    reasons_by_name,
    share_of_hours,
    usual_last_day,
)
from londonnet.apps.workload.starting import starting_reasons

REASONS = reasons_by_name(starting_reasons())
COURT_DUTY = REASONS["court duty"]
UNION = REASONS["trade union facility time"]
START, END = date(2026, 5, 1), date(2026, 5, 14)


@pytest.mark.parametrize(
    ("day", "status"),
    [
        (date(2026, 4, 30), ReductionStatus.SCHEDULED),
        (START, ReductionStatus.ACTIVE),
        (END, ReductionStatus.ACTIVE),
        (date(2026, 5, 15), ReductionStatus.ARCHIVED),
    ],
)
def test_a_reduction_is_active_from_its_first_day_through_its_last(day: date, status: ReductionStatus) -> None:
    assert reduction_status(START, END, deleted=False, on=day) is status
    assert reduction_status(START, END, deleted=True, on=day) is ReductionStatus.DELETED


def test_a_reduction_without_a_last_day_goes_on() -> None:
    assert reduction_status(START, None, deleted=False, on=date(2099, 1, 1)) is ReductionStatus.ACTIVE


def test_only_active_reductions_with_an_enabled_reason_are_summed() -> None:
    held = Reduction(Decimal("1.80"), COURT_DUTY, START, END)
    reductions = [
        held,
        replace(held, hours=Decimal("2.25")),
        replace(held, deleted=True),
        replace(held, first_day=date(2026, 5, 10)),
        replace(held, last_day=date(2026, 5, 2)),
        replace(held, reason=replace(COURT_DUTY, enabled=False)),
    ]
    assert reduction_hours(reductions, on=date(2026, 5, 3)) == Decimal("4.05")
    assert reduction_hours([], on=START) == 0


@pytest.mark.parametrize(
    ("day", "hours"),
    [
        (date(2026, 3, 31), 37),
        (date(2026, 4, 1), 30),
        (date(2026, 6, 30), 30),
        (date(2026, 7, 1), 20),
        (date(2030, 1, 1), 20),
    ],
)
def test_own_hours_hold_on_their_days_and_those_of_the_grade_on_others(day: date, hours: int) -> None:
    own = [
        ContractedHours(Decimal(20), date(2026, 7, 1)),
        ContractedHours(Decimal(30), date(2026, 4, 1), date(2026, 6, 30)),
    ]
    assert contracted_hours(own, default_hours=Decimal(37), on=day) == hours


def test_own_hours_of_zero_are_not_those_of_the_grade() -> None:
    assert contracted_hours([ContractedHours(Decimal(0), START)], default_hours=Decimal(37), on=START) == 0


def test_without_own_hours_a_grade_without_any_has_none() -> None:
    assert contracted_hours([], default_hours=None, on=START) is None


def test_the_starting_reasons_are_the_26_published_ones() -> None:
    reasons = starting_reasons()
    assert Counter(reason.kind for reason in reasons) == {"personal": 11, "learning": 7, "work": 8}
    assert len({comparable(reason.name) for reason in reasons}) == 26
    assert UNION.maximum_percent == 50
    newly_qualified = REASONS["nqo"]
    assert (newly_qualified.name, newly_qualified.allowance_percent, newly_qualified.months_to_expiry) == (
        "Newly Qualified Probation Officers",
        20,
        9,
    )


def test_reasons_are_found_by_name_and_by_short_name() -> None:
    assert REASONS["vq3"] is REASONS["vocational qualification level 3 (vq3)"]


@pytest.mark.parametrize(
    ("hours", "percent", "share"), [("37", 20, "7.40"), ("36.25", 5, "1.81"), ("18.50", 5, "0.93")]
)
def test_a_share_of_hours_has_two_decimals_half_up(hours: str, percent: int, share: str) -> None:
    assert str(share_of_hours(Decimal(hours), percent)) == share


@pytest.mark.parametrize(
    ("hours", "reason", "expected"),
    [
        ("37", COURT_DUTY, None),
        ("37.01", COURT_DUTY, "37.01 hours is more than the 37 contracted hours"),
        ("18.50", UNION, None),
        (
            "18.51",
            UNION,
            "18.51 hours is more than “Trade Union Facility Time” allows: 50% of contracted hours, which is 18.5",
        ),
    ],
)
def test_a_reduction_is_never_above_contracted_hours_or_the_maximum_of_its_reason(
    hours: str, reason: ReductionReason, expected: str | None
) -> None:
    assert why_too_many_hours(Decimal(hours), contracted=Decimal(37), reason=reason) == expected


@pytest.mark.parametrize(
    ("first_day", "months", "last_day"),
    [
        (date(2026, 4, 1), 6, date(2026, 9, 30)),
        (date(2026, 4, 15), 6, date(2026, 10, 14)),
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2027, 8, 31), 6, date(2028, 2, 29)),
        (date(2026, 12, 1), 9, date(2027, 8, 31)),
    ],
)
def test_so_many_months_end_the_day_before_they_would_begin_again(first_day: date, months: int, last_day: date) -> None:
    assert usual_last_day(first_day, months) == last_day


def test_a_share_and_its_hours_follow_from_each_other_to_two_decimals() -> None:
    assert share_of_hours(Decimal(37), Decimal("12.5")) == Decimal("4.63")
    assert percent_of_hours(Decimal("4.63"), Decimal(37)) == Decimal("12.51")
    assert percent_of_hours(Decimal(1), Decimal(0)) is None
