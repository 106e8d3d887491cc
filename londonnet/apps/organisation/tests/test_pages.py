"""The staff directory shows who works where, to everybody who is signed in, in a fixed number of queries."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date
from typing import Any

import pytest
from django.test import Client

from londonnet.apps.organisation import selectors
from londonnet.apps.organisation.errors import NotKnown
from londonnet.apps.organisation.rosters import apply_roster
from londonnet.platform.access.models import User
from londonnet.platform.access.policy import Place, Reach
from londonnet.platform.trusts import Trust, trust_scope

from .rosters import many, roster, row

MONDAY, TUESDAY = date(2026, 11, 2), date(2026, 11, 3)
BEN = {"om_key": "N07A002", "om_surname": "Adeyemi", "om_forename": "Ben", "om_grade_code": "Q", "grade": "PSO"}
SECOND_TEAM = {"team_code": "N07T02", "team_desc": "Camden Team 2"}
Browse = Callable[..., Client]
CountQueries = Callable[[], AbstractContextManager[Any]]


@pytest.fixture
def staffed(alpha: Trust) -> Trust:
    """Alice in two teams under another name before; Ben has left."""
    with trust_scope(alpha):
        apply_roster(roster(row(om_surname="Neill"), row(**BEN)), day=MONDAY)
        apply_roster(roster(row(), row(**SECOND_TEAM, om_grade_code="C", grade="SPO")), day=TUESDAY)
    return alpha


def text_of(browser: Client, address: str) -> str:
    answer = browser.get(address)
    assert answer.status_code == 200, answer
    return " ".join(answer.content.decode().split())


def test_the_directory_shows_who_works_here_now(staffed: Trust, browse: Browse, alice: User) -> None:
    text = text_of(browse(staffed, alice), "/staff")

    assert 'href="/staff/N07A001"' in text
    assert "Camden Team 1" in text
    assert "Camden Team 2" in text
    assert "Senior probation officer" in text
    assert "N07A002" not in text


def test_the_directory_shows_on_request_who_has_left_and_when(staffed: Trust, browse: Browse, alice: User) -> None:
    text = text_of(browse(staffed, alice), "/staff?left=yes")

    assert "N07A002" in text
    assert "Left on 3 November 2026" in text


@pytest.mark.parametrize("search", ["sahin", "oneil", "Zoe", "N07A001", "camden team 2", "N07T02"])
def test_the_directory_is_searched_by_name_key_and_team(
    search: str, staffed: Trust, browse: Browse, alice: User
) -> None:
    assert 'href="/staff/N07A001"' in text_of(browse(staffed, alice), f"/staff?q={search}")


def test_a_search_that_finds_nobody_says_what_to_try(staffed: Trust, browse: Browse, alice: User) -> None:
    text = text_of(browse(staffed, alice), "/staff?q=<i>xyzzy</i>")

    assert "Nobody found for “&lt;i&gt;xyzzy&lt;/i&gt;”" in text


def test_an_empty_trust_says_where_staff_come_from(alpha: Trust, browse: Browse, alice: User) -> None:
    assert "Nobody is known yet" in text_of(browse(alpha, alice), "/staff")


def test_a_practitioner_page_shows_teams_grades_and_earlier_names(staffed: Trust, browse: Browse, alice: User) -> None:
    text = text_of(browse(staffed, alice), "/staff/N07A001")

    assert "Zoë O&#39;Neill-Şahin" in text
    assert "Zoë Neill, until 3 November 2026" in text
    assert "Probation officer" in text
    assert 'href="/pdus/N07P1"' in text


def test_the_page_of_someone_who_left_says_so(staffed: Trust, browse: Browse, alice: User) -> None:
    text = text_of(browse(staffed, alice), "/staff/N07A002")

    assert "Left on 3 November 2026" in text
    assert "Earlier teams" in text


def test_a_team_page_shows_its_people_and_those_before_them(staffed: Trust, browse: Browse, alice: User) -> None:
    text = text_of(browse(staffed, alice), "/teams/N07T01")

    assert "Camden and Islington, London North (LDU Camden)" in text
    assert 'href="/staff/N07A001"' in text
    assert "People who were in this team" in text


def test_pdu_and_region_pages_lead_down_to_their_parts(staffed: Trust, browse: Browse, alice: User) -> None:
    browser = browse(staffed, alice)

    assert 'href="/teams/N07T02"' in text_of(browser, "/pdus/N07P1")
    assert 'href="/pdus/N07P1"' in text_of(browser, "/regions/N07R1")


@pytest.mark.parametrize("user", ["alice", "bob", "head", "hr", "administrator", "auditor"])
def test_every_role_may_read_the_directory(
    user: str, staffed: Trust, browse: Browse, request: pytest.FixtureRequest
) -> None:
    assert browse(staffed, request.getfixturevalue(user)).get("/staff").status_code == 200


def test_the_cases_of_a_team_are_linked_only_for_those_who_may_see_them(
    staffed: Trust, browse: Browse, bob: User, charlie: User, hr: User
) -> None:
    assert "/cases?team=N07T01" in text_of(browse(staffed, bob), "/teams/N07T01")
    assert "/cases?team=N07T01" not in text_of(browse(staffed, charlie), "/teams/N07T01")
    assert "/cases?team=N07T01" not in text_of(browse(staffed, hr), "/teams/N07T01")


@pytest.mark.parametrize("address", ["/staff/N07X999", "/teams/N07T99", "/pdus/none", "/regions/none"])
def test_what_is_not_there_is_not_found(address: str, staffed: Trust, browse: Browse, alice: User) -> None:
    assert browse(staffed, alice).get(address).status_code == 404


@pytest.mark.parametrize("address", ["/staff", "/staff/N07A001", "/teams/N07T01", "/pdus/N07P1", "/regions/N07R1"])
def test_nobody_reads_it_without_signing_in_or_from_another_trust(
    address: str, staffed: Trust, beta: Trust, browse: Browse, dana: User
) -> None:
    assert browse(staffed).get(address).status_code == 302
    answer = browse(beta, dana).get(address)
    assert answer.status_code == (200 if address == "/staff" else 404)
    assert "Camden" not in answer.content.decode()


@pytest.mark.parametrize("sort", ["", "name", "-name", "team", "-team", "key", "-key", "nonsense"])
def test_the_directory_is_sorted_and_paged(sort: str, in_alpha: Trust) -> None:
    apply_roster(many(120), day=MONDAY)

    pages = [selectors.directory(page=number, sort=sort) for number in (1, 2, 3)]

    keys = [one.om_key for page in pages for one in page.rows]
    expected = sorted(keys, reverse=sort in ("-name", "-key"))
    assert [len(page.rows) for page in pages] == [50, 50, 20]
    assert len(set(keys)) == 120
    assert pages[0].pages == 3
    if sort == "-team":
        assert keys[0].startswith("N07B0011")
    else:
        assert keys == expected


@pytest.mark.parametrize(("asked", "shown"), [(0, 1), (-5, 1), (99, 3)])
def test_a_page_beyond_the_ends_is_the_nearest(asked: int, shown: int, in_alpha: Trust) -> None:
    apply_roster(many(120), day=MONDAY)

    assert selectors.directory(page=asked).page == shown


@pytest.mark.parametrize("page", ["x", "-1", "999999999999", "²"])
def test_a_page_number_that_cannot_be_read_is_the_first_or_last(
    page: str, staffed: Trust, browse: Browse, alice: User
) -> None:
    assert browse(staffed, alice).get("/staff", {"page": page}).status_code == 200


@pytest.mark.parametrize(
    "address", ["/staff", "/staff?q=surname&left=yes", "/staff/N07B00001", "/teams/N07T000X", "/pdus/N07P000X"]
)
def test_a_page_takes_the_same_queries_however_many_there_are(
    address: str, alpha: Trust, browse: Browse, bob: User, count_queries: CountQueries
) -> None:
    counts = []
    for people, day in ((3, MONDAY), (300, TUESDAY)):
        with trust_scope(alpha):
            apply_roster(many(people, team_size=100), day=day)
        browser = browse(alpha, bob)
        browser.get("/staff")  # the first page of a session writes its record
        with count_queries() as counted:
            assert browser.get(address).status_code == 200
        counts.append(counted.count)

    assert counts[0] == counts[1]
    assert counts[0] <= 12


@pytest.mark.usefixtures("staffed")
class TestPlaces:
    """Where things belong, as the access policy wants to know it."""

    def test_a_team_belongs_to_its_pdu_and_region(self, alpha: Trust) -> None:
        with trust_scope(alpha):
            assert selectors.place_of_team("N07T01") == Place("", "N07T01", "N07P1", "N07R1")
            assert selectors.place_of_pdu("N07P1") == Place("", "", "N07P1", "N07R1")
            assert selectors.place_of_region("N07R1") == Place("", "", "", "N07R1")

    def test_a_practitioner_belongs_to_each_of_their_teams(self, alpha: Trust) -> None:
        with trust_scope(alpha):
            places = selectors.places_of_practitioner("N07A001")
            assert [place.team_code for place in places] == ["N07T01", "N07T02"]
            assert selectors.place_of_practitioner("N07A001", "N07T02") == places[1]

    def test_who_has_left_belongs_only_to_themselves(self, alpha: Trust) -> None:
        with trust_scope(alpha):
            assert selectors.places_of_practitioner("N07A002") == (Place(staff_key="N07A002"),)

    def test_what_is_not_known_is_said(self, alpha: Trust) -> None:
        with trust_scope(alpha):
            for read in (
                lambda: selectors.place_of_team("X"),
                lambda: selectors.place_of_pdu("X"),
                lambda: selectors.place_of_region("X"),
                lambda: selectors.places_of_practitioner("X"),
                lambda: selectors.place_of_practitioner("N07A002", "N07T02"),
                lambda: selectors.above("team", "X"),
            ):
                with pytest.raises(NotKnown, match="Check the code"):
                    read()

    def test_the_way_down_to_a_team(self, alpha: Trust) -> None:
        with trust_scope(alpha):
            assert selectors.breadcrumb("team", "N07T01") == [
                ("Staff and teams", "/staff"),
                ("London North", "/regions/N07R1"),
                ("Camden and Islington", "/pdus/N07P1"),
            ]

    def test_what_lies_within_reach(self, alpha: Trust) -> None:
        with trust_scope(alpha):
            assert [one.code for one in selectors.within(Reach(everything=True))] == ["N07P1"]
            assert [one.code for one in selectors.within(Reach(team_codes=frozenset({"N07T02"})))] == ["N07T02"]
            assert selectors.within(Reach()) == ()
