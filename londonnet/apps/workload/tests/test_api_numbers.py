"""The numbers of places for programs: what the selectors and the command line say of the same place."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client

from londonnet.apps.workload import selectors
from londonnet.apps.workload.history_json import excess_json, history_json
from londonnet.apps.workload.numbers_json import (
    EVERY_CELL,
    caseload_json,
    grade_json,
    numbers_json,
    progress_json,
)
from londonnet.apps.workload.selectors import Within
from londonnet.apps.workload.selectors.everyone import Everyone
from londonnet.apps.workload.selectors.excess import excess_rows
from londonnet.apps.workload.selectors.excess_days import Excess
from londonnet.apps.workload.selectors.history import Span, history
from londonnet.apps.workload.selectors.numbers import Numbers
from londonnet.apps.workload.selectors.of_place import (
    caseload_numbers,
    grade_numbers,
    omic_numbers,
    progress_numbers,
    report_numbers,
)
from londonnet.apps.workload.selectors.people import Standing, people
from londonnet.apps.workload.services import keep_day, recompute
from londonnet.apps.workload.tests import extracts
from londonnet.platform.trusts import Trust, trust_scope

if TYPE_CHECKING:
    from londonnet.platform.access.models import User

Browse = Callable[..., Client]
BASE = "/api/workload/"
DAY = extracts.DAY
NUMBERS = ("caseload", "progress", "court-reports", "omic", "grades", "people")
OF_A_PLACE = (*NUMBERS, "history", "excessive", "trends")


@pytest.fixture
def loaded(alpha: Trust) -> Trust:
    """Alpha with an extract in force, its day kept, and figures of the day after."""
    with trust_scope(alpha):
        extracts.load()
        keep_day()
        recompute(reason="A test", day=DAY + timedelta(days=1))
    return alpha


def asked(browser: Client, noun: str, **given: Any) -> Any:
    """What an operation answers."""
    answer = browser.get(BASE + noun, given)
    assert answer.status_code == 200, answer.content
    return answer.json()


def counted(noun: str, within: Within, by: Any) -> tuple[Numbers, Callable[..., Any]]:
    """The same numbers from the selectors."""
    figures = selectors.figures_in_force()
    assert figures is not None
    everyone = Everyone(within, figures.snapshot_id)
    if noun == "caseload":
        return caseload_numbers(everyone, by, names=EVERY_CELL), caseload_json
    if noun == "progress":
        return progress_numbers(everyone, by), progress_json
    if noun == "court-reports":
        return report_numbers(everyone, by, figures), numbers_json
    return omic_numbers(everyone, by, figures), numbers_json


@pytest.mark.parametrize("noun", ["caseload", "progress", "court-reports", "omic"])
@pytest.mark.parametrize("by", ["team", "practitioner", "grade"])
def test_numbers_are_those_of_the_pages(loaded: Trust, browse: Browse, head: "User", noun: str, by: str) -> None:
    cells = {"cells": True} if noun == "caseload" else {}
    answer = asked(browse(loaded, head), noun, within="pdu:N07P1", by=by, **cells)
    with trust_scope(loaded):
        found, shown = counted(noun, Within("pdu", "N07P1"), by)
    assert answer["items"] == [shown(row) for row in found.rows]
    assert answer["together"] == shown(found.together)
    assert answer["total"] == len(found.rows)
    assert noun == "omic" or found.rows


def test_the_caseload_says_what_people_hold(loaded: Trust, browse: Browse, bob: "User") -> None:
    answer = asked(browse(loaded, bob), "caseload", within="team:N07T01", cells=True)
    alice = next(row for row in answer["items"] if row["code"] == "N07A001")
    assert (alice["cases"], alice["b"], alice["tiers"]["b2"], alice["cells"]["community"]["b2"]) == (27,) * 4
    assert asked(browse(loaded, bob), "caseload", within="team:N07T01", grade=["SPO"])["total"] == 1
    assert asked(browse(loaded, bob), "caseload", within="team:N07T01", location="custody")["together"]["cases"] == 0


def test_a_month_end_that_isnt_kept_is_said_not_to_be(loaded: Trust, browse: Browse, bob: "User") -> None:
    browser = browse(loaded, bob)
    assert asked(browser, "caseload/month-ends") == {"month_ends": []}
    answer = browser.get(BASE + "caseload", {"within": "team:N07T01", "month_end": "2026-10-31"})
    assert (answer.status_code, answer.json()["error"]["code"]) == (404, "figures-not-kept")


def test_figures_by_grade_are_those_of_the_overview(loaded: Trust, browse: Browse, bob: "User") -> None:
    answer = asked(browse(loaded, bob), "grades", within="team:N07T01")
    with trust_scope(loaded):
        figures = selectors.figures_in_force()
        assert figures is not None
        found = grade_numbers(Everyone(Within("team", "N07T01"), figures.snapshot_id), figures)
    assert answer["items"] == [grade_json(row) for row in found.rows]
    assert [row["grade"] for row in answer["items"]] == ["PO", "SPO"]


@pytest.mark.parametrize("band", list(Standing))
def test_people_stand_where_the_page_says(loaded: Trust, browse: Browse, head: "User", band: Standing) -> None:
    answer = asked(browse(loaded, head), "people", within="trust", band=band.value)
    with trust_scope(loaded):
        figures = selectors.figures_in_force()
        assert figures is not None
        rows = people(Within(), figures=figures, standing=band)
    assert [row["om_key"] for row in answer["items"]] == [row.om_key for row in rows]
    assert answer["total"] == answer["standings"][band.name.lower()] == len(rows) > 0


def test_people_are_narrowed_by_grade_and_capacity_and_come_in_parts(
    loaded: Trust, browse: Browse, head: "User"
) -> None:
    browser = browse(loaded, head)
    assert [row["om_key"] for row in asked(browser, "people", within="trust", grade="SPO")["items"]] == ["N07A004"]
    above = asked(browser, "people", within="trust", capacity_from="100", sort="capacity", descending=True)
    assert above["items"][0]["om_key"] == "N07A001"
    assert all(row["capacity"] >= 100 for row in above["items"])
    part = asked(browser, "people", within="trust", limit=2, offset=3)
    whole = asked(browser, "people", within="trust")
    assert part["items"] == whole["items"][3:5]
    then = asked(browser, "people", within="trust", as_at=DAY.isoformat())
    assert then["as_at"]["day"] == DAY.isoformat() != whole["as_at"]["day"]


def test_the_history_is_that_of_the_page(loaded: Trust, browse: Browse, head: "User") -> None:
    days = {"first_day": DAY.isoformat(), "last_day": (DAY + timedelta(days=1)).isoformat()}
    span = Span(DAY, DAY + timedelta(days=1))
    browser = browse(loaded, head)
    for by in ("trust", "pdu", "team", "practitioner"):
        answer = asked(browser, "history", within="trust", by=by, **days)
        with trust_scope(loaded):
            rows = history(by, Within(), span=span, figures=selectors.figures_in_force())
        assert answer["items"] == [history_json(row) for row in rows] != []
        part = asked(browser, "history", within="trust", by=by, **days, limit=1, offset=len(rows) - 1)
        assert (part["total"], part["items"]) == (len(rows), answer["items"][-1:])
        beyond = asked(browser, "history", within="trust", by=by, **days, offset=1000)
        assert (beyond["total"], beyond["items"]) == (len(rows), [])
    grades = asked(browser, "history", within="team:N07T01", grades=True, **days)["items"]
    assert {row["grade"] for row in grades} == {"PO", "SPO"}
    assert asked(browser, "history/kept") == {"first_day": DAY.isoformat(), "last_day": DAY.isoformat()}


def test_a_practitioners_history_is_told_of_the_teams_within_reach(
    loaded: Trust, browse: Browse, bob: "User", charlie: "User", alice: "User"
) -> None:
    days = {"first_day": DAY.isoformat(), "last_day": DAY.isoformat(), "within": "practitioner:N07A001"}
    for who in (alice, bob):
        (row,) = asked(browse(loaded, who), "history", **days)["items"]
        assert (row["om_key"], row["team_code"]) == ("N07A001", "N07T01")
    assert browse(loaded, charlie).get(BASE + "history", days).status_code == 404
    assert browse(loaded, bob).get(BASE + "history", {**days, "team_code": "N07T02"}).status_code == 404


def test_who_was_above_for_weeks_is_what_the_page_says(loaded: Trust, browse: Browse, head: "User") -> None:
    with trust_scope(loaded):
        for after in range(2, 16):
            recompute(reason="A test", day=DAY + timedelta(days=after))
            keep_day()
    asking = {"first_day": DAY.isoformat(), "last_day": (DAY + timedelta(days=15)).isoformat(), "weeks": 2}
    answer = asked(browse(loaded, head), "excessive", within="trust", **asking)
    excess = Excess(DAY, DAY + timedelta(days=15), 2)
    with trust_scope(loaded):
        rows = excess_rows("practitioner", asked=excess, figures=selectors.figures_in_force()).rows
    assert answer["items"] == [excess_json(row) for row in rows]
    assert [row["om_key"] for row in answer["items"]] == ["N07A001"]
    for lasting, count in (("still", 1), ("over", 0)):
        assert asked(browse(loaded, head), "excessive", within="trust", lasting=lasting, **asking)["total"] == count
    trend = asked(browse(loaded, head), "trends", within="team:N07T01", until=asking["last_day"], weeks=3)
    assert [day[:4] for day in trend["weeks"]] == ["2026"] * 3
    alice = next(one for one in trend["items"] if one["code"] == "N07A001")
    assert alice["team_code"] == "N07T01"
    assert alice["capacity"][0] == pytest.approx(150.2, abs=0.1)


@pytest.mark.parametrize("noun", OF_A_PLACE)
@pytest.mark.parametrize("within", ["trust", "region:N07R1", "pdu:N07P1", "team:N07T02", "team:N07T99"])
def test_a_place_out_of_reach_is_like_one_that_isnt_there(
    loaded: Trust, browse: Browse, bob: "User", noun: str, within: str
) -> None:
    assert browse(loaded, bob).get(BASE + noun, {"within": within}).status_code == 404


@pytest.mark.parametrize(
    ("noun", "given", "field"),
    [
        ("caseload", {"within": "team:N07T01", "by": "pdu"}, "by"),
        ("caseload", {"within": "somewhere"}, "within"),
        ("progress", {}, "within"),
        ("people", {"within": "practitioner:N07A001"}, "within"),
        ("people", {"within": "team:N07T01", "band": "high"}, "band"),
        ("history", {"within": "team:N07T01", "by": "trust"}, "by"),
        ("history", {"within": "team:N07T01", "first_day": "2026-11-20", "last_day": "2026-11-19"}, "last_day"),
        ("excessive", {"within": "team:N07T01", "weeks": 0}, "weeks"),
        ("trends", {"within": "team:N07T01", "by": "team"}, "by"),
        ("trends", {"within": "team:N07T01", "until": "0001-01-01"}, "until"),
        ("history", {"within": "team:N07T01", "last_day": "0001-01-01"}, "last_day"),
        ("excessive", {"within": "team:N07T01", "last_day": "9999-12-31"}, "last_day"),
    ],
)
def test_what_cant_be_asked_is_told_by_field(
    loaded: Trust, browse: Browse, bob: "User", noun: str, given: dict[str, Any], field: str
) -> None:
    answer = browse(loaded, bob).get(BASE + noun, given)
    assert (answer.status_code, answer.json()["error"]["details"][0]["field"]) == (422, field)


@pytest.mark.parametrize("noun", OF_A_PLACE)
def test_calls_about_places_cost_the_same_whatever_the_rows(
    loaded: Trust,
    browse: Browse,
    head: "User",
    noun: str,
    count_queries: Callable[[], AbstractContextManager[Any]],
) -> None:
    browser = browse(loaded, head)
    costs = []
    for within in ("team:N07T02", "trust"):
        browser.get(BASE + noun, {"within": within})
        with count_queries() as counted_queries:
            assert browser.get(BASE + noun, {"within": within}).status_code == 200
        costs.append(counted_queries.count)
    assert max(costs) <= 12
    # The trust needs no look-up of where it is.
    assert costs[0] - costs[1] in (0, 1)
