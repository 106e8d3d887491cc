"""How dates, times and numbers are written."""

import datetime as dt
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from londonnet.platform.ui import formatting

LONDON = ZoneInfo("Europe/London")


def test_a_date_has_no_leading_zero_and_the_month_in_full() -> None:
    assert formatting.date(dt.date(2026, 3, 3)) == "3 March 2026"
    assert formatting.short_date(dt.date(2026, 11, 20)) == "20 Nov 2026"


@pytest.mark.parametrize(
    ("hour", "minute", "written"),
    [(9, 5, "9:05am"), (9, 0, "9am"), (0, 30, "12:30am"), (12, 1, "12:01pm"), (17, 30, "5:30pm")],
)
def test_a_time_is_written_as_people_say_it(hour: int, minute: int, written: str) -> None:
    assert formatting.time(dt.time(hour, minute)) == written


def test_twelve_o_clock_is_midday_or_midnight() -> None:
    assert formatting.time(dt.time(12)) == "midday"
    assert formatting.time(dt.time(0)) == "midnight"


def test_a_moment_is_shown_in_london_time() -> None:
    summer = dt.datetime(2026, 6, 30, 23, 15, tzinfo=dt.UTC)
    assert formatting.datetime(summer) == "1 July 2026 at 12:15am"
    assert formatting.machine_time(summer) == "2026-07-01T00:15:00+01:00"


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (0, "0"),
        (1234, "1,234"),
        (2.5, "3"),
        (Decimal("143.9130434782609"), "144"),
        (-18, "\N{MINUS SIGN}18"),
        (-0.2, "0"),
    ],
)
def test_a_whole_number_rounds_halves_up_and_has_thousands(value: formatting.Number, written: str) -> None:
    assert formatting.whole(value) == written


def test_one_decimal_is_always_shown() -> None:
    assert formatting.one_decimal(100) == "100.0"
    assert formatting.one_decimal(Decimal("53.95")) == "54.0"


def test_thousands_changes_nothing_else() -> None:
    assert formatting.thousands(Decimal("1234.25")) == "1,234.25"
    assert formatting.thousands(1234567) == "1,234,567"


def test_what_is_added_or_taken_away_has_its_sign() -> None:
    assert [formatting.signed(n) for n in (9, 0, -18)] == ["+9", "0", "\N{MINUS SIGN}18"]


@pytest.mark.parametrize(
    "write", [formatting.date, formatting.datetime, formatting.time, formatting.whole, formatting.duration]
)
def test_what_is_not_known_is_a_dash(write: object) -> None:
    assert callable(write)
    assert write(None) == formatting.NOT_KNOWN


def test_plurals_follow_the_count() -> None:
    assert [formatting.plural(n, "case") for n in (0, 1, 1234)] == ["0 cases", "1 case", "1,234 cases"]
    assert formatting.plural(2, "person", "people") == "2 people"


@pytest.mark.parametrize(
    ("seconds", "said"),
    [(4, "less than a minute"), (61, "about 1 minute"), (150, "about 2 minutes"), (3600, "about 1 hour")],
)
def test_a_length_of_time_is_rounded_as_people_do(seconds: int, said: str) -> None:
    assert formatting.duration(seconds) == said


def test_sizes_of_files_are_in_kilobytes_or_megabytes() -> None:
    assert [formatting.file_size(n) for n in (12, 640_000, 12_300_000)] == ["1 KB", "640 KB", "12.3 MB"]


@given(st.integers(min_value=-(10**9), max_value=10**9))
def test_a_whole_number_can_be_read_back(value: int) -> None:
    assert int(formatting.whole(value).replace(",", "").replace(formatting.MINUS, "-")) == value
