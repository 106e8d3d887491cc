"""`londonnet workload show`: every number against an oracle that was written from the rules alone."""

from collections.abc import Mapping
from typing import Any, Final

import pytest

from . import oracle
from .conftest import Loaded
from .layout import names
from .program import Program

PRACTITIONER_KEYS: Final = names(
    "om_key team_code pdu_code region_code grade cases t2a_cases points contracted_hours reduction_hours available "
    "capacity capacity_note weights_version"
)
ORGANISATION_KEYS: Final = names(
    "code name practitioners cases points points_not_measured available capacity capacity_note"
)
POINTS_KEYS: Final = names("cases t2a reports support total")

Rows = list[dict[str, Any]]
QUESTIONS: Final = {
    "practitioner": ("--by", "practitioner"),
    "team": ("--by", "team"),
    "pdu": ("--by", "pdu"),
    "region": ("--by", "region"),
    "trust": ("--by", "trust"),
    "region N07R2": ("--by", "team", "--region", "N07R2"),
    "pdu N07P1": ("--pdu", "N07P1"),
    "team N07T03": ("--by", "practitioner", "--team", "N07T03"),
    "practitioner N07A001": ("--by", "trust", "--practitioner", "N07A001"),
}


@pytest.fixture(scope="session")
def shown(program: Program, loaded: Loaded) -> dict[str, Rows]:
    """What the program answers to each question."""
    lines = [("workload", "show", "--trust", loaded.slug, *question, "--json") for question in QUESTIONS.values()]
    return {name: ran.done().json for name, ran in zip(QUESTIONS, program.each(*lines), strict=True)}


@pytest.fixture(scope="session")
def expected(loaded: Loaded) -> dict[tuple[str, str], dict[str, Any]]:
    """The oracle's figures."""
    return oracle.practitioners()


def by_code(rows: Rows) -> dict[str, dict[str, Any]]:
    """Rows of organisations by code; no code may stand twice."""
    found = {row["code"]: row for row in rows}
    assert len(found) == len(rows)
    return found


def of_trust(loaded: Loaded, rows: Mapping[str, dict[str, Any]]) -> Rows:
    """The oracle's one row of a trust, under the trust's own code and name."""
    return [rows[""] | {"code": loaded.slug, "name": loaded.name}]


def test_every_practitioner_in_team_has_the_figures_of_the_rules(
    shown: dict[str, Rows], expected: dict[tuple[str, str], dict[str, Any]]
) -> None:
    rows = {(row["om_key"], row["team_code"]): row for row in shown["practitioner"]}
    assert len(rows) == len(shown["practitioner"])
    assert rows == expected


def test_the_oracle_has_the_edges_in_it(expected: dict[tuple[str, str], dict[str, Any]]) -> None:
    figures = expected.values()
    assert {row["capacity_note"] for row in figures} == {None, "not measured", "no capacity left"}
    assert {row["grade"] for row in figures} == {"PO", "TPO", "PSO", "SPO", "DMY", ""}
    assert expected["N07A010", "N07T04"]["points"]["total"] == -44
    assert expected["N07A001", "N07T01"]["points"]["cases"] == 1432 + 469 + 1288
    assert expected["N07A004", "N07T02"]["available"] == 1305
    assert any(row["capacity"] and row["capacity"] > 110 for row in figures)


@pytest.mark.parametrize("level", ["team", "pdu", "region"])
def test_an_organisation_is_the_sum_of_everyone_in_it(
    level: str, shown: dict[str, Rows], expected: dict[tuple[str, str], dict[str, Any]]
) -> None:
    assert by_code(shown[level]) == oracle.organisations(level, expected.values())


def test_the_trust_is_the_sum_of_everyone(
    shown: dict[str, Rows], expected: dict[tuple[str, str], dict[str, Any]], loaded: Loaded
) -> None:
    assert shown["trust"] == of_trust(loaded, oracle.organisations("trust", expected.values()))


def test_a_team_of_which_nothing_is_available_says_why(shown: dict[str, Rows]) -> None:
    teams = by_code(shown["team"])
    assert {code: teams[code]["capacity_note"] for code in ("N07T01", "N07T05", "N07T06")} == {
        "N07T01": None,
        "N07T05": "not measured",
        "N07T06": "no capacity left",
    }


def test_each_filter_leaves_that_part_only_and_by_practitioner_is_the_usual_way(
    shown: dict[str, Rows], expected: dict[tuple[str, str], dict[str, Any]], loaded: Loaded
) -> None:
    def within(column: str, code: str) -> list[dict[str, Any]]:
        return [row for row in expected.values() if row[column] == code]

    in_region = oracle.organisations("team", within("region_code", "N07R2"))
    one_person = oracle.organisations("trust", within("om_key", "N07A001"))
    assert by_code(shown["region N07R2"]) == in_region
    assert sorted(shown["pdu N07P1"], key=who) == sorted(within("pdu_code", "N07P1"), key=who)
    assert sorted(shown["team N07T03"], key=who) == sorted(within("team_code", "N07T03"), key=who)
    assert shown["practitioner N07A001"] == of_trust(loaded, one_person)


def who(row: Mapping[str, Any]) -> tuple[str, str]:
    """The key of a practitioner-in-team."""
    return row["om_key"], row["team_code"]


def test_rows_have_the_published_keys_in_their_order(shown: dict[str, Rows]) -> None:
    for row in shown["practitioner"]:
        assert (tuple(row), tuple(row["points"])) == (PRACTITIONER_KEYS, POINTS_KEYS)
    for level in ("team", "pdu", "region", "trust"):
        for row in shown[level]:
            assert (tuple(row), tuple(row["points"])) == (ORGANISATION_KEYS, POINTS_KEYS)
