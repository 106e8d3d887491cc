"""Commands print what the API answers: the same rows, from the same place."""

import csv
import io
import json
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner
from django.test import Client
from django.utils import timezone

from londonnet.apps.caseload.models import Snapshot
from londonnet.apps.caseload.services import Move
from londonnet.apps.workload import selectors
from londonnet.apps.workload.commands.common import workload_group
from londonnet.apps.workload.lines_of_working import NamedLine
from londonnet.apps.workload.models import Reduction, WeightDraft
from londonnet.apps.workload.services import recompute, report_mistake, save_weight_draft
from londonnet.apps.workload.services.allocating import give_cases
from londonnet.apps.workload.tests.extracts import ALICE, BELOW, DAY
from londonnet.apps.workload.tests.waiting import CRN, WAITING, load, place
from londonnet.platform.trusts import Trust, trust_scope

if TYPE_CHECKING:
    from londonnet.platform.access.models import User

Browse = Callable[..., Client]
TODAY = timezone.localdate()
WHO = (ALICE.om_key, ALICE.team_code)
OF_ALICE = f"practitioners/{ALICE.om_key}/{ALICE.team_code}"


@pytest.fixture
def everybody(alpha: Trust, make_user: Callable[..., "User"]) -> "User":
    """Somebody with all roles in the whole trust."""
    roles = ("team_manager", "head_of_service", "hr", "administrator")
    return make_user(alpha, "all@example.org", *((role, "trust", "") for role in roles))


@pytest.fixture
def busy(alpha: Trust, everybody: "User") -> Trust:
    """Alpha with something in every list: a move, a difference, a draft, a report, hours left behind."""
    with trust_scope(alpha):
        load()
        give_cases(moves=[Move(CRN, place(WAITING), place(BELOW))])
        Snapshot.objects.update(datestamp=DAY + timedelta(days=1))
        recompute(reason="A test", day=TODAY)
        save_weight_draft(weights=selectors.weights_in_force(), name="As it is", by=everybody)
        figures = selectors.figures_in_force()
        assert figures is not None
        line = NamedLine("cases-community-b2", "Cases", "Community B2: 27 × 115 = 3,105")
        report_mistake(om_key=ALICE.om_key, team_code=ALICE.team_code, line=line, words="Too many", figures=figures)
    return alpha


def ran(*arguments: str) -> Any:
    """What a command does."""
    return CliRunner().invoke(workload_group, [*arguments, "--trust", "alpha"])


def printed(*arguments: str) -> Any:
    """What a command prints as JSON."""
    outcome = ran(*arguments, "--json")
    assert outcome.exit_code == 0, (arguments, outcome.output, outcome.exception)
    return json.loads(outcome.stdout)


LISTS: dict[tuple[str, ...], str] = {
    ("show", "--team", "N07T01"): "figures?within=team:N07T01",
    ("caseload", "--by", "team", "--cells"): "caseload?within=trust&by=team&cells=true",
    ("progress", "--pdu", "N07P1", "--by", "practitioner"): "progress?within=pdu:N07P1&by=practitioner",
    ("reports", "--by", "grade"): "court-reports?within=trust&by=grade",
    ("omic",): "omic?within=trust",
    ("grades", "--team", "N07T01"): "grades?within=team:N07T01",
    ("people", "--band", "above"): "people?within=trust&band=above",
    ("record", *WHO): f"{OF_ALICE}/record",
    ("history", "show", "--by", "team"): "history?within=trust&by=team",
    ("history", "trends", "--by", "team"): "trends?within=trust&by=team",
    ("reasons", "list"): "reasons",
    ("stayed-behind",): "stayed-behind",
    ("mistakes", "list"): "mistakes",
    ("unallocated",): "allocation/unallocated",
    ("differences",): "allocation/differences",
    ("allocation", "history"): "allocation/history",
    ("allocation", "cases", *WHO): f"allocation/cases?om_key={WHO[0]}&team_code={WHO[1]}",
    ("weights", "list"): "weights",
    ("weights", "drafts"): "weights/drafts",
    ("weights", "proposals"): "weights/proposals",
}
WHOLE: dict[tuple[str, ...], str] = {
    ("hours", "show", *WHO): f"{OF_ALICE}/hours",
    ("working", "N07A002", "N07T01"): "practitioners/N07A002/N07T01",
}
NUMBERED = ("reasons", "mistakes")
MOST_STATEMENTS = 12


