"""Weights for programs: versions, what others would do, drafts, and a second person's approval."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from copy import deepcopy
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from londonnet.apps.workload import selectors
from londonnet.apps.workload.models import WeightDraft, WeightVersion
from londonnet.apps.workload.selectors import Within
from londonnet.apps.workload.selectors.weight_effect import effect_of
from londonnet.apps.workload.weights import weights_json
from londonnet.apps.workload.weights_json import effect_json
from londonnet.apps.workload.weights_reading import parse_weights
from londonnet.platform.trusts import Trust, trust_scope

if TYPE_CHECKING:
    from londonnet.platform.access.models import User

Browse = Callable[..., Client]
BASE = "/api/workload/weights"
TODAY = timezone.localdate()


@pytest.fixture
def other_head(alpha: Trust, make_user: Callable[..., "User"]) -> "User":
    """A second head of service."""
    return make_user(alpha, "second@example.org", ("head_of_service", "trust", ""))


def sent(browser: Client, method: str, noun: str, given: Any = None, *, status: int = 200) -> Any:
    """What an operation answers, and with the status that is expected."""
    answer = getattr(browser, method)(BASE + noun, {} if given is None else given, content_type="application/json")
    assert answer.status_code == status, answer.content
    return answer.json()


def heavier(browser: Client) -> Any:
    """The weights in force with B2 in the community at 200 points."""
    weights = browser.get(f"{BASE}/in-force").json()
    weights["cases"]["community"]["b2"] = 200
    return weights


def a_draft(browser: Client) -> str:
    """The identifier of a draft of heavier weights."""
    return str(sent(browser, "post", "/drafts", {"name": "Heavier", "weights": heavier(browser)}, status=201)["id"])


def test_versions_are_those_of_the_page(loaded: Trust, browse: Browse, bob: "User") -> None:
    browser = browse(loaded, bob)
    (listed,) = browser.get(BASE).json()["items"]
    assert (listed["version"], listed["in_force"], listed["standing"]) == (1, True, "in_force")
    whole = browser.get(f"{BASE}/1").json()
    with trust_scope(loaded):
        in_force = weights_json(selectors.weights_in_force(), complete=True)
    assert whole["weights"] == browser.get(f"{BASE}/in-force").json() == in_force
    assert whole["changes"] == {"in_words": [], "lines": []}
    assert browser.get(f"{BASE}/7").status_code == 404


def test_what_weights_would_do_is_what_the_page_says_and_nothing_is_written(
    loaded: Trust, browse: Browse, head: "User"
) -> None:
    browser = browse(loaded, head)
    weights = heavier(browser)
    answer = sent(browser, "post", "/effect", {"weights": weights, "within": "team:N07T01"})
    with trust_scope(loaded):
        figures = selectors.figures_in_force()
        assert figures is not None
        tried = parse_weights(weights, further_reports={})
        effect = effect_of(tried, Within("team", "N07T01"), figures=figures, with_trust=True)
        assert (WeightDraft.objects.count(), WeightVersion.objects.count()) == (0, 1)
    told = effect_json(effect)
    told["whole"] |= {"code": "N07T01", "name": "Team of N07T01"}
    assert {name: answer[name] for name in told} == told
    assert (answer["within"], answer["names_hidden"], answer["whole"]["newly_above_110"]) == ("team:N07T01", False, 1)
    draft = a_draft(browser)
    of_draft = browser.get(f"{BASE}/drafts/{draft}/effect", {"within": "team:N07T01"}).json()
    assert of_draft == answer
    assert browser.get(f"{BASE}/drafts/{draft}/effect").json()["within"] == "trust"


def test_an_effect_is_shown_within_reach_only_and_an_administrator_sees_no_people(
    loaded: Trust, browse: Browse, bob: "User", make_user: Callable[..., "User"]
) -> None:
    browser = browse(loaded, bob)
    weights = heavier(browser)
    for within in ("trust", "team:N07T02", "team:N07T99"):
        sent(browser, "post", "/effect", {"weights": weights, "within": within}, status=404)
    own = sent(browser, "post", "/effect", {"weights": weights})
    assert (own["within"], own["trust"], len(own["people"])) == ("team:N07T01", None, 5)
    administrator = browse(loaded, make_user(loaded, "admin@example.org", ("administrator", "trust", "")))
    numbers = sent(administrator, "post", "/effect", {"weights": weights, "within": "team:N07T01"})
    assert (numbers["people"], numbers["names_hidden"]) == ([], True)
    assert numbers["whole"] == own["whole"]


def test_weights_that_arent_right_are_refused_with_every_reason(loaded: Trust, browse: Browse, bob: "User") -> None:
    browser = browse(loaded, bob)
    weights = heavier(browser)
    weights["cases"]["community"]["b2"] = 1000
    del weights["cases"]["custody"]["a3"]
    for noun, given in (("/effect", {}), ("/drafts", {"name": "Wrong"})):
        refused = sent(browser, "post", noun, {"weights": weights, **given}, status=422)["error"]
        assert [one["field"] for one in refused["details"]] == ["weights", "weights"]
    unknown = deepcopy(heavier(browser)) | {"colour": "red"}
    refused = sent(browser, "post", "/effect", {"weights": unknown}, status=422)["error"]
    assert refused["details"] == [
        {
            "field": "weights.colour",
            "message": "There is no such field. The description under /api/docs lists those there are.",
        }
    ]
    with trust_scope(loaded):
        assert not WeightDraft.objects.exists()


def test_a_draft_is_its_makers_to_change_and_throw_away(
    loaded: Trust, browse: Browse, bob: "User", head: "User"
) -> None:
    browser = browse(loaded, bob)
    identifier = a_draft(browser)
    read = browser.get(f"{BASE}/drafts/{identifier}").json()
    assert read["changes"]["lines"] == [{"part": "Cases, community", "name": "B2", "before": "115", "after": "200"}]
    assert (read["based_on"], read["made_by"], read["proposal"]) == (1, "Bob", None)
    given = {"name": "As it was", "weights": browser.get(f"{BASE}/in-force").json()}
    sent(browse(loaded, head), "put", f"/drafts/{identifier}", given, status=409)
    changed = sent(browser, "put", f"/drafts/{identifier}", given)
    assert (changed["name"], changed["changes"]["lines"]) == ("As it was", [])
    for who, number in ((bob, 1), (head, 0)):
        assert len(browse(loaded, who).get(f"{BASE}/drafts", {"mine": True}).json()["items"]) == number
    sent(browse(loaded, head), "post", f"/drafts/{identifier}/throw-away", status=409)
    assert sent(browser, "post", f"/drafts/{identifier}/throw-away")["is_thrown_away"]
    assert browser.get(f"{BASE}/drafts").json()["items"] == []
    assert not sent(browser, "post", f"/drafts/{identifier}/bring-back")["is_thrown_away"]
    assert browser.get(f"{BASE}/drafts/{uuid4()}").status_code == 404


def test_a_second_person_approves_once(loaded: Trust, browse: Browse, head: "User", other_head: "User") -> None:
    browser, second = browse(loaded, head), browse(loaded, other_head)
    identifier = a_draft(browser)
    wanted = {"valid_from": TODAY.isoformat(), "reason": "The audit"}
    proposed = sent(browser, "post", f"/drafts/{identifier}/propose", wanted, status=201)
    assert (proposed["state"], proposed["version"], proposed["decided_by"]) == ("waiting", None, "")
    number = proposed["number"]
    assert sent(browser, "post", f"/drafts/{identifier}/propose", wanted, status=409)["error"]["code"] == "draft-stands"
    own = sent(browser, "post", f"/proposals/{number}/approve", status=422)["error"]["details"]
    assert own[0]["field"] == "decision"
    approved = sent(second, "post", f"/proposals/{number}/approve")
    assert (approved["state"], approved["version"], approved["decided_by"]) == ("approved", 2, "Second")
    again = sent(second, "post", f"/proposals/{number}/approve", status=409)
    assert again["error"]["code"] == "proposal-decided"
    with trust_scope(loaded):
        figures = selectors.figures_in_force()
        assert figures is not None
        assert figures.weights_version == 2
    assert [row["version"] for row in browser.get(BASE).json()["items"]] == [2, 1]
    (line,) = browser.get(f"{BASE}/2").json()["changes"]["lines"]
    assert (line["before"], line["after"]) == ("115", "200")


def test_a_proposal_is_rejected_or_withdrawn_with_words(
    loaded: Trust, browse: Browse, head: "User", other_head: "User", bob: "User"
) -> None:
    browser, second = browse(loaded, head), browse(loaded, other_head)
    wanted = {"valid_from": (TODAY + timedelta(days=3)).isoformat(), "reason": "The audit"}
    early = {"valid_from": (TODAY - timedelta(days=1)).isoformat(), "reason": "The audit"}
    identifier = a_draft(browser)
    for given, field in ((early, "valid_from"), (wanted | {"reason": " "}, "reason")):
        refused = sent(browser, "post", f"/drafts/{identifier}/propose", given, status=422)
        assert refused["error"]["details"][0]["field"] == field
    first = sent(browser, "post", f"/drafts/{identifier}/propose", wanted, status=201)["number"]
    assert sent(second, "post", f"/proposals/{first}/reject", {"reason": ""}, status=422)
    assert sent(second, "post", f"/proposals/{first}/reject", {"reason": "Too much"})["decision_reason"] == "Too much"
    later = sent(browser, "post", f"/drafts/{identifier}/propose", wanted, status=201)["number"]
    assert sent(second, "post", f"/proposals/{later}/withdraw", status=422)
    assert sent(browser, "post", f"/proposals/{later}/withdraw")["state"] == "withdrawn"
    listed = browse(loaded, bob).get(f"{BASE}/proposals", {"state": "rejected"}).json()
    assert [one["number"] for one in listed["items"]] == [first]
    assert browse(loaded, bob).get(f"{BASE}/proposals/{later}").json()["state"] == "withdrawn"


def test_weights_are_decided_on_by_those_who_reach_the_whole_trust(
    loaded: Trust, browse: Browse, head: "User", bob: "User", make_user: Callable[..., "User"]
) -> None:
    identifier = a_draft(browse(loaded, head))
    of_pdu = make_user(loaded, "pdu@example.org", ("head_of_service", "pdu", "N07P1"))
    wanted = {"valid_from": TODAY.isoformat(), "reason": "The audit"}
    number = sent(browse(loaded, head), "post", f"/drafts/{identifier}/propose", wanted, status=201)["number"]
    for who in (of_pdu, bob):
        browser = browse(loaded, who)
        sent(browser, "post", f"/drafts/{identifier}/propose", wanted, status=404)
        for decision in ("approve", "withdraw"):
            sent(browser, "post", f"/proposals/{number}/{decision}", status=404)
        sent(browser, "post", f"/proposals/{number}/reject", {"reason": "No"}, status=404)
    assert browse(loaded, head).get(f"{BASE}/proposals/{number}").json()["state"] == "waiting"


def test_calls_about_weights_cost_the_same_whatever_there_is(
    loaded: Trust,
    browse: Browse,
    head: "User",
    count_queries: Callable[[], AbstractContextManager[Any]],
) -> None:
    browser = browse(loaded, head)
    identifier = a_draft(browser)
    number = sent(
        browser,
        "post",
        f"/drafts/{identifier}/propose",
        {"valid_from": TODAY.isoformat(), "reason": "The audit"},
        status=201,
    )["number"]
    for noun in (
        *("", "/in-force", "/1", "/drafts", f"/drafts/{identifier}", f"/drafts/{identifier}/effect"),
        *("/proposals", f"/proposals/{number}"),
    ):
        browser.get(BASE + noun)
        with count_queries() as counted:
            assert browser.get(BASE + noun).status_code == 200
        assert counted.count <= 12, (noun, counted.texts)


def test_an_earlier_version_is_rolled_back_to_through_a_draft(
    loaded: Trust, browse: Browse, head: "User", bob: "User"
) -> None:
    browser = browse(loaded, head)
    draft = sent(browser, "post", "/1/again", status=201)
    assert (draft["name"], draft["based_on"]) == ("Version 1 again", 1)
    sent(browser, "post", "/9/again", status=404)
    sent(browse(loaded, bob), "post", "/1/again", status=404)
    made = sent(
        browser,
        "post",
        f"/drafts/{draft['id']}/propose",
        {"valid_from": TODAY.isoformat(), "reason": "Back"},
        status=201,
    )
    effect = browser.get(f"{BASE}/proposals/{made['number']}/effect").json()
    assert (effect["within"], effect["whole"]["newly_above_110"]) == ("trust", 0)


def test_drafts_are_listed_in_parts_and_those_thrown_away_apart(loaded: Trust, browse: Browse, bob: "User") -> None:
    browser = browse(loaded, bob)
    first, second, _third = (a_draft(browser) for _ in range(3))
    sent(browser, "post", f"/drafts/{second}/throw-away")
    listed = browser.get(f"{BASE}/drafts", {"limit": 1, "offset": 1}).json()
    assert (listed["total"], [one["id"] for one in listed["items"]]) == (2, [first])
    thrown = browser.get(f"{BASE}/drafts", {"thrown_away": True}).json()
    assert [one["id"] for one in thrown["items"]] == [second]
