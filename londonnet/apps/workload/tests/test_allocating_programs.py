"""Allocation for programs and on the command line: the same moves, within the same reach."""

import json
from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner
from django.test import Client

from londonnet.apps.caseload.models import Snapshot
from londonnet.apps.caseload.services import Move, allocate
from londonnet.apps.workload.commands.common import workload_group
from londonnet.apps.workload.services import recompute
from londonnet.apps.workload.tests.extracts import ALICE, BELOW, DAY, ELSEWHERE, WITHIN, Person
from londonnet.apps.workload.tests.waiting import (
    ALICES,
    CRN,
    ELSEWHERES,
    WAITING,
    WAITING_ELSEWHERE,
    holder,
    place,
)
from londonnet.platform.api.tests.calling import program, token_for
from londonnet.platform.trusts import Trust, trust_scope

if TYPE_CHECKING:
    from londonnet.platform.access.models import User

Browse = Callable[..., Client]
API = "/api/workload/allocation"


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


@pytest.mark.parametrize("path", ["/moves", "/put-back", "/candidates", "/effect", "/spread"])
def test_a_case_out_of_reach_and_one_that_there_is_not_are_answered_alike(
    waiting: Trust, browse: Browse, bob: "User", path: str
) -> None:
    browser = browse(waiting, bob)
    bodies: dict[str, Callable[[str], dict[str, Any]]] = {
        "/moves": lambda crn: move(crn, ALICE, BELOW, reason="Workload"),
        "/put-back": lambda crn: {"cases": [{"crn": crn, "held_by": in_team(ALICE)}], "reason": "Workload"},
        "/candidates": lambda crn: {"crns": [crn]},
        "/effect": lambda crn: {"moves": [{"crn": crn, "to": in_team(BELOW)}]},
        "/spread": lambda crn: {"crns": [crn], "targets": [in_team(BELOW)]},
    }
    elsewhere, unknown = (sent(browser, path, bodies[path](crn)) for crn in (ELSEWHERES, "X777777"))
    assert elsewhere.status_code == unknown.status_code in (404, 409)
    said = [answer.json()["error"] | {"reference": ""} for answer in (elsewhere, unknown)]
    assert said[0] == said[1]


def test_whoever_comes_second_is_told_where_the_case_is_now_as_far_as_they_may_know(
    waiting: Trust, browse: Browse, bob: "User"
) -> None:
    browser = browse(waiting, bob)
    with trust_scope(waiting):
        allocate(moves=[Move(CRN, place(WAITING), place(WITHIN))])
    answer = sent(browser, "/moves", move())
    assert (answer.status_code, answer.json()["error"]["code"]) == (409, "case-moved")
    (detail,) = answer.json()["error"]["details"]
    assert detail["field"] == "moves.0.held_by"
    assert (detail["now"], WITHIN.name in detail["message"]) == (f"{WITHIN.om_key}/N07T01", True)
    again = move(CRN, WITHIN, BELOW, reason="Workload")
    assert sent(browser, "/moves", again).status_code == 200
    with trust_scope(waiting):
        allocate(moves=[Move(CRN, place(BELOW), place(ELSEWHERE))], reason="Workload")
    answer = sent(browser, "/moves", again)
    assert (answer.status_code, "now" in answer.json()["error"]["details"][0]) == (409, False)
    assert "Farah" not in answer.content.decode()


def test_what_moves_would_do_is_what_they_do(waiting: Trust, browse: Browse, bob: "User") -> None:
    browser = browse(waiting, bob)
    both = [(CRN, WAITING, BELOW), (ALICES, ALICE, BELOW)]
    tried = {"moves": [{"crn": crn, "to": in_team(taker)} for crn, _, taker in both]}
    told = sent(browser, "/effect", tried).json()
    assert {case["crn"]: case["held_by"] for case in told["cases"]} == {CRN: in_team(WAITING), ALICES: in_team(ALICE)}
    with trust_scope(waiting):
        assert holder() == WAITING.om_key
    made = {"moves": [{"crn": crn, "held_by": in_team(giver), "to": in_team(taker)} for crn, giver, taker in both]}
    assert sent(browser, "/moves", {**made, "reason": "Workload"}).status_code == 200
    figures = browser.get("/api/workload/figures", {"within": "team:N07T01"}).json()["items"]
    after = {row["om_key"]: (row["points"]["total"], row["capacity"]) for row in figures}
    foreseen = {row["om_key"]: (row["points_after"], row["capacity_after"]) for row in told["items"]}
    assert set(foreseen) == {ALICE.om_key, BELOW.om_key}
    assert foreseen == {om_key: after[om_key] for om_key in foreseen}


