"""Reductions, hours and reasons for programs: what the pages show and do, and each thing once."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client
from django.utils import timezone

from londonnet.apps.workload.models import ContractedHours, Reduction, ReductionTerms
from londonnet.apps.workload.selectors import practitioner_rows
from londonnet.apps.workload.services import recompute
from londonnet.apps.workload.tests import extracts
from londonnet.platform.audit.models import TrailEntry
from londonnet.platform.trusts import Trust, trust_scope

if TYPE_CHECKING:
    from londonnet.platform.access.models import User

Browse = Callable[..., Client]
BASE = "/api/workload/"
HOURS = "practitioners/N07A002/N07T01/hours"
TODAY = timezone.localdate()


@pytest.fixture
def loaded(alpha: Trust) -> Trust:
    """Alpha with an extract in force, and today's hours and reductions in its figures."""
    with trust_scope(alpha):
        extracts.load()
        recompute(reason="A test", day=TODAY)
    return alpha


def sent(browser: Client, method: str, noun: str, given: Any = None, *, status: int = 200) -> Any:
    """What an operation answers, and with the status that is expected."""
    answer = getattr(browser, method)(BASE + noun, {} if given is None else given, content_type="application/json")
    assert answer.status_code == status, answer.content
    return answer.json()


def asked(browser: Client, noun: str, **given: Any) -> Any:
    """What an operation that reads answers."""
    answer = browser.get(BASE + noun, given)
    assert answer.status_code == 200, answer.content
    return answer.json()


def wanted(**others: Any) -> dict[str, Any]:
    """A reduction of Bashir's, who has 37 hours."""
    usual = {"om_key": "N07A002", "team_code": "N07T01", "reason": "pqip", "hours": 5, "first_day": TODAY.isoformat()}
    return {**usual, "last_day": (TODAY + timedelta(days=60)).isoformat(), **others}


def of_alices(loaded: Trust) -> int:
    """The number of Alice's reduction, which is a personal one."""
    with trust_scope(loaded):
        return Reduction.objects.get(place__practitioner__om_key="N07A001").pk


def kinds(loaded: Trust) -> list[str]:
    """What the trail tells, the latest last."""
    with trust_scope(loaded):
        return list(TrailEntry.objects.order_by("id").values_list("kind", flat=True))


@pytest.fixture
def reason(loaded: Trust) -> str:
    """A reason that isn't personal and allows as much as one likes."""
    with trust_scope(loaded):
        terms = ReductionTerms.objects.filter(enabled=True, maximum_percent=None).exclude(reason__kind="personal")
        return str(terms.order_by("reason__position")[0].reason.short_name)


def test_a_reduction_is_added_changed_ended_deleted_and_put_back(
    loaded: Trust, browse: Browse, bob: "User", reason: str
) -> None:
    browser = browse(loaded, bob)
    before = len(kinds(loaded))
    added = sent(browser, "post", "reductions", wanted(reason=reason.upper()), status=201)
    assert (added["hours"], added["act"], added["status"], added["reason"]) == (5.0, "added", "ACTIVE", reason)
    with trust_scope(loaded):
        (row,) = [one for one in practitioner_rows() if one.om_key == "N07A002"]
    assert row.reduction_hours == 5
    changed = sent(browser, "patch", f"reductions/{added['number']}", {"hours": 7.5, "why": "More"})
    assert (changed["hours"], changed["first_day"], changed["act"]) == (7.5, added["first_day"], "changed")
    deleted = sent(browser, "post", f"reductions/{changed['number']}/delete", {"why": "A mistake"})
    assert (deleted["status"], deleted["why"]) == ("DELETED", "A mistake")
    back = sent(browser, "post", f"reductions/{deleted['number']}/put-back")
    assert back["status"] == "ACTIVE"
    ended = sent(
        browser, "post", f"reductions/{back['number']}/end", {"last_day": (TODAY + timedelta(days=9)).isoformat()}
    )
    assert [state["act"] for state in ended["history"]] == ["ended", "put_back", "deleted", "changed", "added"]
    assert kinds(loaded)[before:] == [
        f"workload.reduction_{act}" for act in ("added", "changed", "deleted", "put_back", "ended")
    ]
    assert asked(browser, f"reductions/{added['number']}") == ended


def test_a_share_of_the_hours_is_worked_out(loaded: Trust, browse: Browse, bob: "User", reason: str) -> None:
    share = {**wanted(reason=reason, percent=10)}
    del share["hours"]
    assert sent(browse(loaded, bob), "post", "reductions", share, status=201)["hours"] == 3.7


def test_whoever_saves_second_is_told_and_overwrites_nothing(
    loaded: Trust, browse: Browse, bob: "User", reason: str
) -> None:
    browser = browse(loaded, bob)
    number = sent(browser, "post", "reductions", wanted(reason=reason), status=201)["number"]
    sent(browser, "patch", f"reductions/{number}", {"hours": 6})
    for noun, given in (("", {"hours": 8}), ("/delete", {}), ("/end", {"last_day": TODAY.isoformat()})):
        method = "post" if noun else "patch"
        refused = sent(browser, method, f"reductions/{number}{noun}", given, status=409)
        assert refused["error"]["code"] == "changed-meanwhile"
    assert asked(browser, f"reductions/{number}")["hours"] == 6


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"hours": 38}, "hours"),
        ({"hours": 1.005}, "hours"),
        ({"hours": None}, "hours"),
        ({"reason": "Nothing in particular"}, "reason"),
        ({"last_day": "2020-01-01"}, "last_day"),
        ({"notes": "n" * 4000}, "notes"),
        ({"hour": 5}, "hour"),
    ],
)
def test_what_the_rules_dont_allow_is_told_by_field_and_nothing_is_done(
    loaded: Trust, browse: Browse, bob: "User", reason: str, given: dict[str, Any], field: str
) -> None:
    before = kinds(loaded)
    refused = sent(browse(loaded, bob), "post", "reductions", wanted(reason=reason) | given, status=422)
    (detail,) = refused["error"]["details"]
    assert detail["field"] == field
    assert detail["message"].endswith(".")
    assert kinds(loaded) == before


