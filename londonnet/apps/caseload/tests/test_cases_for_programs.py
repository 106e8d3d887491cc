"""The list of cases behind a number, for programs and on the command line."""

import json
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner
from django.test import Client

from londonnet.apps.caseload.commands import list_cases
from londonnet.platform.api.tests.calling import program, token_for
from londonnet.platform.audit.models import TrailEntry
from londonnet.platform.trusts import Trust, trust_scope

from .test_case_list import loaded

if TYPE_CHECKING:
    from londonnet.platform.access.models import User

__all__ = ["loaded"]
Browse = Callable[..., Client]
API = "/api/caseload/cases"
NARROWED: dict[str, tuple[dict[str, Any], tuple[str, ...]]] = {
    "a team": ({"within": "team:N07T01"}, ("--within", "team:N07T01")),
    "a group of tiers": ({"tier": "s"}, ("--tier", "s")),
    "a location": ({"location": "licence"}, ("--location", "licence")),
    "a flag": ({"flag": "warrant"}, ("--flag", "warrant")),
    "active": ({"active": True}, ("--active",)),
    "a practitioner": ({"within": "practitioner:N07A001"}, ("--within", "practitioner:N07A001")),
}


@pytest.mark.parametrize("asked", NARROWED)
def test_a_program_and_the_command_line_get_the_same_cases(
    loaded: Trust,  # the fixture
    browse: Browse,
    head: "User",
    asked: str,
) -> None:
    parameters, options = NARROWED[asked]
    answer = browse(loaded, head).get(API, parameters).json()
    outcome = CliRunner().invoke(list_cases, ["--trust", "alpha", "--json", *options])
    rows = json.loads(outcome.stdout)
    assert answer["items"] == rows
    assert 0 < answer["total"] == len(rows) < 4


def test_a_list_comes_in_parts_within_reach_and_each_look_is_in_the_trail(
    loaded: Trust,  # the fixture
    browse: Browse,
    bob: "User",
    charlie: "User",
) -> None:
    browser = browse(loaded, bob)
    whole = browser.get(API).json()
    second = browser.get(API, {"limit": 1, "offset": 1}).json()
    assert (second["total"], second["items"]) == (whole["total"], whole["items"][1:2])
    assert {row["team_code"] for row in whole["items"]} == {"N07T01"}
    assert browse(loaded, charlie).get(API, {"within": "team:N07T01"}).status_code == 404
    assert browser.get(API, {"within": "team:N07T99"}).status_code == 404
    assert browser.get(API, {"tier": "z9"}).status_code == 422
    with trust_scope(loaded):
        assert TrailEntry.objects.filter(kind="audit.consulted").count() == 2


def test_a_token_for_workloads_alone_lists_no_cases(loaded: Trust, bob: "User") -> None:  # the fixture
    answer = program(loaded, token_for(loaded, bob, ["workload:read"])).get(API)
    assert answer.json()["error"]["code"] == "outside-token-scope"
    assert program(loaded, token_for(loaded, bob, ["caseload:read"])).get(API).status_code == 200


def test_a_place_that_there_is_not_is_said(loaded: Trust) -> None:  # the fixture
    outcome = CliRunner().invoke(list_cases, ["--trust", "alpha", "--within", "team:N07T99"])
    assert "There is no team" in str(outcome.exception)