def plain(value: Any) -> Any:
    """Moments are written in two ways that mean the same."""
    if isinstance(value, dict):
        return {name: plain(one) for name, one in value.items()}
    if isinstance(value, list):
        return [plain(one) for one in value]
    return value.replace("+00:00", "Z")[:19] if isinstance(value, str) and value[10:11] == "T" else value


def test_every_list_and_every_single_thing_is_what_the_api_answers(
    busy: Trust, browse: Browse, everybody: "User", count_queries: Callable[[], AbstractContextManager[Any]]
) -> None:
    browser = browse(busy, everybody)
    browser.get("/api/workload/figures")
    for arguments, address in LISTS.items():
        with count_queries() as counted:
            answer = browser.get(f"/api/workload/{address}")
        assert answer.status_code == 200, (address, answer.content)
        assert counted.count <= MOST_STATEMENTS, (address, counted.texts)
        assert plain(printed(*arguments)) == plain(answer.json()["items"]), arguments
    first = {noun: str(printed(noun, "list")[0]["number"]) for noun in NUMBERED}
    numbered = {(noun, "show", number): f"{noun}/{number}" for noun, number in first.items()}
    for arguments, address in (WHOLE | numbered).items():
        answer = browser.get(f"/api/workload/{address}").json()
        answer.pop("as_at", None)
        assert plain(printed(*arguments)) == plain(answer), arguments
    empty = {arguments[0] for arguments in LISTS if not printed(*arguments)}
    assert empty.isdisjoint({"show", "caseload", "people", "unallocated", "differences", "mistakes", "allocation"})


def test_a_table_has_headings_and_csv_no_formula(busy: Trust) -> None:
    table = ran("people", "--team", "N07T01").stdout.splitlines()
    assert table[0].split("\t")[:2] == ["om_key", "team_code"]
    assert len({line.count("\t") for line in table}) == 1
    with trust_scope(busy):
        WeightDraft.objects.update(name="=1+1")
    (row,) = csv.DictReader(io.StringIO(ran("weights", "drafts", "--csv").stdout))
    assert row["name"] == "'=1+1"
    figures = list(csv.DictReader(io.StringIO(ran("show", "--csv").stdout)))
    assert {row["points.total"] for row in figures} == {str(row["points"]["total"]) for row in printed("show")}


def test_cases_are_tried_spread_put_back_and_the_record_let_stand(busy: Trust) -> None:
    tried = printed("allocation", "try", "X900010", "--to", BELOW.om_key, "--team", "N07T01")
    assert [(one["om_key"], one["cases_after"] - one["cases_now"]) for one in tried] == [
        (ALICE.om_key, -1),
        (BELOW.om_key, 1),
    ]
    offered = printed("allocation", "candidates", "X900010")
    assert {row["om_key"]: row["points_after"] for row in offered}[BELOW.om_key] == tried[1]["points_after"]
    spread = printed(
        "allocation", "spread", "X000002", "X000003", "--over", "N07A002/N07T01", "--over", "N07A003/N07T01"
    )
    assert {one["to"]["om_key"] for one in spread["moves"]} <= {"N07A002", "N07A003"}
    batch = printed("allocation", "put-back", "X900010", "--reason", "Workload")["batch"]
    (moved,) = printed("allocation", "moved", batch)
    assert (moved["kind"], moved["giver"]["om_key"], moved["taker"]["om_key"]) == ("put-back", "N07A001", "N07AUTSO")
    contradicted, not_compared = printed("differences")
    assert (contradicted["is_compared"], not_compared["is_compared"]) == (True, False)
    assert printed("allocation", "let-stand", str(contradicted["id"]))["state"] == "dropped"
    assert printed("undo-allocation", batch, "--case", not_compared["crn"]) == {"moved_back": 1, "left": []}
    assert printed("differences") == []
    assert "Workload" in {row["name"] for row in printed("allocation", "reasons")}


