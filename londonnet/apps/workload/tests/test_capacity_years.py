"""Days as bytes: what is found in them is what the rule finds day by day."""

from datetime import date, timedelta
from importlib import import_module
from typing import Final

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from londonnet.apps.workload.capacity_years import MOST_PERCENT, byte_of, spans, stretch_of
from londonnet.apps.workload.excess import Held, is_above, spells
from londonnet.apps.workload.models import CapacityYear, DailyFigure
from londonnet.apps.workload.services.keeping import keep_sums_and_weeks

from . import histories
from .building import ALICE

MONDAY: Final = date(2026, 3, 2)
_held = st.tuples(st.integers(-5, 4000), st.sampled_from((0, 1, 7, 1000, 2176)))
_days = st.lists(st.tuples(st.one_of(st.none(), _held), st.integers(1, 20)), min_size=1, max_size=8).map(
    lambda parts: [held for held, length in parts for _ in range(length)][:60]
)


@pytest.mark.parametrize(
    ("points", "available", "byte"),
    [(1101, 1000, 111), (1100, 1000, 110), (1, 1000, 1), (0, 1000, 1), (-3, 1000, 1), (5, 0, 1), (9999, 1000, 255)],
)
def test_a_byte_is_one_and_the_largest_whole_percentage_that_a_day_is_above(
    points: int, available: int, byte: int
) -> None:
    assert byte_of(points, available) == byte


@given(_held, st.integers(1, MOST_PERCENT))
def test_a_day_is_above_a_threshold_where_its_byte_is_larger(held: Held, threshold: int) -> None:
    assert (byte_of(*held) > threshold) == is_above(held, threshold)


@given(st.lists(_days, min_size=1, max_size=4), st.integers(1, 6), st.sampled_from((1, 90, 110, 111, 254)))
def test_stretches_of_all_rows_are_the_spells_of_each(
    rows: list[list[Held | None]], weeks: int, threshold: int
) -> None:
    width = max(map(len, rows))
    written = b"\x01".join(
        bytes(0 if held is None else byte_of(*held) for held in row).ljust(width, b"\x00") for row in rows
    )
    found = [stretch_of(span, width + 1) for span in spans(written, threshold=threshold, weeks=weeks)]
    expected = [
        (number, (spell.first_day - MONDAY).days, (spell.last_day - MONDAY).days)
        for number, row in enumerate(rows)
        for spell in spells(
            {MONDAY + timedelta(days=n): held for n, held in enumerate(row) if held is not None},
            threshold=threshold,
            weeks=weeks,
        )
    ]
    assert found == expected


def _kept() -> dict[tuple[str, int], dict[date, int]]:
    """What is kept of everybody, days that aren't kept left out."""
    return {
        (one.level, one.year): {
            date(one.year, 1, 1) + timedelta(days=n): byte for n, byte in enumerate(one.days) if byte
        }
        for one in CapacityYear.objects.filter(level__in=("practitioner", "trust"))
    }


@pytest.mark.usefixtures("in_alpha")
def test_days_are_kept_where_they_belong_over_the_turn_of_a_leap_year() -> None:
    last_of_leap_year = date(2024, 12, 31)
    histories.write({ALICE: {date(2024, 2, 29): (1101, 1000), last_of_leap_year: (900, 1000)}})
    histories.write({ALICE: {date(2025, 1, 2): (0, 0)}})
    expected = {
        2024: {date(2024, 2, 29): 111, last_of_leap_year: 90},
        2025: {date(2025, 1, 2): 1},
    }
    assert _kept() == {(level, year): days for level in ("practitioner", "trust") for year, days in expected.items()}


@pytest.mark.usefixtures("in_alpha")
def test_a_day_that_is_kept_anew_without_somebody_is_no_day_of_theirs_any_more() -> None:
    histories.write({ALICE: {MONDAY: (1101, 1000), MONDAY + timedelta(days=1): (1101, 1000)}})
    DailyFigure.objects.filter(day=MONDAY).delete()
    keep_sums_and_weeks([MONDAY])
    assert _kept()["practitioner", 2026] == {MONDAY + timedelta(days=1): 111}


@pytest.mark.usefixtures("in_alpha")
def test_days_kept_before_there_were_bytes_are_given_theirs() -> None:
    histories.write({ALICE: {date(2025, 12, 30) + timedelta(days=3 * n): (n * 100, 1000) for n in range(40)}})
    before = _kept()
    CapacityYear.objects.all().delete()
    with connection.cursor() as cursor:
        cursor.execute(import_module("londonnet.apps.workload.migrations.0011_capacity_years").FILL)
    assert _kept() == before
    assert len(before["trust", 2026]) == 39
