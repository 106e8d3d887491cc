"""Posts for cases that nobody has: their work counts, they aren't somebody."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from londonnet.apps.workload.jobs import ask_to_tell_posts_apart
from londonnet.apps.workload.models import DailySum
from londonnet.apps.workload.selectors import (
    ORGANISATION_LEVELS,
    OrganisationLevel,
    OrganisationRow,
    Within,
    figures_in_force,
    organisation_row,
    organisation_rows,
)
from londonnet.apps.workload.selectors.crossing import people_above
from londonnet.apps.workload.selectors.excess import excess_rows, lately
from londonnet.apps.workload.selectors.history import HistoryRow, Span, history
from londonnet.apps.workload.selectors.people import everyone, people, spread
from londonnet.apps.workload.selectors.staffed import staffed_within
from londonnet.apps.workload.services import history_sql, keep_day, load_hours, recompute
from londonnet.apps.workload.views.standings import spread_of
from londonnet.platform.access.policy import EVERYTHING
from londonnet.platform.jobs.testkit import do_waiting
from londonnet.platform.trusts import Trust, trust_scope

from . import waiting
from .extracts import Person
from .reading import text_of
from .waiting import WAITING, place

if TYPE_CHECKING:
    from londonnet.platform.access.models import User

TEAM = Within("team", "N07T01")
GRADED = Person(WAITING.om_key, WAITING.name, grade="PO", cases=40)
"""The record may give such a post a grade: it then has a capacity as well."""


@pytest.fixture
def with_posts(alpha: Trust) -> Trust:
    """Alpha with a post for unallocated cases in Alice's team, far above 110%."""
    with trust_scope(alpha):
        waiting.load((*(one for one in waiting.TEAM if one.om_key != WAITING.om_key), GRADED), waiting=0)
    return alpha


def test_what_it_holds_counts_in_its_team_and_it_is_no_practitioner(with_posts: Trust) -> None:
    with trust_scope(with_posts):
        figures, row = figures_in_force(), organisation_row("team", TEAM.code)
        assert figures and row
        assert (row.practitioners, row.people) == (6, 5)
        assert (row.unallocated.posts, row.unallocated.cases, row.unallocated.points) == (1, 40, 4600)
        assert row.points.total > row.unallocated.points
        assert everyone(spread_of(row)) == everyone(spread(TEAM, figures=figures)) == 5
        assert spread_of(row) == spread(TEAM, figures=figures)
        assert WAITING.om_key not in {one.om_key for one in people(TEAM, figures=figures)}


def test_it_is_never_above_for_weeks_told_of_or_offered_hours(with_posts: Trust) -> None:
    with trust_scope(with_posts):
        for days_ago in range(35, 0, -1):
            keep_day(day=timezone.localdate() - timedelta(days=days_ago))
        found = excess_rows("practitioner", TEAM, asked=lately(timezone.localdate()), figures=figures_in_force())
        assert {row.code for row in found.rows} == {"N07A001"}
        assert people_above([place(GRADED)]) == []
        assert WAITING.om_key not in {one.om_key for one in staffed_within(EVERYTHING)}


@pytest.mark.parametrize("level", ORGANISATION_LEVELS)
def test_a_history_counts_people_as_the_pages_of_today_do(with_posts: Trust, level: OrganisationLevel) -> None:
    today = timezone.localdate()
    days = Span(today - timedelta(days=2), today)
    with trust_scope(with_posts):
        recompute(reason="A test", day=today)
        keep_as_before(days.first)
        keep_day(day=today - timedelta(days=1))
        rows, figures = organisation_rows(level), figures_in_force()
        whole, by_grade = (history(level, span=days, figures=figures, by_grade=each) for each in (False, True))
    expected = {row.code: in_figures(row) for row in rows}
    assert len({row.period for row in whole}) == 3
    for period in {row.period for row in whole}:
        assert {row.code: in_history(row) for row in whole if row.period == period} == expected
        for code, sums in expected.items():
            of_grades = [in_history(row) for row in by_grade if (row.code, row.period) == (code, period)]
            assert tuple(map(sum, zip(*of_grades, strict=True))) == sums
    assert sum(posts for _, posts, *_ in expected.values()) == 2