def test_the_same_reduction_isnt_added_twice(loaded: Trust, browse: Browse, bob: "User", reason: str) -> None:
    browser = browse(loaded, bob)
    sent(browser, "post", "reductions", wanted(reason=reason), status=201)
    refused = sent(browser, "post", "reductions", wanted(reason=reason), status=422)
    assert refused["error"]["details"][0]["field"] == "first_day"


@pytest.mark.parametrize(
    ("who", "seen"), [("bob", "Pregnancy"), ("hr", "Pregnancy"), ("alice", "Pregnancy"), ("head", "Personal")]
)
def test_a_personal_reason_is_for_a_few(
    loaded: Trust, browse: Browse, request: pytest.FixtureRequest, who: str, seen: str
) -> None:
    browser = browse(loaded, request.getfixturevalue(who))
    number = of_alices(loaded)
    (listed,) = asked(browser, "reductions", within="practitioner:N07A001")["items"]
    one = asked(browser, f"reductions/{number}")
    for shown in (listed, one, one["history"][0]):
        assert shown["reason"] == seen
        assert shown["is_hidden"] is (seen == "Personal")
        assert ("Agreed" in shown["notes"]) is (seen != "Personal")


def test_whoever_may_not_know_a_reason_changes_hours_only(
    loaded: Trust, browse: Browse, make_user: Callable[..., "User"]
) -> None:
    browser = browse(loaded, make_user(loaded, "admin@example.org", ("administrator", "trust", "")))
    number = of_alices(loaded)
    for hidden in ("reason", "notes"):
        refused = sent(browser, "patch", f"reductions/{number}", {hidden: "Something"}, status=422)
        assert refused["error"]["details"][0]["field"] == hidden
    changed = sent(browser, "patch", f"reductions/{number}", {"hours": 2})
    assert (changed["hours"], changed["reason"], changed["notes"]) == (2.0, "Personal", "")
    with trust_scope(loaded):
        after = Reduction.objects.get(pk=changed["number"])
        assert (after.reason.short_name, after.notes) == ("Pregnancy", "Agreed: Pregnancy")


def test_reductions_are_listed_and_counted_by_status(loaded: Trust, browse: Browse, bob: "User", reason: str) -> None:
    browser = browse(loaded, bob)
    sent(
        browser,
        "post",
        "reductions",
        wanted(reason=reason, last_day=(TODAY + timedelta(days=9)).isoformat()),
        status=201,
    )
    answer = asked(browser, "reductions", within="team:N07T01", status="expiring")
    assert [row["om_key"] for row in answer["items"]] == ["N07A002"]
    assert (answer["total"], answer["counts"]["active"]) == (1, 3)
    assert asked(browser, "reductions", within="team:N07T01", kind="personal", limit=1)["total"] == 2


@pytest.mark.parametrize("who", ["alice", "charlie", "head"])
def test_what_is_out_of_reach_isnt_there(
    loaded: Trust, browse: Browse, request: pytest.FixtureRequest, who: str, reason: str
) -> None:
    browser, number = browse(loaded, request.getfixturevalue(who)), of_alices(loaded)
    before = kinds(loaded)
    sent(browser, "post", "reductions", wanted(reason=reason), status=404)
    sent(browser, "patch", f"reductions/{number}", {"hours": 2}, status=404)
    sent(browser, "put", HOURS, {"hours": 20, "first_day": TODAY.isoformat()}, status=404)
    assert browser.get(BASE + HOURS).status_code == 404
    if who == "charlie":
        for within in ("team:N07T01", "practitioner:N07A001", "trust"):
            assert browser.get(BASE + "reductions", {"within": within}).status_code == 404
        assert browser.get(f"{BASE}reductions/{number}").status_code == 404
    assert kinds(loaded) == before


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


def test_what_hours_or_a_reduction_would_do_is_told_and_nothing_is_written(
    loaded: Trust, browse: Browse, bob: "User", charlie: "User", reason: str
) -> None:
    browser = browse(loaded, bob)
    tried = {name: value for name, value in wanted(hours=18.5).items() if name not in ("reason", "last_day")}
    told = sent(browser, "post", "reductions/effect", tried)
    assert (told["reduction_hours"], told["is_too_much"]) == (18.5, False)
    assert told["capacity_after"] > told["capacity_before"]
    sent(browse(loaded, charlie), "post", "reductions/effect", tried, status=404)
    added = sent(browser, "post", "reductions", wanted(hours=18.5, reason=reason), status=201)
    (row,) = asked(browser, "figures", within="practitioner:N07A002")["items"]
    assert row["capacity"] == told["capacity_after"]
    instead = sent(browser, "post", "reductions/effect", {**tried, "hours": 0, "instead_of": added["number"]})
    assert instead["capacity_after"] == told["capacity_before"]
    other = sent(browser, "post", f"{HOURS}/effect", {"hours": 30, "first_day": TODAY.isoformat()})
    assert (other["contracted_hours"], other["capacity_after"] > other["capacity_before"]) == (30, True)
    assert asked(browser, HOURS)["contracted_hours"] == 37


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
