"""Bars: histograms, stacks and moves."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from londonnet.platform.ui.charts import histogram, move, stacks


def test_all_bars_of_a_histogram_are_on_one_scale() -> None:
    drawn = histogram(["Below 90%", "90% and above"], [[10, 20], [40, 0]])
    assert [[bar.length for bar in bucket.bars] for bucket in drawn] == [[25.0, 100.0], [50.0, 0.0]]


def test_a_histogram_of_nobody_has_no_bars_and_no_error() -> None:
    assert [bar.length for bar in histogram(["All"], [[0]])[0].bars] == [0.0]


def test_a_series_without_a_count_for_each_bucket_is_refused() -> None:
    with pytest.raises(ValueError, match="one count for each bucket"):
        histogram(["Below 90%", "90% and above"], [[10, 20], [40]])


@given(st.lists(st.integers(0, 10_000), min_size=1, max_size=6))
def test_the_parts_of_a_row_fill_it_without_a_gap(counts: list[int]) -> None:
    (row,) = stacks([("PO", counts)])
    assert row.total == sum(counts)
    if row.parts:
        assert row.parts[0].left == 0
        for part, following in zip(row.parts, row.parts[1:], strict=False):
            assert part.left + part.percent == pytest.approx(following.left, abs=0.02)
        assert row.parts[-1].left + row.parts[-1].percent == pytest.approx(100, abs=0.02)


def test_a_narrow_part_has_no_room_for_its_count() -> None:
    (row,) = stacks([("PO", [80, 14, 6])])
    assert [part.room for part in row.parts] == ["always", "always", "wide"]
    assert stacks([("PO", [99, 1])])[0].parts[1].room == "no"


@pytest.mark.parametrize(
    ("after", "level"),
    [(Decimal("89.99"), "under"), (90, "within"), (110, "within"), (Decimal("110.01"), "over"), (None, "none")],
)
def test_a_move_goes_by_the_unrounded_figure_after_it(after: Decimal | None, level: str) -> None:
    assert move(121, after).level == level


def test_bars_of_a_move_end_where_the_workload_bar_does() -> None:
    drawn = move(80, 400)
    assert (drawn.now, drawn.after) == (50.0, 100.0)
    assert drawn.band == (56.25, 68.75)
