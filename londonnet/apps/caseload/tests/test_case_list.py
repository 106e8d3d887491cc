"""The list of cases behind a number: whole, narrowed, within reach, and never looked at unseen."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from londonnet.apps.caseload.models import Case, Location
from londonnet.apps.caseload.selectors import cases_of, current_snapshot
from londonnet.apps.organisation.rosters import apply_roster
from londonnet.apps.organisation.tests.rosters import many, roster, row
from londonnet.platform.access.models import User
from londonnet.platform.access.policy import Place
from londonnet.platform.audit.models import TrailEntry
from londonnet.platform.trusts import Trust, trust_scope

from .cases import DAY, case, give_cases, new_snapshot

SECOND_TEAM = {"team_code": "N07T02", "team_desc": "Camden Team 2"}
BEN = {"om_key": "N07A002", "om_surname": "Adeyemi", "om_forename": "Ben"}
Browse = Callable[..., Client]
CountQueries = Callable[[], AbstractContextManager[Any]]


@pytest.fixture
def loaded(alpha: Trust) -> Trust:
    """Alice has cases in two teams, Ben in her first."""
    with trust_scope(alpha):
        apply_roster(roster(row(), row(**SECOND_TEAM), row(**BEN)), day=DAY)
        snapshot = new_snapshot()
        case(snapshot, "X000001", "N07A001", "N07T01", is_warrant=True, is_priority=True)
        case(snapshot, "X000002", "N07A001", "N07T02", tier=22, location=Location.CUSTODY)
        case(snapshot, "X000003", "N07A002", "N07T01", tier=0, location=Location.LICENCE)
    return alpha


def crns(browser: Client, address: str) -> list[str]:
    answer = browser.get(address)
    assert answer.status_code == 200, answer
    text = answer.content.decode()
    return sorted(crn for crn in ("X000001", "X000002", "X000003") if crn in text)


def test_a_manager_sees_the_cases_of_the_team(loaded: Trust, browse: Browse, bob: User) -> None:
    assert crns(browse(loaded, bob), "/cases?team=N07T01") == ["X000001", "X000003"]


def test_the_list_shows_tier_location_holder_flags_and_day(loaded: Trust, browse: Browse, bob: User) -> None:
    text = " ".join(browse(loaded, bob).get("/cases?team=N07T01").content.decode().split())

    for shown in ("B2", "Community", "Licence", "Untiered", "Zoë O&#39;Neill-Şahin", "Warrant", "20 November 2026"):
        assert shown in text
    assert "OFFICIAL-SENSITIVE" in text
    assert "Cases of Camden Team 1" in text


def test_a_manager_sees_of_a_practitioner_only_the_cases_in_the_team(loaded: Trust, browse: Browse, bob: User) -> None:
    assert crns(browse(loaded, bob), "/cases?practitioner=N07A001") == ["X000001"]


def test_a_practitioner_sees_all_cases_of_their_own(loaded: Trust, browse: Browse, alice: User) -> None:
    browser = browse(loaded, alice)

    assert crns(browser, "/cases?practitioner=N07A001") == ["X000001", "X000002"]
    assert crns(browser, "/cases?practitioner=N07A001&team=N07T02") == ["X000002"]


def test_a_head_of_service_sees_pdu_and_region(loaded: Trust, browse: Browse, head: User) -> None:
    browser = browse(loaded, head)

    assert crns(browser, "/cases?pdu=N07P1") == ["X000001", "X000002", "X000003"]
    assert crns(browser, "/cases?region=N07R1") == ["X000001", "X000002", "X000003"]


@pytest.mark.parametrize(
    ("user", "address"),
    [
        ("charlie", "/cases?team=N07T01"),
        ("charlie", "/cases?practitioner=N07A002"),
        ("charlie", "/cases?practitioner=N07A001&team=N07T01"),
        ("bob", "/cases?team=N07T02"),
        ("bob", "/cases?pdu=N07P1"),
        ("alice", "/cases?team=N07T01"),
        ("alice", "/cases?practitioner=N07A002"),
        ("hr", "/cases?team=N07T01"),
        ("hr", "/cases"),
        ("administrator", "/cases?team=N07T01"),
        ("auditor", "/cases?region=N07R1"),
        ("bob", "/cases?team=N07T99"),
        ("head", "/cases?practitioner=N07X999"),
    ],
)
def test_cases_out_of_reach_are_a_page_not_found(
    user: str, address: str, loaded: Trust, browse: Browse, request: pytest.FixtureRequest
) -> None:
    answer = browse(loaded, request.getfixturevalue(user)).get(address)

    assert answer.status_code == 404
    assert "X00000" not in answer.content.decode()


def test_the_same_team_code_in_another_trust_opens_nothing_here(
    loaded: Trust, beta: Trust, browse: Browse, dana: User
) -> None:
    assert browse(beta, dana).get("/cases?team=N07T01").status_code == 404


def test_nobody_sees_cases_without_signing_in(loaded: Trust, browse: Browse) -> None:
    assert browse(loaded).get("/cases?team=N07T01").status_code == 302


@pytest.mark.parametrize(
    ("narrowed", "left"),
    [
        ("tier=B2", ["X000001"]),
        ("tier=untiered", ["X000003"]),
        ("location=licence", ["X000003"]),
        ("flag=warrant", ["X000001"]),
        ("flag=suspended", []),
        ("crn=x000003", ["X000003"]),
        ("tier=Z9&location=nowhere&flag=none&page=x&sort=none", ["X000001", "X000003"]),
    ],
)
def test_the_list_is_narrowed(narrowed: str, left: list[str], loaded: Trust, browse: Browse, bob: User) -> None:
    assert crns(browse(loaded, bob), f"/cases?team=N07T01&{narrowed}") == left


def test_each_look_at_a_list_is_in_the_trail_once(loaded: Trust, browse: Browse, bob: User, charlie: User) -> None:
    browse(loaded, bob).get("/cases?team=N07T01")
    browse(loaded, charlie).get("/cases?team=N07T01")

    with trust_scope(loaded):
        looked = list(TrailEntry.objects.filter(kind="audit.consulted").values_list("subject_id", "actor_id"))
    assert looked == [("team:N07T01", bob.pk)]


def test_with_nobody_named_one_comes_to_ones_own_cases(
    loaded: Trust, browse: Browse, alice: User, bob: User, head: User
) -> None:
    assert browse(loaded, alice).get("/cases")["Location"] == "/cases?practitioner=N07A001"
    assert browse(loaded, bob).get("/cases")["Location"] == "/cases?team=N07T01"
    assert browse(loaded, head).get("/cases")["Location"] == "/cases?pdu=N07P1"


def test_before_the_first_extract_the_page_says_where_cases_come_from(alpha: Trust, browse: Browse, bob: User) -> None:
    with trust_scope(alpha):
        apply_roster(roster(row()), day=DAY)
        assert current_snapshot() is None

    assert "No extract has been loaded yet" in browse(alpha, bob).get("/cases?team=N07T01").content.decode()


def test_only_the_extract_in_force_is_shown(loaded: Trust, browse: Browse, bob: User) -> None:
    with trust_scope(loaded):
        case(new_snapshot(), "X000003", "N07A002", "N07T01")

    assert crns(browse(loaded, bob), "/cases?team=N07T01") == ["X000003"]


@pytest.mark.parametrize("sort", ["crn", "-crn", "tier", "-tier", "location", "practitioner", "-practitioner", "team"])
def test_a_list_is_sorted_and_paged(sort: str, in_alpha: Trust) -> None:
    snapshot = give_cases(many(20), cases=120)
    places = (Place(pdu_code="N07P000X"),)

    pages = [cases_of(places, snapshot, sort=sort, page=number) for number in (1, 2, 3)]

    rows = [one for page in pages for one in page.rows]
    assert [len(page.rows) for page in pages] == [50, 50, 20]
    assert len({one.crn for one in rows}) == 120
    if sort.endswith("crn"):
        assert [one.crn for one in rows] == sorted((one.crn for one in rows), reverse=sort[0] == "-")


def test_a_case_is_found_by_its_crn_within_reach_only(
    loaded: Trust, browse: Browse, alice: User, bob: User, charlie: User, hr: User
) -> None:
    for user, crn, is_found in (
        (bob, "x000003", True),
        (bob, "X000002", False),
        (charlie, "X000002", True),
        (charlie, "X000003", False),
        (alice, "X000002", True),
        (alice, "X000003", False),
        (hr, "X000003", False),
        (bob, "X00000", False),
    ):
        text = browse(loaded, user).get("/search/suggest", {"q": crn}).content.decode()
        assert (f"crn={crn.upper()}" in text) is is_found, (user, crn)


def test_a_case_without_a_known_tier_cannot_be_stored(in_alpha: Trust) -> None:
    snapshot = give_cases(many(1), cases=1)

    with pytest.raises(IntegrityError), transaction.atomic():
        Case.objects.filter(snapshot=snapshot).update(tier=33)


@pytest.mark.parametrize("address", ["/cases?team=N07T000X", "/cases?practitioner=N07B00001", "/cases?region=N07R1"])
def test_a_list_takes_the_same_queries_however_many_cases_there_are(
    address: str, alpha: Trust, browse: Browse, head: User, count_queries: CountQueries
) -> None:
    counts = []
    for people, cases in ((3, 9), (30, 900)):
        with trust_scope(alpha):
            Case.objects.all().delete()
            give_cases(many(people), cases=cases)
        browser = browse(alpha, head)
        browser.get("/staff")  # the first page of a session writes its record
        with count_queries() as counted:
            assert browser.get(address).status_code == 200
        counts.append(len([text for text in counted.texts if "SAVEPOINT" not in text]))

    assert counts[0] == counts[1]
    assert counts[0] <= 12


def test_outside_any_other_transaction_a_list_is_read_from_one_moment_and_then_recorded(
    fresh_trust: Trust, browse: Browse, make_user: Callable[..., User]
) -> None:
    manager = make_user(fresh_trust, "manager@example.org", ("team_manager", "team", "N07T000X"))
    with trust_scope(fresh_trust):
        give_cases(many(3), cases=9)

    browser = browse(fresh_trust, manager)

    assert browser.get("/cases?team=N07T000X").status_code == 200
    assert browser.get("/teams/N07T000X").status_code == 200
    assert browser.get("/search?q=surname").status_code == 200
    with trust_scope(fresh_trust):
        assert TrailEntry.objects.filter(kind="audit.consulted").count() == 1