def test_days_kept_before_are_summed_anew_at_night_and_count_the_same(with_posts: Trust) -> None:
    today = timezone.localdate()
    days = Span(today - timedelta(days=9), today)
    with trust_scope(with_posts):
        for day in (days.first, today - timedelta(days=1)):  # further apart than what is done at a time
            keep_as_before(day)
        before = [history(level, span=days, figures=None, by_grade=True) for level in ORGANISATION_LEVELS]
        ask_to_tell_posts_apart()
        assert len(do_waiting()) == 1
        after = [history(level, span=days, figures=None, by_grade=True) for level in ORGANISATION_LEVELS]
        assert before == after and any(row.sums["posts"] for row in after[0])
        assert not DailySum.objects.filter(posts=None).exists()
        ask_to_tell_posts_apart()
        assert not do_waiting()


def keep_as_before(day: date) -> None:
    """Keep a day as it was kept when sums didn't tell posts from people."""
    keep_day(day=day)
    with connection.cursor() as cursor:
        as_people = history_sql.KEEP_SUMS.replace("nobodys.id IS NOT NULL AS is_post", "false AS is_post")
        for statement in (history_sql.FORGET_SUMS, as_people):
            cursor.execute(statement, {"days": [day]})
    DailySum.objects.update(posts=None)


def in_figures(row: OrganisationRow) -> tuple[int, ...]:
    """People and posts, where people stand, and the points of both."""
    not_measured = row.practitioners_not_measured - row.none_left
    stand = (row.above, row.below, not_measured, row.none_left, row.points_of_people_not_measured)
    return (row.people, row.unallocated.posts, *stand, row.points.total, row.available)


def in_history(row: HistoryRow) -> tuple[int, ...]:
    """The same of a day."""
    stand = ("above", "below", "not_measured", "none_left", "points_not_measured")
    return tuple(int(row.sums[name]) for name in ("practitioners", "posts", *stand, "points_total", "available"))


def test_it_gets_no_hours_by_whatever_door(with_posts: Trust, browse: Callable[..., Client], bob: "User") -> None:
    of_post = f"{WAITING.om_key}/{TEAM.code}/hours"
    wanted = {"hours": 37, "first_day": "2026-11-28"}
    address = f"/api/workload/practitioners/{of_post}"
    answer = browse(with_posts, bob).put(address, wanted, content_type="application/json")
    assert answer.status_code == 404
    assert browse(with_posts, bob).get(f"/workload/practitioner/{of_post}").status_code == 404
    with trust_scope(with_posts):
        row = f"{WAITING.om_key},{TEAM.code},37,2026-11-28,"
        report = load_hours(content=f"om_key,team_code,contracted_hours,from,to\n{row}\n".encode())
        assert (report.loaded, report.quarantined) == (0, 1)


def test_pages_call_it_what_it_is(with_posts: Trust, browse: Callable[..., Client], bob: "User") -> None:
    browser = browse(with_posts, bob)
    team = text_of(browser, "/workload/team/N07T01")
    assert "4,600 of the points held are those of unallocated cases" in team and "allocate them" in team
    assert "Unallocated cases, not a person" in team
    post = text_of(browser, f"/workload/practitioner/{WAITING.om_key}/N07T01")
    assert "Unallocated cases, not a person" in post and "Add a reduction" not in post
    for page in ("caseload", "progress", "reports"):
        assert "unallocated cases, not a person" in text_of(browser, f"/workload/team/N07T01/{page}")
    assert browser.get(f"/workload/practitioner/{WAITING.om_key}/N07T01/hours").status_code == 404
    assert browser.get(f"/workload/reductions/add?who={WAITING.om_key}/N07T01").status_code == 404
