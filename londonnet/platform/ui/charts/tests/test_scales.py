"""Scales and their ticks."""

import datetime as dt
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from londonnet.platform.ui.charts.scales import apart, day_scale, day_ticks, value_scale, value_ticks

FINITE = st.floats(-1e6, 1e6).map(lambda value: round(value, 2))


@pytest.mark.parametrize(
    ("values", "include", "ticks"),
    [
        ([96, 121], (90, 110), [90, 100, 110, 120, 130]),
        ([1204, 1290], (0,), [0, 250, 500, 750, 1000, 1250, 1500]),
        ([0.5, 1.5], (), [0.4, 0.6, 0.8, 1, 1.2, 1.4, 1.6]),
        ([100], (), [99, 99.5, 100, 100.5, 101]),
    ],
)
def test_an_axis_is_ticked_in_plain_steps(values: list[float], include: tuple[int, ...], ticks: list[float]) -> None:
    assert [tick.value for tick in value_ticks(value_scale(values, include))] == ticks


@given(st.lists(FINITE, min_size=1))
def test_every_value_stands_inside_its_scale_and_between_few_ticks(values: list[float]) -> None:
    scale = value_scale(values)
    assert scale.low <= min(values) + 1e-6
    assert scale.high >= max(values) - 1e-6
    assert 2 <= len(value_ticks(scale)) <= 8


def _labels(first: dt.date, last: dt.date) -> list[str]:
    return [" ".join(filter(None, (tick.label, tick.year))) for tick in day_ticks(day_scale([first, last]))]


@pytest.mark.parametrize(
    ("first", "last", "labels"),
    [
        ((2026, 3, 3), (2026, 3, 5), ["3 Mar 2026", "4 Mar", "5 Mar"]),
        ((2026, 3, 3), (2026, 3, 31), ["9 Mar 2026", "16 Mar", "23 Mar", "30 Mar"]),
        ((2025, 11, 20), (2026, 4, 10), ["1 Dec 2025", "1 Jan 2026", "1 Feb 2026", "1 Mar", "1 Apr"]),
        (
            (2024, 3, 4),
            (2026, 3, 3),
            ["1 Apr 2024", "1 Jul", "1 Oct", "1 Jan 2025", "1 Apr 2025", "1 Jul", "1 Oct", "1 Jan 2026"],
        ),
    ],
)
def test_days_are_ticked_by_days_mondays_or_months(
    first: tuple[int, int, int], last: tuple[int, int, int], labels: list[str]
) -> None:
    assert _labels(dt.date(*first), dt.date(*last)) == labels


@given(st.dates(dt.date(2000, 1, 1), dt.date(2090, 1, 1)), st.integers(0, 800))
def test_up_to_two_years_have_ticks_that_fit(first: dt.date, days: int) -> None:
    ticks = day_ticks(day_scale([first, first + dt.timedelta(days)]))
    assert 1 <= len(ticks) <= 9
    assert all(0 <= tick.place <= 100 for tick in ticks)


def test_a_year_that_is_new_is_written_on_wide_screens_and_on_the_ticks_that_narrow_ones_keep() -> None:
    ticks = day_ticks(day_scale([dt.date(2024, 3, 4), dt.date(2026, 3, 3)]))
    assert [tick.year for tick in ticks if tick.year] == ["2024", "2025", "2025", "2026"]
    assert [tick.year for tick in ticks if tick.year and not tick.minor] == ["2024", "2025"]


@given(st.lists(st.floats(0, 100).map(lambda place: round(place, 2)), max_size=6))
def test_labels_stand_apart_in_their_order_and_inside(places: list[float]) -> None:
    moved = apart(places, 9)
    in_order = [moved[index] for index in sorted(range(len(places)), key=lambda index: places[index])]
    assert all(below - above >= 9 - 0.02 for above, below in pairwise(in_order))
    assert all(0 <= place <= 100 for place in moved)
