"""The form about a reduction fills itself in, and never overwrites what somebody typed."""

from dataclasses import replace
from decimal import Decimal

import pytest

from londonnet.apps.workload.amounts import Typed, agree, filled_in, number, written
from londonnet.apps.workload.reasons import ReductionReason

FULL = Decimal(37)
NQO = ReductionReason("Newly Qualified Probation Officers", "NQO", "learning", 20, None, 9)
COURT = ReductionReason("Court Duty", "Court Duty", "work")
EMPTY = Typed(first_day="1/4/2026")


def test_a_reason_fills_in_its_usual_share_its_hours_and_its_end() -> None:
    filled = filled_in(replace(EMPTY, reason="15"), NQO, FULL)
    assert (filled.percent, filled.hours, filled.last_day) == ("20", "7.4", "31/12/2026")
    assert filled_in(filled, NQO, FULL) == filled


def test_another_reason_takes_back_what_the_first_filled_in() -> None:
    filled = filled_in(replace(EMPTY, reason="15"), NQO, FULL)
    other = filled_in(replace(filled, reason="22"), COURT, FULL)
    assert (other.percent, other.hours, other.last_day) == ("", "", "")


def test_what_was_typed_stays_whatever_reason_is_chosen() -> None:
    typed = replace(EMPTY, reason="15", hours="5", last_day="1/5/2026")
    filled = filled_in(typed, NQO, FULL)
    assert (filled.hours, filled.percent, filled.last_day) == ("5", "13.51", "1/5/2026")


@pytest.mark.parametrize(
    ("changes", "percent", "hours"),
    [({"percent": "50"}, "50", "18.5"), ({"hours": "3.7"}, "10", "3.7"), ({"percent": "half"}, "half", "7.4")],
)
def test_of_percent_and_hours_the_other_follows(changes: dict[str, str], percent: str, hours: str) -> None:
    filled = filled_in(replace(EMPTY, reason="15"), NQO, FULL)
    after = filled_in(replace(filled, **changes), NQO, FULL)
    assert (after.percent, after.hours) == (percent, hours)


def test_without_contracted_hours_nothing_follows() -> None:
    filled = filled_in(replace(EMPTY, reason="15"), NQO, None)
    assert (filled.percent, filled.hours) == ("20", "")


@pytest.mark.parametrize(
    ("percent", "hours", "same"), [("20", "7.4", True), ("20", "7.5", False), ("13.51", "5", True), ("", "5", True)]
)
def test_percent_and_hours_agree_to_two_decimals_either_way(percent: str, hours: str, same: bool) -> None:
    assert agree(Typed(percent=percent, hours=hours), FULL) is same


def test_numbers_are_read_as_people_write_them() -> None:
    assert [number(text) for text in ("20 %", " 7.5", "NaN", "1e99", "")] == [20, Decimal("7.5"), None, None, None]
    assert [written(one) for one in (None, Decimal("37.00"), Decimal(40), Decimal("18.50"))] == ["", "37", "40", "18.5"]
