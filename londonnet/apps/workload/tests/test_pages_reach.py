"""Who sees which page, and where `/workload` leads."""

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from django.test import Client

from londonnet.apps.workload.tests import extracts
from londonnet.apps.workload.tests.reading import text_of
from londonnet.platform.trusts import Trust, trust_scope

if TYPE_CHECKING:
    from londonnet.platform.access.models import User

Browse = Callable[..., Client]
MakeUser = Callable[..., "User"]

EVERY_PLACE = (
    "/workload/trust",
    "/workload/region/N07R1",
    "/workload/pdu/N07P1",
    "/workload/team/N07T01",
    "/workload/team/N07T02",
    "/workload/people?within=trust",
    "/workload/people?within=region:N07R1",
    "/workload/people?within=pdu:N07P1",
    "/workload/people?within=team:N07T01",
    "/workload/people?within=team:N07T02",
    "/workload/practitioner/N07A001/N07T01",
    "/workload/practitioner/N07A002/N07T01",
    "/workload/practitioner/N07A006/N07T02",
)
REACHED = {
    "alice": {"/workload/practitioner/N07A001/N07T01"},
    "bob": {
        "/workload/team/N07T01",
        "/workload/people?within=team:N07T01",
        "/workload/practitioner/N07A001/N07T01",
        "/workload/practitioner/N07A002/N07T01",
    },
    "charlie": {
        "/workload/team/N07T02",
        "/workload/people?within=team:N07T02",
        "/workload/practitioner/N07A006/N07T02",
    },
    "head": set(EVERY_PLACE),
    "hr": set(EVERY_PLACE),
    "administrator": set(),
    "auditor": set(),
}


@pytest.mark.parametrize("who", REACHED)
def test_each_sees_what_their_role_reaches_and_nothing_else(
    loaded: Trust, browse: Browse, request: pytest.FixtureRequest, who: str
) -> None:
    browser = browse(loaded, request.getfixturevalue(who))
    answers = {url: browser.get(url).status_code for url in EVERY_PLACE}
    assert answers == {url: 200 if url in REACHED[who] else 404 for url in EVERY_PLACE}


@pytest.mark.parametrize("part", ["?fragment=figures", "?sort=-capacity"])
def test_a_fragment_has_the_same_wall_as_its_page(loaded: Trust, browse: Browse, charlie: "User", part: str) -> None:
    assert browse(loaded, charlie).get(f"/workload/team/N07T01{part}").status_code == 404


def test_the_manager_of_a_team_of_the_same_code_in_another_trust_sees_nothing_of_this_one(
    loaded: Trust, beta: Trust, browse: Browse, dana: "User"
) -> None:
    browser = browse(beta, dana)
    assert browser.get("/workload/team/N07T01").status_code == 404
    assert "No workload figures yet" in text_of(browser, "/workload")


@pytest.mark.parametrize("url", EVERY_PLACE)
def test_whoever_is_not_signed_in_is_sent_to_sign_in(loaded: Trust, browse: Browse, url: str) -> None:
    answer = browse(loaded).get(url)
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("/sign-in")


@pytest.mark.parametrize(
    "url",
    [
        "/workload/team/N07T77",
        "/workload/region/N07T01",
        "/workload/practitioner/N07A001/N07T02",
        "/workload/practitioner/NOBODY",
        "/workload/people?within=team:",
        "/workload/people?within=trust:alpha",
        "/workload/people?within=practitioner:N07A001",
        "/workload/people?within=moon:N07T01",
    ],
)
def test_what_does_not_exist_is_not_found(loaded: Trust, browse: Browse, head: "User", url: str) -> None:
    assert browse(loaded, head).get(url).status_code == 404


@pytest.mark.parametrize(
    ("grants", "leads_to"),
    [
        ([("head_of_service", "trust", "")], "/workload/trust"),
        ([("head_of_service", "region", "N07R1")], "/workload/region/N07R1"),
        ([("team_manager", "pdu", "N07P2")], "/workload/pdu/N07P2"),
        ([("team_manager", "team", "N07T01")], "/workload/team/N07T01"),
        ([("practitioner", "own", "")], "/workload/mine"),
    ],
)
def test_workload_leads_to_where_one_belongs(
    loaded: Trust, browse: Browse, make_user: MakeUser, grants: list[tuple[str, str, str]], leads_to: str
) -> None:
    user = make_user(loaded, "one@example.org", *grants, staff_key="N07A001")
    assert browse(loaded, user).get("/workload").headers["Location"] == leads_to


def test_whoever_belongs_to_several_places_chooses(loaded: Trust, browse: Browse, make_user: MakeUser) -> None:
    grants = (("team_manager", "team", "N07T01"), ("team_manager", "pdu", "N07P2"), ("practitioner", "own", ""))
    page = text_of(browse(loaded, make_user(loaded, "one@example.org", *grants, staff_key="N07A001")), "/workload")
    for url in ("/workload/team/N07T01", "/workload/pdu/N07P2", "/workload/mine"):
        assert f'href="{url}"' in page


