"""`londonnet workload …`: results on standard output, messages on standard error, four exit codes."""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from londonnet.apps.workload.commands import COMMANDS
from londonnet.apps.workload.services import recompute
from londonnet.config import cli
from londonnet.platform.audit.models import TrailEntry
from londonnet.platform.trusts import Trust, trust_scope

from . import building
from .building import ALICE, DAY, Entry, key


@pytest.fixture
def figures(alpha: Trust) -> None:
    """Alice and Ben in one team, Carl in another PDU."""
    with trust_scope(alpha):
        building.team("N07T02", "N07P2", "N07R1")
        building.hours(ALICE, "37", date(2026, 4, 1))
        building.reduction(ALICE, "1.8", date(2026, 4, 1))
        building.extract(
            {
                ALICE: Entry({("community", 6): 20}, {("custody", 3): 1}, sdr=1),
                key("N07A002", "N07T01"): Entry({("custody", 1): 2}, grade="SPO"),
                key("N07A003", "N07T02"): Entry({("licence", 1): 3}, grade="PSO"),
            }
        )
        recompute(reason="A test", day=DAY)


Run = Any


@pytest.fixture
def londonnet(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run the command line as a shell would; the exit code, the result, the messages."""

    def run(*arguments: str) -> tuple[int, Any, str]:
        monkeypatch.setattr(sys, "argv", ["londonnet", *arguments])
        with commands_there(), pytest.raises(SystemExit) as left:
            sys.exit(cli._run())
        printed = capsys.readouterr()
        assert isinstance(left.value.code, int)
        return left.value.code, json.loads(printed.out) if printed.out else None, printed.err

    return run


@contextmanager
def commands_there() -> Iterator[None]:
    """The application's commands among those of the program."""
    before = dict(cli.root.commands)
    for command in COMMANDS:
        cli.root.add_command(command)
    try:
        yield
    finally:
        cli.root.commands = before


@pytest.mark.usefixtures("figures")
def test_show_prints_every_practitioner_in_team_as_published(londonnet: Run) -> None:
    code, rows, _ = londonnet("workload", "show", "--trust", "alpha", "--json")
    assert code == 0
    assert rows[0] == {
        "om_key": "N07A001",
        "team_code": "N07T01",
        "pdu_code": "N07P1",
        "region_code": "N07R1",
        "grade": "PO",
        "cases": 20,
        "t2a_cases": 1,
        "points": {"cases": 2300, "t2a": 59, "reports": 138, "support": 0, "total": 2497},
        "contracted_hours": 37.0,
        "reduction_hours": 1.8,
        "available": 2070,
        "capacity": 100 * 2497 / 2070,
        "capacity_note": None,
        "weights_version": 1,
    }
    assert (rows[1]["capacity"], rows[1]["capacity_note"], rows[1]["contracted_hours"]) == (None, "not measured", 0.0)
    assert [row["om_key"] for row in rows] == ["N07A001", "N07A002", "N07A003"]


@pytest.mark.usefixtures("figures")
def test_show_sums_by_team_and_upwards(londonnet: Run) -> None:
    _, teams, _ = londonnet("workload", "show", "--trust", "alpha", "--by", "team", "--json")
    assert teams[0] == {
        "code": "N07T01",
        "name": "Team N07T01",
        "practitioners": 2,
        "cases": 22,
        "points": {"cases": 2450, "t2a": 59, "reports": 138, "support": 0, "total": 2647},
        "points_not_measured": 150,
        "available": 2070,
        "capacity": 100 * 2647 / 2070,
        "capacity_note": None,
    }
    totals = {}
    for level in ("pdu", "region", "trust"):
        _, rows, _ = londonnet("workload", "show", "--trust", "alpha", "--by", level, "--json")
        totals[level] = {row["code"]: row["points"]["total"] for row in rows}
    assert totals == {
        "pdu": {"N07P1": 2647, "N07P2": 657},
        "region": {"N07R1": 3304},
        "trust": {"alpha": 3304},
    }


@pytest.mark.usefixtures("figures")
@pytest.mark.parametrize(
    ("option", "code", "keys"),
    [
        ("--team", "N07T02", ["N07A003"]),
        ("--pdu", "N07P1", ["N07A001", "N07A002"]),
        ("--region", "N07R1", ["N07A001", "N07A002", "N07A003"]),
        ("--practitioner", "N07A002", ["N07A002"]),
    ],
)
def test_show_can_be_narrowed(londonnet: Run, option: str, code: str, keys: list[str]) -> None:
    _, rows, _ = londonnet("workload", "show", "--trust", "alpha", option, code, "--json")
    assert [row["om_key"] for row in rows] == keys


@pytest.mark.usefixtures("figures")
@pytest.mark.parametrize("option", ["--team", "--pdu", "--region", "--practitioner"])
def test_a_mistyped_code_is_said_and_no_empty_answer(londonnet: Run, option: str) -> None:
    code, rows, said = londonnet("workload", "show", "--trust", "alpha", option, "N07T99", "--json")
    assert (code, rows) == (1, None)
    assert f"There is no {option.strip('-')} with the code 'N07T99'" in said


@pytest.mark.usefixtures("figures")
def test_weights_are_shown_and_loaded_in_the_same_shape(londonnet: Run, tmp_path: Path) -> None:
    _, weights, _ = londonnet("workload", "weights", "show", "--trust", "alpha", "--json")
    assert (weights["version"], weights["valid_from"], weights["cases"]["community"]["b2"]) == (1, "2026-04-01", 115)
    assert set(weights) == {
        *("version", "valid_from", "cases", "t2a", "reports", "target"),
        *("default_hours", "inactive_percent", "support"),
    }
    weights["cases"]["community"]["b2"] = 200
    file = tmp_path / "weights.json"
    file.write_text(json.dumps(weights))
    code, _, said = londonnet("workload", "weights", "load", str(file), "--trust", "alpha")
    assert (code, said) == (0, "Weights version 2 is adopted, valid from 2026-04-01.\n")
    _, after, _ = londonnet("workload", "weights", "show", "--trust", "alpha", "--json")
    assert after == weights | {"version": 2}
    _, rows, _ = londonnet("workload", "show", "--trust", "alpha", "--practitioner", "N07A001", "--json")
    assert (rows[0]["points"]["cases"], rows[0]["weights_version"]) == (4000, 2)


@pytest.mark.usefixtures("figures")
def test_partial_weights_are_refused_with_everything_that_is_missing(londonnet: Run, tmp_path: Path) -> None:
    _, weights, _ = londonnet("workload", "weights", "show", "--trust", "alpha", "--json")
    del weights["cases"]["custody"]["c1"], weights["reports"]
    file = tmp_path / "weights.json"
    file.write_text(json.dumps(weights))
    code, result, said = londonnet("workload", "weights", "load", str(file), "--trust", "alpha")
    assert (code, result) == (2, None)
    assert "reports is missing" in said
    assert "cases.custody.c1 is missing" in said
    _, after, _ = londonnet("workload", "weights", "show", "--trust", "alpha", "--json")
    assert after["version"] == 1


@pytest.mark.usefixtures("figures")
def test_hours_and_reductions_are_loaded_as_the_command(londonnet: Run, tmp_path: Path, alpha: Trust) -> None:
    hours, reductions = tmp_path / "hours.csv", tmp_path / "reductions.csv"
    hours.write_text("om_key,team_code,contracted_hours,from,to\nN07A003,N07T02,18.5,2026-04-01,\n")
    reductions.write_text(
        "om_key,team_code,reason,hours,start,end,notes\n"
        "N07A003,N07T02,Court Duty,18.5,2026-04-01,,\nN07A003,N07T02,Nonsense,1,2026-04-01,,\n"
    )
    code, _, said = londonnet("workload", "hours", "load", str(hours), "--trust", "alpha")
    assert (code, said) == (0, "Loaded: 1 read, 1 loaded, 0 quarantined, 0 ignored.\n")
    code, report, said = londonnet("workload", "reductions", "load", str(reductions), "--trust", "alpha", "--json")
    assert code == 0
    assert "Line 3, reason: it is not one of the reduction reasons" in said
    assert report["rows"] == {"read": 2, "loaded": 1, "quarantined": 1, "ignored": 0}
    assert report["quarantined"] == [
        {"line": 3, "column": "reason", "value": "Nonsense", "reason": "it is not one of the reduction reasons"}
    ]
    _, rows, _ = londonnet("workload", "show", "--trust", "alpha", "--team", "N07T02", "--json")
    assert (rows[0]["available"], rows[0]["capacity_note"]) == (0, "no capacity left")
    with trust_scope(alpha):
        entry = TrailEntry.objects.get(kind="workload.reductions_loaded")
        assert (entry.actor_kind, entry.actor_name) == ("command", "londonnet workload reductions load")


def test_a_file_that_cannot_be_read_is_refused(londonnet: Run, alpha: Trust, tmp_path: Path) -> None:
    file = tmp_path / "hours.csv"
    file.write_text("om_key,contracted_hours\n")
    code, _, said = londonnet("workload", "hours", "load", str(file), "--trust", "alpha")
    assert code == 2
    assert "The file lacks these columns" in said


@pytest.mark.usefixtures("alpha")
@pytest.mark.parametrize(
    "arguments",
    [
        ("workload", "show"),
        ("workload", "show", "--trust", "alpha", "--by", "desk"),
        ("workload", "show", "--trust", "alpha", "--team", "A", "--pdu", "B"),
        ("workload", "hours", "load", "/no/such/file.csv", "--trust", "alpha"),
    ],
)
def test_wrong_use_has_a_code_of_its_own(londonnet: Run, arguments: tuple[str, ...]) -> None:
    code, result, said = londonnet(*arguments)
    assert (code, result) == (64, None)
    assert said


def test_a_trust_that_is_not_there_is_a_failure(londonnet: Run, alpha: Trust) -> None:
    code, result, said = londonnet("workload", "show", "--trust", "nowhere", "--json")
    assert (code, result) == (1, None)
    assert "nowhere" in said


def test_without_an_extract_show_prints_an_empty_list(londonnet: Run, alpha: Trust) -> None:
    assert londonnet("workload", "show", "--trust", "alpha", "--json")[:2] == (0, [])
