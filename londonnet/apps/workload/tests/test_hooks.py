"""Who finds what of this application on their pages, and who may follow whose figures."""

from typing import TYPE_CHECKING

import pytest
from django.http import HttpRequest

from londonnet.apps.workload.app import MANIFEST
from londonnet.apps.workload.hooks import may_follow
from londonnet.apps.workload.selectors import organisation_row, place_of, rows_within_reach
from londonnet.apps.workload.services import recompute
from londonnet.platform.access.policy import Place, Reach, reach
from londonnet.platform.trusts import Trust, trust_scope

from . import building
from .building import ALICE, DAY, Entry, key

if TYPE_CHECKING:
    from londonnet.platform.access.models import User

ELSEWHERE = key("N07A009", "N07T02")


@pytest.fixture
def figures(in_alpha: Trust) -> None:
    """Alice in one team, somebody else in another."""
    building.team("N07T02", "N07P2", "N07R2")
    building.extract({ALICE: Entry({("community", 6): 1}), ELSEWHERE: Entry({("community", 6): 2})})
    recompute(reason="A test", day=DAY)


TOPICS = {
    "workload:practitioner:N07A001": {"alice", "bob", "head", "hr"},
    "workload:practitioner:N07A009": {"charlie", "head", "hr"},
    "workload:team:N07T01": {"bob", "head", "hr"},
    "workload:team:N07T02": {"charlie", "head", "hr"},
    "workload:pdu:N07P1": {"head", "hr"},
    "workload:region:N07R1": {"head", "hr"},
    "workload:trust:all": {"head", "hr"},
    "workload:trust:alpha": {"head", "hr"},
    "workload:trust:beta": set(),
    "workload:team:N07T99": set(),
    "workload:practitioner:N07A999": set(),
    "workload:*": set(),
    "workload:everything:N07T01": set(),
    "jobs:team:N07T01": set(),
}


@pytest.mark.usefixtures("figures")
@pytest.mark.parametrize("topic", TOPICS)
def test_a_topic_is_followed_by_those_who_may_see_its_figures(
    topic: str, alice: "User", bob: "User", charlie: "User", head: "User", hr: "User", auditor: "User"
) -> None:
    users = {"alice": alice, "bob": bob, "charlie": charlie, "head": head, "hr": hr, "auditor": auditor}
    assert {name for name, user in users.items() if may_follow(user, topic)} == TOPICS[topic]


def test_another_trust_has_no_such_place(beta: Trust, dana: "User") -> None:
    with trust_scope(beta):
        assert place_of("team", "N07T01") is None
        assert not may_follow(dana, "workload:team:N07T01")


@pytest.mark.usefixtures("figures")
def test_somebody_in_several_teams_belongs_to_each_of_them_by_name_only() -> None:
    building.place(key(ALICE.om_key, "N07T02"))
    assert place_of("practitioner", ALICE.om_key) == Place(staff_key=ALICE.om_key)
    assert place_of("practitioner", ALICE.om_key, team_code="N07T02") == Place(ALICE.om_key, "N07T02", "N07P2", "N07R2")
    assert place_of("practitioner", ALICE.om_key, team_code="N07T03") is None


@pytest.mark.usefixtures("figures")
def test_the_menu_has_what_is_of_use(alice: "User", bob: "User", administrator: "User") -> None:
    def labels(user: "User") -> list[str]:
        return [item.label for item in MANIFEST.hooks.menu_items(user)]

    assert labels(alice) == ["My workload"]
    assert labels(bob) == ["Workload", "Allocation"]
    assert labels(administrator) == ["Weights", "Reductions"]


@pytest.mark.usefixtures("figures")
def test_the_home_page_has_the_users_own_workload_and_that_of_their_teams(
    alice: "User", bob: "User", administrator: "User"
) -> None:
    def tiles(user: "User") -> list[tuple[str, list[str]]]:
        found = MANIFEST.hooks.home_tiles(HttpRequest(), user)
        return [(tile.template, [getattr(row, "code", "") for row in tile.context["rows"]]) for tile in found]

    assert tiles(alice) == [("workload/tile_my.html", [""])]
    assert tiles(bob) == [("workload/tile_waiting.html", []), ("workload/tile_team.html", ["N07T01"])]
    assert tiles(administrator) == []


@pytest.mark.usefixtures("in_alpha")
def test_the_home_page_does_without_figures(alice: "User", head: "User") -> None:
    assert MANIFEST.hooks.home_tiles(HttpRequest(), alice) == []
    assert MANIFEST.hooks.home_tiles(HttpRequest(), head) == []


@pytest.mark.usefixtures("figures")
def test_what_somebody_answers_for_is_listed_from_the_top(bob: "User", head: "User") -> None:
    assert [row.code for row in rows_within_reach(reach(head, "workload.view"))] == ["alpha"]
    several = Reach(team_codes=frozenset({"N07T02"}), pdu_codes=frozenset({"N07P1"}))
    assert [(row.level, row.code, row.points.total) for row in rows_within_reach(several)] == [
        ("pdu", "N07P1", 115),
        ("team", "N07T02", 230),
    ]


@pytest.mark.usefixtures("figures")
def test_a_team_with_nobody_in_it_has_zeros_and_one_that_is_not_there_has_no_row() -> None:
    building.team("N07T03")
    row = organisation_row("team", "N07T03")
    assert row is not None
    assert (row.practitioners, row.available, row.capacity_note) == (0, 0, "not measured")
    assert organisation_row("team", "N07T99") is None
    assert organisation_row("trust", "beta") is None


@pytest.mark.usefixtures("figures")
def test_the_directory_links_to_the_workload_of_a_place_that_the_user_may_see(bob: "User", charlie: "User") -> None:
    places = [Place("", "N07T01", "N07P1", "N07R1")]

    def links(user: "User") -> list[str]:
        return [item.url for item in MANIFEST.hooks.place_links(user, "team", "N07T01", places)]

    assert links(bob) == ["/workload/team/N07T01"]
    assert links(charlie) == []
