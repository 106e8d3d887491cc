import re
from datetime import date, timedelta
from decimal import Decimal

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from londonnet.apps.national.reading.cells import MOST, day, location, trimmed, whole_number, why_no_whole_number


def number_in(text: str | None) -> int | None:
    frame = trimmed(pl.DataFrame({"cell": [text]}, schema={"cell": pl.String}))
    found: int | None = frame.select(whole_number(pl.col("cell"))).item()
    return found


def why(text: str) -> str:
    frame = pl.DataFrame({"cell": [text]}, schema={"cell": pl.String})
    return str(frame.select(why_no_whole_number(pl.col("cell"))).item())


def day_in(text: str | None) -> date | None:
    frame = pl.DataFrame({"cell": [text]}, schema={"cell": pl.String})
    found: date | None = frame.select(day(pl.col("cell"))).item()
    return found


@given(st.integers(0, MOST), st.sampled_from(["{}", "{}.0", "{}.", "+{}", "00{}", " {} ", "{}.000"]))
def test_a_whole_number_is_read_however_it_is_written(number: int, written: str) -> None:
    assert number_in(written.format(number)) == number


@given(st.text(alphabet="0123456789.+-eE, ²٣abc", max_size=8))
def test_only_whole_numbers_from_0_to_a_million_are_read(text: str) -> None:
    plain = text.strip()
    expected = None
    if re.fullmatch(r"\+?[0-9]+(\.0*)?|-0+(\.0*)?", plain):
        value = Decimal(plain)
        expected = int(value) if value <= MOST else None
    assert number_in(text) == expected


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("-1", "is negative; a number here is 0 or more"),
        ("-2.5", "is negative; a number here is 0 or more"),
        ("1.5", "isn't a whole number"),
        ("abc", "isn't a number"),
        ("1000001", "is more than 1,000,000"),
    ],
)
def test_what_is_wrong_with_a_number_is_said(text: str, reason: str) -> None:
    assert number_in(text) is None
    assert why(text) == reason


@pytest.mark.parametrize("text", [None, "", "   "])
def test_an_empty_cell_is_no_number(text: str | None) -> None:
    assert number_in(text) is None


@given(st.dates(date(1930, 1, 1), date(2118, 12, 31)))
def test_a_day_is_read_in_every_way_it_may_be_written(written: date) -> None:
    serial = (written - date(1899, 12, 30)).days
    ways = [written.isoformat(), f"{written.isoformat()} 00:00:00", f"{written.isoformat()}T23:59:59Z"]
    ways += [written.strftime("%d/%m/%Y"), f"{written.day}/{written.month}/{written.year}", str(serial)]
    assert {day_in(way) for way in ways} == {written}


@pytest.mark.parametrize(
    "text",
    ["31/02/2026", "2026-13-01", "20/11/26", "tomorrow", "1899-12-31 10:00:00", "3", "20-11-2026", "2026-11-20x"],
)
def test_what_is_no_day_is_not_read_as_one(text: str) -> None:
    assert day_in(text) is None


def test_the_leap_day_is_a_day_and_the_day_after_a_common_february_is_not() -> None:
    assert day_in("29/02/2028") == date(2028, 2, 28) + timedelta(days=1)
    assert day_in("29/02/2026") is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [("LICENSE", "licence"), ("Licence", "licence"), ("community", "community"), ("CUSTODY", "custody"), ("X", None)],
)
def test_a_location_is_read_in_any_case(text: str, expected: str | None) -> None:
    assert pl.DataFrame({"cell": [text]}).select(location(pl.col("cell"))).item() == expected
