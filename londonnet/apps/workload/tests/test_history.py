"""Days kept: what they hold, when they are kept, and that they show again what was shown then."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Protocol

import pytest
from django.utils import timezone

from londonnet.apps.organisation.models import Pdu, Team
from londonnet.apps.workload.models import DailyFigure, DailySum, KeptDay, MonthTiers, WeekFigure
from londonnet.apps.workload.selectors import (
    Within,
    figures_as_at,
    figures_in_force,
    organisation_rows,
    practitioner_rows,
    weights_in_force,
)
from londonnet.apps.workload.selectors.people import Standing, people, spread
from londonnet.apps.workload.services import adopt_weights, keep_day, keep_days_that_ended, recompute
from londonnet.platform.audit.models import TrailEntry

from . import building
from .building import ALICE, DAY, Entry, key

pytestmark = pytest.mark.usefixtures("in_alpha")

B2 = ("community", 6)
BEN, CARL, SPO = key("N07A002", "N07T01"), key("N07A003", "N07T02"), key("N07A004", "N07T02")


class Counted(Protocol):
    """What `count_queries` gives."""

    @property
    def count(self) -> int: ...


CountQueries = Callable[[], AbstractContextManager[Counted]]


def two_teams(day: date = DAY) -> None:
    """Alice above the band and Ben below it; in another PDU Carl within it and a manager who isn't measured."""
    building.team("N07T02", "N07P2", "N07R1")
    building.extract(
        {
            ALICE: Entry({B2: 30}, sdr=1),
            BEN: Entry({B2: 5}, grade="PSO"),
            CARL: Entry({B2: 20}),
            SPO: Entry({B2: 2}, grade="SPO"),
        }
    )
    recompute(reason="A test", day=day)


def test_a_kept_day_has_every_figure_of_it() -> None:
    two_teams()
    assert keep_day() == 4
    kept = DailyFigure.objects.get(day=DAY, place__practitioner__om_key=ALICE.om_key)
    (row,) = [row for row in practitioner_rows() if row.om_key == ALICE.om_key]
    assert (kept.points_total, kept.available, kept.cases, kept.grade) == (row.points.total, row.available, 30, "PO")
    assert (kept.team.code, kept.pdu.code, kept.region.code) == ("N07T01", "N07P1", "N07R1")
    day = KeptDay.objects.get()
    assert (day.day, day.source, day.weight_version, day.practitioners) == (DAY, "kept", 1, 4)
    assert day.datestamp == building.DATESTAMP


def test_sums_of_a_kept_day_are_those_of_the_overviews() -> None:
    two_teams()
    keep_day()
    for level in ("trust", "region", "pdu", "team"):
        sums = DailySum.objects.filter(level=level, grade="*").order_by("unit_id")
        shown = sorted((row.points.total, row.available, row.practitioners) for row in organisation_rows(level))
        assert sorted((one.points_total, one.available, one.practitioners) for one in sums) == shown
    whole = DailySum.objects.get(level="trust", grade="*")
    stand = (whole.above, whole.within, whole.below, whole.not_measured, whole.none_left)
    assert stand == (1, 1, 1, 1, 0)
    assert (whole.points_not_measured, whole.contracted_hours) == (230, Decimal(111))
    by_grade = DailySum.objects.filter(level="trust").exclude(grade="*").values_list("grade", "practitioners")
    assert dict(by_grade) == {"PO": 2, "PSO": 1, "SPO": 1}


def test_a_day_kept_twice_is_kept_once() -> None:
    two_teams()
    keep_day()
    building.extract({ALICE: Entry({B2: 31})})
    recompute(reason="A test", day=DAY)
    keep_day()
    assert DailyFigure.objects.get().cases == 31
    assert DailySum.objects.get(level="team", grade="*").cases == 31
    assert WeekFigure.objects.get(level="practitioner").days == 1
    assert KeptDay.objects.get().practitioners == 1


def test_keeping_is_told_once_with_its_counts() -> None:
    two_teams(date(2026, 11, 30))
    keep_day()
    entry = TrailEntry.objects.get(kind="workload.day_kept")
    assert entry.subject_id == "2026-11-30"
    assert entry.after == {"datestamp": "2026-11-20", "weights_version": 1, "practitioners": 4, "tier_counts": 4}


def test_a_day_is_shown_again_as_it_was_with_the_weights_of_that_day() -> None:
    two_teams()
    places = [Within(), Within("region", "N07R1"), Within("pdu", "N07P2"), Within("team", "N07T01")]
    figures = figures_in_force()
    assert figures is not None
    shown = [(practitioner_rows(one), organisation_rows("team", one), spread(one, figures=figures)) for one in places]
    above = people(Within(), figures=figures, standing=Standing.ABOVE)
    keep_day()
    weights = weights_in_force()
    adopt_weights(weights=replace(weights, cases={**weights.cases, B2: 1}))
    kept = figures_as_at(DAY)
    assert kept is not None
    assert (kept.weights_version, kept.datestamp, kept.moment) == (1, building.DATESTAMP, DAY)
    again = [
        (practitioner_rows(one, run=DAY), organisation_rows("team", one, run=DAY), spread(one, figures=kept))
        for one in places
    ]
    assert again == shown
    assert people(Within(), figures=kept, standing=Standing.ABOVE) == above
    assert figures_as_at(DAY - timedelta(days=1)) is None