def test_a_list_of_no_place_leads_to_where_one_belongs(loaded: Trust, browse: Browse, bob: "User") -> None:
    assert browse(loaded, bob).get("/workload/people").headers["Location"] == "/workload"


def test_breadcrumbs_lead_only_to_what_one_may_open(
    loaded: Trust, browse: Browse, bob: "User", head: "User", make_user: MakeUser
) -> None:
    above = ["/workload/trust", "/workload/region/N07R1", "/workload/pdu/N07P1"]
    of_pdu = make_user(loaded, "pdu@example.org", ("team_manager", "pdu", "N07P1"))
    for user, expected in ((bob, []), (of_pdu, above[2:]), (head, above)):
        page = text_of(browse(loaded, user), "/workload/team/N07T01")
        assert [url for url in above if f'href="{url}"' in page] == expected


def test_the_reason_of_a_personal_reduction_is_for_the_teams_managers_hr_and_oneself(
    loaded: Trust, browse: Browse, request: pytest.FixtureRequest
) -> None:
    url = "/workload/practitioner/N07A001/N07T01"
    for who, may_know in (("bob", True), ("hr", True), ("alice", True), ("head", False)):
        page = text_of(browse(loaded, request.getfixturevalue(who)), url)
        assert ("Pregnancy" in page) is may_know, who
        assert ("Personal reasons are shown to managers of the team and to HR only." in page) is not may_know, who
    assert "Pregnancy" in text_of(browse(loaded, request.getfixturevalue("alice")), "/workload/mine")


def test_whoever_has_left_is_told_of_only_to_those_who_could_see_them(
    alpha: Trust, browse: Browse, bob: "User", charlie: "User"
) -> None:
    with trust_scope(alpha):
        extracts.load()
        extracts.load([one for one in extracts.EVERYBODY if one is not extracts.ALICE])
    for url in ("/workload/practitioner/N07A001", "/workload/practitioner/N07A001/N07T01"):
        assert "The latest national extract doesn’t name them" in text_of(browse(alpha, bob), url)
        assert browse(alpha, charlie).get(url).status_code == 404


def test_before_the_first_extract_everybody_is_told_and_whoever_may_load_one_gets_the_way_there(
    alpha: Trust, browse: Browse, head: "User", alice: "User"
) -> None:
    page = text_of(browse(alpha, head), "/workload/trust")
    assert "No workload figures yet" in page
    assert '<a class="govuk-link" href="/national">Load the national extract</a>' in page
    page = text_of(browse(alpha, alice), "/workload/mine")
    assert "No workload figures yet" in page
    assert "Load the national extract" not in page


def test_whoever_holds_no_cases_is_told_so_kindly(
    loaded: Trust, browse: Browse, head: "User", make_user: MakeUser
) -> None:
    assert "You have no workload here" in text_of(browse(loaded, head), "/workload/mine")
    unnamed = make_user(loaded, "new@example.org", ("practitioner", "own", ""), staff_key="N07A999")
    assert "You aren’t in the latest extract" in text_of(browse(loaded, unnamed), "/workload/mine")


def test_a_manager_of_a_team_that_the_extract_does_not_name_is_told_what_to_do(
    loaded: Trust, browse: Browse, make_user: MakeUser
) -> None:
    user = make_user(loaded, "one@example.org", ("team_manager", "team", "N07T88"))
    assert "Ask an administrator to check the codes of your role." in text_of(browse(loaded, user), "/workload")


def test_cases_are_one_click_away_for_those_who_may_see_them(
    loaded: Trust, browse: Browse, bob: "User", hr: "User"
) -> None:
    url, cases = "/workload/practitioner/N07A001/N07T01", 'href="/cases?practitioner=N07A001&amp;team=N07T01"'
    assert cases in text_of(browse(loaded, bob), url)
    assert cases not in text_of(browse(loaded, hr), url)


def test_cases_in_lists_open_to_those_that_are_counted_for_whoever_may_see_them(
    loaded: Trust, browse: Browse, head: "User", hr: "User"
) -> None:
    of_alice = 'href="/cases?practitioner=N07A001&amp;team=N07T01&amp;active=yes&amp;omic=no"'
    for url, counted in (
        ("/workload/trust", 'href="/cases?region=N07R1&amp;active=yes&amp;omic=no"'),
        ("/workload/team/N07T01", of_alice),
        ("/workload/team/N07T01", 'href="/cases?team=N07T01&amp;active=yes&amp;omic=no"'),
        ("/workload/people?within=team:N07T01", of_alice),
    ):
        assert counted in text_of(browse(loaded, head), url)
        assert "/cases?" not in text_of(browse(loaded, hr), url)
