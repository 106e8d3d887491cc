"""People are told when somebody comes above 110%, and when the fourth week there is full."""

from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.utils import timezone

from londonnet.apps.caseload.models import CaseCount, Sheet, Snapshot
from londonnet.apps.workload.services import keep_day, recompute, recount
from londonnet.apps.workload.services.telling import tell_who_is_over_for_weeks
from londonnet.apps.workload.support import PractitionerKey
from londonnet.platform.access.policy import Place
from londonnet.platform.access.selectors import nearest_users_with
from londonnet.platform.jobs.testkit import do_waiting
from londonnet.platform.notices.models import Notice
from londonnet.platform.trusts import Trust

from . import building
from .building import ALICE, Entry, key

if TYPE_CHECKING:
    from londonnet.platform.access.models import User

B2 = ("community", 6)
MUCH, LITTLE = 25, 5
TEAM = [key(f"N07A01{number}", "N07T01") for number in range(5)]


@pytest.fixture
def managers(in_alpha: Trust, bob: "User", charlie: "User", head: "User", alice: "User") -> dict[int, str]:
    """Who may be told, by number."""
    building.team("N07T02")
    return {user.pk: user.name for user in (bob, charlie, head, alice)}


def held(snapshot: Snapshot, who: PractitionerKey, cases: int) -> int:
    """Give somebody so many cases; their number."""
    place = building.place(who)
    CaseCount.objects.filter(snapshot=snapshot, sheet=Sheet.FILTERED, place=place).update(count=cases)
    return place.pk


def told(managers: dict[int, str], kind: str = "workload.over_110") -> list[tuple[str, str]]:
    """Who was told what."""
    do_waiting()
    notices = Notice.objects.filter(kind=kind).order_by("pk").values_list("user_id", "title")
    return sorted((managers[user], title) for user, title in notices)


def test_the_nearest_manager_and_the_person_are_told(managers: dict[int, str]) -> None:
    snapshot = building.extract({ALICE: Entry(cases={B2: LITTLE})})
    recompute(reason="A test")
    assert told(managers) == []
    recount(place_ids=[held(snapshot, ALICE, MUCH)])
    assert told(managers) == [("Alice", "Your workload is above 110%"), ("Bob", "Pat N07A001 is above 110%")]


def test_somebody_in_two_teams_is_told_once_of_both_and_so_is_whoever_answers_for_both(
    managers: dict[int, str], make_user: Callable[..., "User"], in_alpha: Trust
) -> None:
    both = make_user(
        in_alpha, "both@example.org", ("team_manager", "team", "N07T01"), ("team_manager", "team", "N07T02")
    )
    managers[both.pk] = "Both"
    theirs = [key(ALICE.om_key, "N07T01"), key(ALICE.om_key, "N07T02")]
    snapshot = building.extract({who: Entry(cases={B2: LITTLE}) for who in theirs})
    recompute(reason="A test")
    recount(place_ids=[held(snapshot, who, MUCH) for who in theirs])
    is_above = "Pat N07A001 is above 110%"
    assert told(managers) == [
        ("Alice", "Your workload is above 110%"),
        ("Bob", is_above),
        ("Both", is_above),
        ("Charlie", is_above),
    ]
    texts = dict(Notice.objects.values_list("user__email", "text"))
    assert texts["both@example.org"].count(" in Team ") == 2


def test_nobody_is_told_twice_a_day(managers: dict[int, str]) -> None:
    snapshot = building.extract({ALICE: Entry(cases={B2: LITTLE})})
    recompute(reason="A test")
    for cases in (MUCH, LITTLE, MUCH):
        recount(place_ids=[held(snapshot, ALICE, cases)])
        told(managers)
    assert len(told(managers)) == 2


def test_who_is_below_again_is_left_out(managers: dict[int, str]) -> None:
    snapshot = building.extract({ALICE: Entry(cases={B2: LITTLE})})
    recompute(reason="A test")
    for cases in (MUCH, LITTLE):
        recount(place_ids=[held(snapshot, ALICE, cases)])
    assert told(managers) == []


def test_many_of_a_team_are_told_of_in_one_notice(managers: dict[int, str]) -> None:
    building.extract({who: Entry(cases={B2: LITTLE}) for who in TEAM})
    recompute(reason="A test")
    building.extract({who: Entry(cases={B2: MUCH}) for who in TEAM})
    recompute(reason="A test")
    assert told(managers) == [("Bob", "5 people in Team N07T01 are above 110%")]


def test_the_first_figures_of_a_trust_are_no_news(managers: dict[int, str]) -> None:
    building.extract({ALICE: Entry(cases={B2: MUCH})})
    recompute(reason="A test")
    assert told(managers) == []


def test_the_fourth_full_week_is_told_once(managers: dict[int, str]) -> None:
    building.extract({ALICE: Entry(cases={B2: MUCH})})
    today = timezone.localdate()
    recompute(reason="A test")
    for days_ago in range(27, 0, -1):
        keep_day(day=today - timedelta(days=days_ago))
    assert tell_who_is_over_for_weeks() == 1
    assert tell_who_is_over_for_weeks() == 1
    assert told(managers, "workload.four_weeks_over") == [
        ("Alice", "Your workload has been above 110% for four weeks"),
        ("Bob", "Pat N07A001 has been above 110% for four weeks"),
    ]


def test_the_week_before_and_the_day_after_nothing_is_told(managers: dict[int, str]) -> None:
    building.extract({ALICE: Entry(cases={B2: MUCH})})
    today = timezone.localdate()
    recompute(reason="A test")
    for days_ago in range(26, 0, -1):
        keep_day(day=today - timedelta(days=days_ago))
    assert tell_who_is_over_for_weeks() == 0
    for days_ago in (28, 27):
        keep_day(day=today - timedelta(days=days_ago))
    assert tell_who_is_over_for_weeks() == 0


def test_where_a_team_has_no_manager_those_above_it_are_nearest(
    in_alpha: Trust, bob: "User", head: "User", make_user: Callable[..., "User"]
) -> None:
    answers = "workload.answer_mistakes"
    pdu = make_user(in_alpha, "pdu@example.org", ("head_of_service", "pdu", "N07P9"))
    assert nearest_users_with(answers, Place("", "N07T01", "N07P1", "N07R1")) == [bob.pk]
    assert nearest_users_with(answers, Place("", "N07T09", "N07P9", "N07R1")) == [pdu.pk]
    assert nearest_users_with(answers, Place("", "N07T08", "N07P8", "N07R1")) == [head.pk]
    assert nearest_users_with("workload.nothing", Place("", "N07T01", "N07P1", "N07R1")) == []
