"""Hours, reasons, files and what stayed behind for programs: what the pages show and do, and each thing once."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client

from londonnet.apps.workload.models import ContractedHours
from londonnet.apps.workload.selectors import practitioner_rows
from londonnet.apps.workload.tests import extracts
from londonnet.platform.trusts import Trust, trust_scope

from .staffing_calls import BASE, HOURS, TODAY, asked, of_alices, sent

if TYPE_CHECKING:
    from londonnet.platform.access.models import User

pytestmark = pytest.mark.usefixtures("figures_of_today")

Browse = Callable[..., Client]


def test_hours_are_read_and_set(loaded: Trust, browse: Browse, bob: "User") -> None:
    browser = browse(loaded, bob)
    read = asked(browser, HOURS)
    assert (read["contracted_hours"], read["default_hours"], read["periods"], read["version"]) == (37.0, 37.0, [], 0)
    given = {"hours": 18.5, "first_day": TODAY.isoformat(), "version": 0, "why": "Part time"}
    after = sent(browser, "put", HOURS, given)
    assert (after["contracted_hours"], after["periods"][0]["why"]) == (18.5, "Part time")
    assert asked(browser, HOURS) == after
    assert sent(browser, "put", HOURS, given | {"hours": 20}, status=409)["error"]["code"] == "changed-meanwhile"
    again = sent(browser, "put", HOURS, given | {"version": after["version"]}, status=422)
    assert again["error"]["details"][0]["field"] == "hours"
    with trust_scope(loaded):
        (row,) = [one for one in practitioner_rows() if one.om_key == "N07A002"]
        kept = ContractedHours.objects.filter(hours=Decimal("18.5")).count()
        assert (row.contracted_hours, kept) == (Decimal("18.5"), 1)


def test_reasons_are_read_added_and_given_terms(loaded: Trust, browse: Browse, hr: "User", bob: "User") -> None:
    browser = browse(loaded, hr)
    assert len(asked(browse(loaded, bob), "reasons")["items"]) == 26
    given = {"name": "Mentoring of newcomers", "kind": "work", "allowance_percent": 10, "maximum_percent": 20}
    added = sent(browser, "post", "reasons", given, status=201)
    assert (added["short_name"], added["in_force"]["maximum_percent"]) == ("Mentoring of newcomers", 20)
    terms = {"allowance_percent": 5, "valid_from": (TODAY + timedelta(days=7)).isoformat(), "version": added["version"]}
    after = sent(browser, "put", f"reasons/{added['number']}/terms", terms)
    assert (after["in_force"]["allowance_percent"], after["to_come"][0]["allowance_percent"]) == (10, 5)
    assert asked(browser, f"reasons/{added['number']}") == after
    assert sent(browser, "put", f"reasons/{added['number']}/terms", terms, status=409)
    assert sent(browser, "post", "reasons", given, status=422)["error"]["details"][0]["field"] == "name"
    for noun in ("reasons/999999", f"reasons/{added['number']}"):
        assert browse(loaded, bob).get(BASE + noun).status_code == 404


def test_what_stayed_behind_is_taken_along(loaded: Trust, browse: Browse, bob: "User", charlie: "User") -> None:
    with trust_scope(loaded):
        others = [one for one in extracts.EVERYBODY if one != extracts.ALICE]
        extracts.load([*others, extracts.ALICE_ELSEWHERE])
    given = {"om_key": "N07A001", "team_code": "N07T01", "to_team_code": "N07T02"}
    (seen_by_bob,) = asked(browse(loaded, bob), "stayed-behind")["items"]
    assert (seen_by_bob["om_key"], seen_by_bob["reduction_hours"], seen_by_bob["to_team_codes"]) == (
        "N07A001",
        1.85,
        [],
    )
    sent(browse(loaded, bob), "post", "stayed-behind/take-along", given, status=404)
    browser = browse(loaded, charlie)
    (line,) = asked(browser, "stayed-behind")["items"]
    assert line["to_team_codes"] == ["N07T02"]
    assert sent(browser, "post", "stayed-behind/take-along", given)["reduction_hours"] == 1.85
    assert asked(browser, "stayed-behind")["items"] == []
    sent(browser, "post", "stayed-behind/take-along", given, status=404)


def test_what_looks_wrong_in_the_record_is_told(loaded: Trust, browse: Browse, bob: "User", charlie: "User") -> None:
    (found,) = asked(browse(loaded, bob), "practitioners/N07A003/N07T01/record")["items"]
    assert (found["key"], found["found"][:5]) == ("quarantine", "A row")
    assert asked(browse(loaded, bob), "practitioners/N07A002/N07T01/record")["items"] == []
    assert browse(loaded, charlie).get(BASE + "practitioners/N07A003/N07T01/record").status_code == 404


def test_calls_about_staffing_cost_the_same_whatever_the_rows(
    loaded: Trust,
    browse: Browse,
    hr: "User",
    count_queries: Callable[[], AbstractContextManager[Any]],
) -> None:
    browser = browse(loaded, hr)
    number = of_alices(loaded)
    for address in (
        *("reductions?within=team:N07T02", "reductions?within=pdu:N07P1"),
        *(f"reductions/{number}", HOURS, "reasons", "stayed-behind", "practitioners/N07A003/N07T01/record"),
    ):
        browser.get(BASE + address)
        with count_queries() as counted:
            assert browser.get(BASE + address).status_code == 200
        assert counted.count <= 12, (address, counted.texts)


def test_a_file_is_sent_and_what_was_not_taken_is_for_whoever_sent_it(
    loaded: Trust, browse: Browse, bob: "User", charlie: "User"
) -> None:
    browser = browse(loaded, bob)
    text = "om_key,team_code,contracted_hours,from,to\nN07A002,N07T01,30,1/4/2026,\nN07A006,N07T02,30,1/4/2026,\n"
    whole = sent(browser, "post", "staffing-files", {"kind": "hours", "content": text}, status=201)
    assert whole["rows"] == {"read": 2, "loaded": 1, "quarantined": 1, "ignored": 0}
    assert [(one["line"], one["cells"]["om_key"]) for one in whole["lines"]] == [(3, "N07A006")]
    assert asked(browser, f"staffing-files/{whole['number']}") == whole
    assert [one["number"] for one in asked(browser, "staffing-files")["items"]] == [whole["number"]]
    assert browse(loaded, charlie).get(f"{BASE}staffing-files/{whole['number']}").status_code == 404
    (held,) = asked(browser, "staffing-files/held/hours")["items"]
    assert (held["om_key"], held["contracted_hours"], held["last_day"]) == ("N07A002", "30", "")
    (reduction,) = [one for one in asked(browser, "staffing-files/held/reductions")["items"] if one["hours"] == "1.85"]
    assert (reduction["om_key"], reduction["reason"]) == ("N07A001", "Pregnancy")
    sent(browser, "post", "staffing-files", {"kind": "hours", "content": "nothing"}, status=400)
