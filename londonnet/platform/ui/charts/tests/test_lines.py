"""Lines over days, and the small line without axes."""

import datetime as dt
from decimal import Decimal

import pytest

from londonnet.platform.ui.charts import Event, Series, line_chart, trend

FIRST = dt.date(2026, 3, 2)


def days(values: list[int | None], step: int = 1) -> dict[dt.date, int | None]:
    return {FIRST + dt.timedelta(index * step): value for index, value in enumerate(values)}


def test_a_day_without_a_value_is_a_gap() -> None:
    known, missing = days([96, 97, None, 99, 100]), days([96, 97, 98, 99, 100])
    del missing[FIRST + dt.timedelta(2)]
    for values in (known, missing):
        chart = line_chart([Series("Camden", values)])
        assert chart is not None
        assert chart.lines[0].path.count("M") == 2


def test_weekly_values_are_one_line_when_the_chart_is_told_so() -> None:
    weekly = [Series("Camden", days([96, 97, 99], 7))]
    by_day, by_week = line_chart(weekly), line_chart(weekly, every=7)
    assert by_day is not None
    assert by_week is not None
    assert (by_day.lines[0].path.count("M"), by_week.lines[0].path.count("M")) == (3, 1)


def test_the_band_is_always_in_the_picture() -> None:
    chart = line_chart([Series("Camden", days([130, 140]))], band=(90, 110))
    assert chart is not None
    assert chart.band == (60.0, 40.0)
    assert chart.value_ticks[0].value == 90


def test_series_without_values_are_named_and_not_drawn() -> None:
    chart = line_chart([Series("Courses", days([None])), Series("Camden", days([96, 97]))])
    assert chart is not None
    assert chart.silent == ("Courses",)
    assert [(line.name, line.letter) for line in chart.lines] == [("Camden", "B")]
    assert chart.rows[0] == (FIRST, (None, 96))
    assert line_chart([Series("Courses")]) is None


def test_events_are_numbered_by_day_and_share_a_flag_where_they_are_close() -> None:
    months = {FIRST + dt.timedelta(day): 100 for day in range(100)}
    events = [Event(FIRST + dt.timedelta(day), f"Day {day}") for day in (50, 3, 5, 400)]
    chart = line_chart([Series("Camden", months)], events=events)
    assert chart is not None
    assert [event.words for event in chart.events] == ["Day 3", "Day 5", "Day 50"]
    assert [(flag.label, len(flag.stems)) for flag in chart.flags] == [("1–2", 2), ("3", 1)]


def test_more_than_six_lines_are_refused() -> None:
    with pytest.raises(ValueError, match="at most 6"):
        line_chart([Series(str(number)) for number in range(7)])


@pytest.mark.parametrize(
    ("values", "verb"),
    [([96, 110, 121], "rose"), ([121, None, 96], "fell"), ([Decimal("96.4"), Decimal("95.6")], "stayed")],
)
def test_a_trend_says_which_way_it_went_by_the_figures_as_printed(values: list[Decimal], verb: str) -> None:
    drawn = trend(values)
    assert drawn is not None
    assert drawn.verb == verb


def test_a_trend_has_gaps_and_marks_the_last_known_value() -> None:
    drawn = trend([100, 90, None, 110, None])
    assert drawn is not None
    assert drawn.path == "M4 14L32 24M88 4h0"
    assert drawn.last == (88, 4)
    assert trend([None, 96]) is None


def test_the_band_of_a_trend_is_always_in_its_picture() -> None:
    drawn = trend([120, 130], band=(90, 110))
    assert drawn is not None
    assert drawn.band == (14.0, 10.0)
