"""Thinning keeps peaks; gaps stay gaps."""

from hypothesis import given
from hypothesis import strategies as st

from londonnet.platform.ui.charts.paths import path, thinned

HEIGHTS = st.lists(st.integers(0, 100).map(float), min_size=1, max_size=900)


@given(HEIGHTS, st.integers(1, 40))
def test_thinning_keeps_first_last_lowest_and_highest_of_every_column(heights: list[float], columns: int) -> None:
    points = [(100 * index / len(heights), height) for index, height in enumerate(heights)]
    kept = thinned(points, columns)
    assert kept[0] == points[0]
    assert kept[-1] == points[-1]
    assert kept == sorted(set(kept))
    assert len(kept) <= 4 * (columns + 1)
    for column in range(columns):
        heights_in = [height for place, height in points if int(place * columns / 100) == column]
        heights_kept = [height for place, height in kept if int(place * columns / 100) == column]
        if heights_in:
            assert (min(heights_kept), max(heights_kept)) == (min(heights_in), max(heights_in))


def test_one_day_far_above_two_years_is_still_seen() -> None:
    points = [(100 * day / 730, 50.0) for day in range(731)]
    points[413] = (points[413][0], 3.0)
    assert points[413] in thinned(points, 100)


def test_each_run_is_a_line_of_its_own_and_one_value_alone_a_dot() -> None:
    assert path([[(0, 50), (10, 40.25)], [(30, 20)]]) == "M0 50L10 40.25M30 20h0"
