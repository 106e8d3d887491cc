"""Allocation for programs and on the command line: the same moves, within the same reach."""

import json
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner
from django.test import Client

from londonnet.apps.caseload.services import Move, allocate
from londonnet.apps.workload.commands.common import workload_group
from londonnet.apps.workload.tests.extracts import ALICE, BELOW, ELSEWHERE, WITHIN, Person
from londonnet.apps.workload.tests.waiting import (
    ALICES,
    CRN,
    ELSEWHERES,
    WAITING,
    WAITING_ELSEWHERE,
    holder,
    load,
    place,
)
from londonnet.platform.trusts import Trust, trust_scope

if TYPE_CHECKING:
    from londonnet.platform.access.models import User

Browse = Callable[..., Client]
API = "/api/workload/allocation"


@pytest.fixture
def waiting(alpha: Trust) -> Trust:
    """Alpha with cases that wait."""
    with trust_scope(alpha):
        load()
    return alpha


def in_team(who: Person) -> dict[str, str]:
    """Somebody as programs name them."""
    return {"om_key": who.om_key, "team_code": who.team_code}


def sent(browser: Client, path: str, body: dict[str, Any]) -> Any:
    """The answer to what a program sends."""
    return browser.post(f"{API}{path}", json.dumps(body), content_type="application/json")


def move(crn: str = CRN, giver: Person = WAITING, taker: Person = BELOW, **others: str) -> dict[str, Any]:
    """One case to be given to somebody."""
    return {"moves": [{"crn": crn, "held_by": in_team(giver), "to": in_team(taker)}], **others}


def test_a_program_reads_what_waits_chooses_gives_and_undoes(waiting: Trust, browse: Browse, bob: "User") -> None:
    browser = browse(waiting, bob)
    found = browser.get(f"{API}/unallocated").json()
    assert (found["total"], found["items"][0]["crn"], found["items"][0]["held_by"]) == (3, CRN, in_team(WAITING))
    offered = sent(browser, "/candidates", {"crns": [CRN]}).json()
    assert offered["gained"] == 146
    first = offered["items"][0]
    assert (first["om_key"], first["points_after"] - first["points_now"]) == (BELOW.om_key, 146)
    batch = sent(browser, "/moves", move()).json()["batch"]
    with trust_scope(waiting):
        assert holder() == BELOW.om_key
    moved = browser.get(f"{API}/history").json()["items"][0]
    assert (moved["batch"], moved["givers"], moved["takers"]) == (batch, ["Unallocated Staff"], ["Chidi Cole"])
    assert sent(browser, f"/moves/{batch}/undo", {}).json() == {"moved_back": 1, "left": []}
    with trust_scope(waiting):
        assert holder() == WAITING.om_key


def test_both_ends_are_asked_for(waiting: Trust, browse: Browse, bob: "User", charlie: "User", alice: "User") -> None:
    assert sent(browse(waiting, bob), "/moves", move(taker=ELSEWHERE)).status_code == 404
    assert sent(browse(waiting, bob), "/moves", move(ELSEWHERES, WAITING_ELSEWHERE)).status_code == 404
    assert sent(browse(waiting, charlie), "/moves", move()).status_code == 404
    assert sent(browse(waiting, charlie), "/candidates", {"crns": [CRN]}).status_code == 404
    assert sent(browse(waiting, alice), "/moves", move()).status_code == 404
    with trust_scope(waiting):
        assert holder() == WAITING.om_key


def test_a_case_that_was_moved_meanwhile_is_told_without_where_it_is(
    waiting: Trust, browse: Browse, bob: "User"
) -> None:
    with trust_scope(waiting):
        allocate(moves=[Move(CRN, place(WAITING), place(ELSEWHERE))])
    answer = sent(browse(waiting, bob), "/moves", move())
    assert answer.status_code == 409
    assert "Farah" not in answer.content.decode()


def test_a_reason_is_wanted_where_somebody_holds_the_case(waiting: Trust, browse: Browse, bob: "User") -> None:
    browser = browse(waiting, bob)
    assert sent(browser, "/moves", move(ALICES, ALICE)).json()["error"]["code"] == "reason-needed"
    assert sent(browser, "/moves", move(ALICES, ALICE, reason="Workload")).status_code == 200


def printed(*arguments: str) -> Any:
    """What a command of this application prints as JSON."""
    outcome = CliRunner().invoke(workload_group, [*arguments, "--trust", "alpha", "--json"])
    assert outcome.exit_code == 0, outcome.output
    return json.loads(outcome.stdout)


def test_the_commands_list_give_and_undo(waiting: Trust) -> None:
    assert [row["crn"] for row in printed("unallocated", "--team", "N07T01")] == [CRN, "X000002", "X000003"]
    batch = printed("allocate", CRN, "--to", WITHIN.om_key, "--team", "N07T01")["batch"]
    with trust_scope(waiting):
        assert holder() == WITHIN.om_key
    assert printed("differences") == []
    assert printed("undo-allocation", batch) == {"moved_back": 1, "left": []}
    with trust_scope(waiting):
        assert holder() == WAITING.om_key


def test_a_command_names_what_it_does_not_know(waiting: Trust) -> None:
    outcome = CliRunner().invoke(
        workload_group, ["allocate", "X777777", "--to", "N07A002", "--team", "N07T01", "--trust", "alpha"]
    )
    assert outcome.exit_code != 0
    assert "X777777" in str(outcome.exception)
