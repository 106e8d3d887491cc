"""Reductions for programs: what the pages show and do, each thing once, and a personal reason for a few."""

from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client

from londonnet.apps.workload.models import Reduction, ReductionReason, ReductionTerms
from londonnet.apps.workload.selectors import practitioner_rows
from londonnet.platform.audit.models import TrailEntry
from londonnet.platform.trusts import Trust, trust_scope

from .staffing_calls import BASE, HOURS, TODAY, asked, of_alices, sent

if TYPE_CHECKING:
    from londonnet.platform.access.models import User

pytestmark = pytest.mark.usefixtures("figures_of_today")

Browse = Callable[..., Client]


def wanted(**others: Any) -> dict[str, Any]:
    """A reduction of Bashir's, who has 37 hours."""
    usual = {"om_key": "N07A002", "team_code": "N07T01", "reason": "pqip", "hours": 5, "first_day": TODAY.isoformat()}
    return {**usual, "last_day": (TODAY + timedelta(days=60)).isoformat(), **others}


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


def test_a_hidden_reason_isnt_told_by_its_maximum(loaded: Trust, browse: Browse, administrator: "User") -> None:
    held = of_alices(loaded)
    with trust_scope(loaded):
        allows_half = ReductionReason.objects.get(short_name="Trade Union Facility Time")
        Reduction.objects.filter(pk=held).update(reason=allows_half)
    changed = sent(browse(loaded, administrator), "patch", f"reductions/{held}", {"hours": 30})
    assert (changed["hours"], changed["reason"]) == (30, "Personal")
    refused = sent(browse(loaded, administrator), "patch", f"reductions/{changed['number']}", {"hours": 40}, status=422)
    assert "contracted hours" in refused["error"]["message"] and "%" not in refused["error"]["message"]
