"""Figures for programs: what the command line prints, within the caller's reach."""

import json
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner
from django.test import Client

from londonnet.apps.workload.commands.common import workload_group
from londonnet.apps.workload.models import Reduction
from londonnet.apps.workload.services import keep_day, recompute
from londonnet.apps.workload.tests import extracts
from londonnet.platform.trusts import Trust, trust_scope

if TYPE_CHECKING:
    from londonnet.platform.access.models import User

Browse = Callable[..., Client]
LEVELS = ("practitioner", "team", "pdu", "region", "trust")
WORKING = "/api/workload/practitioners/N07A001/N07T01"


def printed(*arguments: str) -> Any:
    """What `londonnet workload show --json` prints."""
    outcome = CliRunner().invoke(workload_group, ["show", "--trust", "alpha", "--json", *arguments])
    return json.loads(outcome.stdout)


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize(("option", "within"), [((), ""), (("--team", "N07T01"), "team:N07T01")])
def test_figures_are_those_that_the_command_prints(
    loaded: Trust, browse: Browse, head: "User", level: str, option: tuple[str, ...], within: str
) -> None:
    answer = browse(loaded, head).get("/api/workload/figures", {"level": level, "within": within})
    rows = printed("--by", level, *option)
    assert rows
    assert answer.json()["items"] == rows
    assert answer.json()["total"] == len(rows)


def test_an_answer_says_which_figures_it_holds(loaded: Trust, browse: Browse, head: "User") -> None:
    as_at = browse(loaded, head).get("/api/workload/figures").json()["as_at"]
    assert (as_at["extract"], as_at["day"]) == (extracts.DAY.isoformat(),) * 2
    assert as_at["weights_version"] == 1


REACHED = {
    "alice": {"practitioner": {"N07A001"}, "team": set(), "pdu": set(), "trust": set()},
    "bob": {"team": {"N07T01"}, "pdu": set(), "region": set(), "trust": set()},
    "charlie": {"team": {"N07T02"}, "pdu": set(), "trust": set()},
}


@pytest.mark.parametrize("who", REACHED)
def test_without_a_part_everybody_gets_what_they_reach(
    loaded: Trust, browse: Browse, request: pytest.FixtureRequest, who: str
) -> None:
    browser = browse(loaded, request.getfixturevalue(who))
    for level, codes in REACHED[who].items():
        items = browser.get("/api/workload/figures", {"level": level}).json()["items"]
        assert {row.get("code") or row["om_key"] for row in items} == codes, level


@pytest.mark.parametrize("within", ["trust", "region:N07R1", "pdu:N07P1", "team:N07T02", "team:N07T99"])
def test_a_part_out_of_reach_is_like_one_that_isnt_there(
    loaded: Trust, browse: Browse, bob: "User", within: str
) -> None:
    assert browse(loaded, bob).get("/api/workload/figures", {"within": within}).status_code == 404


def test_a_pdus_manager_gets_its_teams(loaded: Trust, browse: Browse, make_user: Callable[..., "User"]) -> None:
    manager = make_user(loaded, "pdu@example.org", ("team_manager", "pdu", "N07P1"))
    browser = browse(loaded, manager)
    teams = browser.get("/api/workload/figures", {"level": "team"}).json()["items"]
    assert teams == printed("--by", "team", "--pdu", "N07P1")
    assert browser.get("/api/workload/figures", {"level": "pdu"}).json()["items"] == printed(
        "--by", "pdu", "--pdu", "N07P1"
    )


def test_a_list_comes_in_parts_in_one_order(loaded: Trust, browse: Browse, head: "User") -> None:
    browser = browse(loaded, head)
    whole = browser.get("/api/workload/figures", {"limit": 1000}).json()
    parts = [
        row
        for offset in range(0, whole["total"], 2)
        for row in browser.get("/api/workload/figures", {"limit": 2, "offset": offset}).json()["items"]
    ]
    assert len(parts) > 2
    assert parts == whole["items"]


def test_figures_of_a_day_that_is_kept_are_those_of_then(loaded: Trust, browse: Browse, bob: "User") -> None:
    browser = browse(loaded, bob)
    address = {"as_at": extracts.DAY.isoformat(), "level": "team"}
    then = browser.get("/api/workload/figures", address).json()
    with trust_scope(loaded):
        keep_day()
        Reduction.objects.all().delete()
        recompute(reason="A test", day=extracts.DAY + timedelta(days=1))
    now = browser.get("/api/workload/figures", {"level": "team"}).json()
    kept = browser.get("/api/workload/figures", address).json()
    assert kept["items"] == then["items"] != now["items"]
    assert (kept["as_at"]["day"], now["as_at"]["day"]) == ("2026-11-20", "2026-11-21")


def test_figures_of_a_day_that_isnt_kept_are_said_not_to_be(loaded: Trust, browse: Browse, head: "User") -> None:
    browser = browse(loaded, head)
    assert browser.get("/api/workload/figures", {"as_at": extracts.DAY.isoformat()}).status_code == 200
    before = browser.get("/api/workload/figures", {"as_at": "2026-01-05"})
    assert (before.status_code, before.json()["error"]["code"]) == (404, "figures-not-kept")


def test_before_the_first_extract_there_are_no_figures(alpha: Trust, browse: Browse, head: "User") -> None:
    answer = browse(alpha, head).get("/api/workload/figures")
    assert (answer.status_code, answer.json()["error"]["code"]) == (404, "figures-not-kept")


def test_the_working_adds_up_to_the_figure(loaded: Trust, browse: Browse, bob: "User") -> None:
    answer = browse(loaded, bob).get(WORKING).json()
    assert answer["figure"] == printed("--practitioner", "N07A001")[0]
    assert answer["working"][0]["title"] == "Cases"
    assert int(answer["total"]["result"]) == answer["figure"]["points"]["total"]


@pytest.mark.parametrize(
    ("who", "status"), [("alice", 200), ("bob", 200), ("charlie", 404), ("auditor", 404), ("head", 200)]
)
def test_a_working_is_for_those_who_reach_it(
    loaded: Trust, browse: Browse, request: pytest.FixtureRequest, who: str, status: int
) -> None:
    assert browse(loaded, request.getfixturevalue(who)).get(WORKING).status_code == status


@pytest.mark.parametrize(
    ("who", "reason"), [("alice", "Pregnancy"), ("bob", "Pregnancy"), ("hr", "Pregnancy"), ("head", "Personal")]
)
def test_the_reason_of_a_personal_reduction_is_for_a_few(
    loaded: Trust, browse: Browse, request: pytest.FixtureRequest, who: str, reason: str
) -> None:
    (reduction,) = browse(loaded, request.getfixturevalue(who)).get(WORKING).json()["reductions"]
    assert reduction["reason"].startswith(reason)


def test_calls_cost_the_same_whatever_the_rows(
    loaded: Trust, browse: Browse, head: "User", count_queries: Callable[[], AbstractContextManager[Any]]
) -> None:
    browser = browse(loaded, head)
    browser.get(WORKING)
    for address in (WORKING, "/api/workload/figures", "/api/workload/figures?level=team&within=pdu:N07P1"):
        with count_queries() as counted:
            assert browser.get(address).status_code == 200
        assert counted.count <= 12, (address, counted.texts)
