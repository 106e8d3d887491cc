"""`londonnet trust`, `user` and `demo`: making things, and what is said when it can't be done."""

import csv
import re
from pathlib import Path

import pytest

from .conftest import Loaded
from .program import Program, Ran


@pytest.fixture(scope="module")
def ran(program: Program, loaded: Loaded, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Ran]:
    """Commands that don't lean on each other, by what they are about."""
    out = tmp_path_factory.mktemp("demo") / "demo.xlsx"
    user = ("user", "create", "--trust", loaded.slug)
    lines: dict[str, tuple[str | Path, ...]] = {
        "list": ("trust", "list", "--json"),
        "same trust": ("trust", "create", loaded.slug, "--name", "Twice"),
        "bad slug": ("trust", "create", "Not_A_Slug", "--name", "Bad"),
        "no such trust": ("workload", "show", "--trust", "nosuch", "--json"),
        "manager": (*user, "pat@example.org", "--role", "team_manager", "--scope", "N07T01"),
        "practitioner": (*user, "sam@example.org", "--role", "practitioner", "--practitioner", "N07A001", "--json"),
        "no such role": (*user, "kim@example.org", "--role", "wizard"),
        "no such file": ("extract", "check", out.with_name("nosuch.xlsx"), "--json"),
        "two filters": ("workload", "show", "--trust", loaded.slug, "--pdu", "N07P1", "--team", "N07T01", "--json"),
        "no trust": ("workload", "weights", "show", "--json"),
        "no such command": ("worklaod",),
        "demo": ("demo", "workbook", out, "--practitioners", "30", "--cases", "200", "--seed", "3", "--json"),
    }
    return dict(zip(lines, program.each(*lines.values()), strict=True))


def test_trusts_are_listed(ran: dict[str, Ran], loaded: Loaded) -> None:
    rows = ran["list"].done().json
    assert all(tuple(row) == ("slug", "name", "is_default") for row in rows)
    assert {"slug": loaded.slug, "name": loaded.name, "is_default": False} in rows


@pytest.mark.parametrize(
    ("about", "says"),
    [
        ("same trust", "There is a trust called 'figures' already"),
        ("bad slug", "small letters, digits and hyphens"),
        ("no such trust", "There is no trust called 'nosuch'. Run `londonnet trust list`"),
    ],
)
def test_what_cannot_be_done_is_1_and_says_what_to_do(ran: dict[str, Ran], about: str, says: str) -> None:
    assert (ran[about].code, ran[about].out) == (1, "")
    assert says in ran[about].err


@pytest.mark.parametrize("about", ["no such file", "no such role", "two filters", "no trust", "no such command"])
def test_wrong_use_is_64_and_prints_no_result(ran: dict[str, Ran], about: str) -> None:
    assert (ran[about].code, ran[about].out) == (64, "")
    assert "Error" in ran[about].err


def test_a_new_user_is_a_one_time_link_on_standard_output(ran: dict[str, Ran], loaded: Loaded) -> None:
    link = ran["manager"].done().out.strip()
    assert re.fullmatch(rf"https?://{loaded.slug}\.localhost(:\d+)?/\S+", link)
    assert "works once" in ran["manager"].err
    made = ran["practitioner"].done().json
    assert (made["email"], made["link"] != link) == ("sam@example.org", True)


def test_the_demo_workbook_comes_with_its_hours_and_reductions(ran: dict[str, Ran]) -> None:
    written = ran["demo"].done().json
    assert sorted(written) == ["datestamp", "hours", "reductions", "workbook"]
    assert Path(written["workbook"]).stat().st_size > 10_000
    with Path(written["hours"]).open(newline="") as file:
        assert csv.DictReader(file).fieldnames == ["om_key", "team_code", "contracted_hours", "from", "to"]


def test_the_demo_workbook_is_a_good_national_one(program: Program, ran: dict[str, Ran]) -> None:
    workbook, stamp = (ran["demo"].done().json[name] for name in ("workbook", "datestamp"))
    report = program("extract", "check", workbook, "--json").done().json
    assert (report["datestamp"], report["quarantined"]) == (stamp, [])