def test_a_reduction_is_changed_deleted_and_put_back_and_a_personal_one_keeps_its_secret(busy: Trust) -> None:
    added = printed(
        *("reductions", "add", "N07A002", "N07T01", "--reason", "court duty", "--hours", "3"),
        *("--from", TODAY.isoformat()),
    )
    changed = printed("reductions", "change", str(added["number"]), "--hours", "4.5", "--why", "More of it")
    deleted = printed("reductions", "delete", str(changed["number"]))
    back = printed("reductions", "put-back", str(deleted["number"]))
    shown = printed("reductions", "show", str(added["number"]))
    assert (shown["number"], shown["hours"], shown["status"]) == (back["number"], 4.5, "ACTIVE")
    assert [state["act"] for state in shown["history"]] == ["put_back", "deleted", "changed", "added"]
    with trust_scope(busy):
        personal = Reduction.objects.get(place__practitioner__om_key="N07A001", superseded_by=None).pk
    shown = printed("reductions", "show", str(personal))
    assert (shown["reason"], shown["notes"]) == ("Personal", "")
    assert ran("reductions", "change", str(personal), "--notes", "Let me see").exit_code == 1
    after = printed("reductions", "change", str(personal), "--hours", "2")
    with trust_scope(busy):
        assert Reduction.objects.get(pk=after["number"]).notes == "Agreed: Pregnancy"


def test_hours_and_reductions_are_tried(busy: Trust) -> None:
    given = ("N07A002", "N07T01", "--from", TODAY.isoformat())
    (tried,) = printed("reductions", "try", *given, "--percent", "50")
    (alike,) = printed("hours", "try", *given[:2], "18.5", *given[2:])
    assert (tried["reduction_hours"], tried["contracted_hours"], alike["contracted_hours"]) == (18.5, 37, 18.5)
    assert tried["capacity_after"] == alike["capacity_after"] > tried["capacity_before"]
    assert printed("reductions", "list", "--practitioner", "N07A002") == []


def test_reasons_and_reports_are_answered_for_on_the_command_line(busy: Trust) -> None:
    added = printed("reasons", "add", "Jury service", "--kind", "work", "--maximum", "50")
    told = printed("reasons", "set", str(added["number"]), "--from", TODAY.isoformat(), "--off")
    assert (told["in_force"]["enabled"], told["in_force"]["maximum_percent"], len(told["history"])) == (False, None, 2)
    number = str(printed("mistakes", "list")[0]["number"])
    answer = ("mistakes", "answer", number, "--is-right", "--words", "27 it is")
    assert printed(*answer)["state"] == "is-right"
    assert ran(*answer).exit_code == 1
    assert printed("mistakes", "list") == []


def test_weights_are_drafted_proposed_and_approved_in_two_persons_names(
    busy: Trust, head: "User", everybody: "User", bob: "User", tmp_path: Any
) -> None:
    file = tmp_path / "heavier.json"
    weights = printed("weights", "show")
    weights["cases"]["community"]["b2"] = 200
    file.write_text(json.dumps(weights))
    draft = printed("weights", "save", str(file), "--user", head.email)["id"]
    assert json.loads(ran("weights", "draft", draft).stdout)["cases"]["community"]["b2"] == 200
    assert printed("weights", "throw-away", draft, "--user", head.email)["is_thrown_away"] is True
    assert printed("weights", "bring-back", draft, "--user", head.email)["is_thrown_away"] is False
    given = ("weights", "propose", draft, "--from", TODAY.isoformat(), "--reason", "An audit", "--user")
    assert ran(*given, bob.email).exit_code == 1
    number = str(printed(*given, head.email)["number"])
    assert [row["name"] for row in printed("weights", "proposal", number)["changes"]["lines"]]
    assert ran("weights", "approve", number, "--user", head.email).exit_code == 1
    assert printed("weights", "approve", number, "--user", everybody.email)["version"] == 2
    again = printed("weights", "again", "1", "--user", everybody.email)
    proposed = ("weights", "propose", again["id"], "--from", TODAY.isoformat(), "--reason", "Back", "--user")
    number = str(printed(*proposed, everybody.email)["number"])
    assert printed("weights", "withdraw", number, "--user", everybody.email)["state"] == "withdrawn"
    number = str(printed(*proposed, everybody.email)["number"])
    rejected = printed("weights", "reject", number, "--reason", "Not yet", "--user", head.email)
    assert (rejected["state"], rejected["decision_reason"]) == ("rejected", "Not yet")