def test_a_kept_day_has_teams_where_they_belonged_then() -> None:
    two_teams()
    keep_day()
    Team.objects.filter(code="N07T02").update(pdu=Pdu.objects.get(code="N07P1"))
    assert [row.code for row in organisation_rows("team", Within("pdu", "N07P2"), run=DAY)] == ["N07T02"]
    assert [row.code for row in organisation_rows("team", Within("pdu", "N07P2"))] == []


def test_a_week_has_its_sums_and_the_figures_of_each_day() -> None:
    two_teams()
    monday = DAY - timedelta(days=DAY.weekday())
    for after, cases in ((0, 20), (1, 40), (3, 10)):
        building.extract({ALICE: Entry({B2: cases})})
        recompute(reason="A test", day=monday + timedelta(days=after))
        keep_day()
    week = WeekFigure.objects.get(level="practitioner", week=monday)
    assert week.points == [2300, 4600, None, 1150, None, None, None]
    assert week.available == [2176, 2176, None, 2176, None, None, None]
    assert (week.points_sum, week.available_sum, week.days) == (8050, 6528, 3)
    assert (week.lowest_points, week.highest_points) == (1150, 4600)
    assert (week.first_day, week.last_day) == (monday, monday + timedelta(days=3))


def test_a_day_without_capacity_is_the_lowest_of_its_week() -> None:
    building.extract({ALICE: Entry({B2: 40}, grade="SPO")})
    recompute(reason="A test", day=DAY)
    keep_day()
    week = WeekFigure.objects.get(level="practitioner")
    assert (week.lowest_points, week.lowest_available, week.highest_points, week.points[0]) == (0, 0, 0, 4600)


def test_tiers_are_kept_at_the_end_of_a_month_for_thirteen_of_them() -> None:
    two_teams(date(2025, 10, 31))
    for day in (date(2025, 10, 31), date(2025, 11, 30), date(2026, 11, 29), date(2026, 11, 30)):
        keep_day(day=day)
    assert set(MonthTiers.objects.values_list("month_end", flat=True)) == {date(2025, 11, 30), date(2026, 11, 30)}
    assert sum(MonthTiers.objects.filter(month_end=date(2026, 11, 30)).values_list("count", flat=True)) == 57


def test_after_midnight_the_day_that_ended_is_kept_before_the_new_ones_figures_are_made() -> None:
    today = timezone.localdate()
    building.reduction(ALICE, "7", today, today + timedelta(days=9))
    two_teams(today - timedelta(days=1))
    keep_days_that_ended()
    kept = DailyFigure.objects.get(place__practitioner__om_key=ALICE.om_key)
    assert (kept.day, kept.available) == (today - timedelta(days=1), 2176)
    in_force = figures_in_force()
    assert in_force is not None
    assert in_force.day == today
    keep_days_that_ended()
    assert figures_in_force() == in_force


def test_days_that_went_by_are_worked_out_and_kept_each_with_its_own_hours() -> None:
    today = timezone.localdate()
    building.reduction(ALICE, "7", today - timedelta(days=2), today + timedelta(days=9))
    two_teams(today - timedelta(days=4))
    keep_days_that_ended()
    kept = DailyFigure.objects.filter(place__practitioner__om_key=ALICE.om_key).order_by("day")
    assert [(today - one.day).days for one in kept] == [4, 3, 2, 1]
    assert [one.available for one in kept] == [2176, 2176, 1764, 1764]


@pytest.mark.parametrize("clocks_change", [date(2026, 10, 25), date(2027, 3, 28)])
def test_no_day_is_lost_or_kept_twice_when_the_clocks_change(clocks_change: date) -> None:
    building.extract({ALICE: Entry({B2: 1})})
    recompute(reason="A test", day=clocks_change - timedelta(days=1))
    for after in range(3):
        keep_days_that_ended(today=clocks_change + timedelta(days=after))
    kept = KeptDay.objects.order_by("day").values_list("day", flat=True)
    assert list(kept) == [clocks_change + timedelta(days=after) for after in (-1, 0, 1)]


def test_after_a_long_stand_still_the_last_31_days_are_worked_out() -> None:
    today = timezone.localdate()
    building.extract({ALICE: Entry({B2: 1})})
    recompute(reason="A test", day=today - timedelta(days=50))
    keep_days_that_ended()
    days = sorted((today - day).days for day in KeptDay.objects.values_list("day", flat=True))
    assert days == [*range(1, 32), 50]


def test_keeping_a_day_takes_the_same_statements_whatever_the_size(count_queries: CountQueries) -> None:
    counts = []
    for size in (2, 40):
        people = [key(f"N07B{n:03}", f"N07T{n % 7:02}") for n in range(size)]
        building.extract({who: Entry({B2: 3}) for who in people})
        recompute(reason="A test", day=date(2026, 11, 30))
        keep_day()
        with count_queries() as counted:
            keep_day()
        counts.append(counted.count)
    assert counts[0] == counts[1] <= 22


def test_what_comes_between_midnight_and_the_schedule_takes_no_day_away() -> None:
    today = timezone.localdate()
    yesterday = today - timedelta(days=1)
    building.extract({ALICE: Entry({B2: 40})})
    recompute(reason="A test", day=yesterday)
    building.extract({ALICE: Entry({B2: 10})})
    recompute(reason="An extract that came at five past midnight")
    recompute(reason="Another")
    assert list(KeptDay.objects.values_list("day", flat=True)) == [yesterday]
    assert DailyFigure.objects.get().points_total == 4600
    keep_days_that_ended()
    assert KeptDay.objects.count() == 1