def test_a_spread_is_proposed_and_its_moves_can_be_sent_as_they_are(
    waiting: Trust, browse: Browse, bob: "User"
) -> None:
    browser = browse(waiting, bob)
    crns = [CRN, "X000002", "X000003"]
    asked = {"crns": crns, "targets": [in_team(WITHIN), in_team(BELOW)]}
    told = sent(browser, "/spread", asked).json()
    assert {one["crn"] for one in told["moves"]} == set(crns)
    assert {one["om_key"] for one in told["targets"]} == {WITHIN.om_key, BELOW.om_key}
    assert sent(browser, "/moves", {"moves": told["moves"]}).status_code == 200
    kept = sent(browser, "/spread", {**asked, "fill_to_percent": 0}).json()
    assert {one["to"] for one in kept["moves"]} == {None}
    assert sent(browser, "/spread", {"crns": crns, "targets": [in_team(ELSEWHERE)]}).status_code == 404


def test_a_caseload_is_read_and_a_case_of_it_put_back(
    waiting: Trust, browse: Browse, bob: "User", charlie: "User"
) -> None:
    browser = browse(waiting, bob)
    found = browser.get(f"{API}/cases", in_team(ALICE) | {"limit": "2", "offset": "1"}).json()
    assert (found["total"], len(found["items"])) == (3, 2)
    assert browser.get(f"{API}/cases", in_team(ALICE) | {"offset": "9"}).json()["total"] == 3
    assert browse(waiting, charlie).get(f"{API}/cases", in_team(ALICE)).status_code == 404
    assert "Workload" in browser.get(f"{API}/reasons").json()["items"]
    back = {"cases": [{"crn": ALICES, "held_by": in_team(ALICE)}], "reason": "Workload"}
    batch = sent(browser, "/put-back", back).json()["batch"]
    (moved,) = browser.get(f"{API}/moves/{batch}").json()["items"]
    assert (moved["crn"], moved["kind"], moved["taker"]["om_key"]) == (ALICES, "put-back", WAITING.om_key)
    assert browse(waiting, charlie).get(f"{API}/moves/{batch}").status_code == 404


def test_the_record_is_let_stand_once_a_later_extract_says_otherwise(
    waiting: Trust, browse: Browse, bob: "User", charlie: "User"
) -> None:
    browser = browse(waiting, bob)
    sent(browser, "/moves", move())
    with trust_scope(waiting):
        Snapshot.objects.update(datestamp=DAY + timedelta(days=7))
        recompute(reason="A test")
    found = browser.get(f"{API}/differences").json()
    assert found["total"] == browser.get(f"{API}/differences", {"offset": "5"}).json()["total"] == 1
    number = found["items"][0]["id"]
    assert sent(browse(waiting, charlie), f"/differences/{number}/let-stand", {}).status_code == 404
    assert sent(browser, f"/differences/{number}/let-stand", {}).json()["state"] == "dropped"
    assert browser.get(f"{API}/differences").json()["total"] == 0
    assert sent(browser, f"/differences/{number}/let-stand", {}).status_code == 422


def test_to_try_something_a_token_that_reads_is_enough(waiting: Trust, bob: "User") -> None:
    secret = token_for(waiting, bob, ["workload:read"])
    calls = {"/candidates": {"crns": [CRN]}, "/effect": {"moves": [{"crn": CRN, "to": in_team(BELOW)}]}}
    for path, body in calls.items():
        answer = program(waiting, secret).post(f"{API}{path}", json.dumps(body), content_type="application/json")
        assert answer.status_code == 200, path
    answer = program(waiting, secret).post(f"{API}/moves", json.dumps(move()), content_type="application/json")
    assert answer.json()["error"]["code"] == "outside-token-scope"


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
    assert [(row["crn"], row["is_compared"], row["record"]) for row in printed("differences")] == [(CRN, False, None)]
    assert printed("undo-allocation", batch) == {"moved_back": 1, "left": []}
    with trust_scope(waiting):
        assert holder() == WAITING.om_key


def test_a_command_names_what_it_does_not_know(waiting: Trust) -> None:
    outcome = CliRunner().invoke(
        workload_group, ["allocate", "X777777", "--to", "N07A002", "--team", "N07T01", "--trust", "alpha"]
    )
    assert outcome.exit_code != 0
    assert "X777777" in str(outcome.exception)
