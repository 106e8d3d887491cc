"""One box finds staff, teams, PDUs and pages, within what the user may see, and keeps no word that was typed."""

import logging
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date
from typing import Any

import pytest
from django.test import Client

from londonnet.apps.organisation.rosters import apply_roster
from londonnet.apps.organisation.tests.rosters import many, roster, row
from londonnet.platform.access.models import User
from londonnet.platform.trusts import Trust, trust_scope

Browse = Callable[..., Client]
CountQueries = Callable[[], AbstractContextManager[Any]]


@pytest.fixture
def staffed(alpha: Trust) -> Trust:
    with trust_scope(alpha):
        apply_roster(
            roster(row(), row(om_key="N07A002", om_surname="Smith", om_forename="John")), day=date(2026, 11, 2)
        )
    return alpha


def test_a_misspelt_name_is_found_with_where_it_belongs(staffed: Trust, browse: Browse, alice: User) -> None:
    page = browse(staffed, alice).get("/search", {"q": "smyht"})

    assert page.status_code == 200
    text = page.content.decode()
    assert 'href="/staff/N07A002"' in text
    assert "N07A002, Camden Team 1" in text
    assert "Nothing is spelt exactly so" in text


def test_results_are_grouped_by_kind(staffed: Trust, browse: Browse, alice: User) -> None:
    text = browse(staffed, alice).get("/search", {"q": "camden"}).content.decode()

    assert text.index(">Teams</h2>") and text.index(">PDUs</h2>")
    assert 'href="/teams/N07T01"' in text
    assert 'href="/pdus/N07P1"' in text


def test_pages_are_found_by_their_name(staffed: Trust, browse: Browse, alice: User) -> None:
    text = browse(staffed, alice).get("/search/suggest", {"q": "staff"}).content.decode()

    assert 'href="/staff"' in text


def test_suggestions_are_at_most_eight_links(alpha: Trust, browse: Browse, alice: User) -> None:
    with trust_scope(alpha):
        apply_roster(many(50), day=date(2026, 11, 2))

    text = browse(alpha, alice).get("/search/suggest", {"q": "surname"}).content.decode()

    assert text.count('href="/staff/') == 8
    assert "<html" not in text


@pytest.mark.parametrize("typed", ["", "a", " ", "%%", "<b>", "zzzzzz"])
def test_what_finds_nothing_is_said_plainly(typed: str, staffed: Trust, browse: Browse, alice: User) -> None:
    browser = browse(staffed, alice)

    assert browser.get("/search", {"q": typed}).status_code == 200
    assert "<b>" not in browser.get("/search", {"q": typed}).content.decode().replace("<b>1</b>", "")
    assert browser.get("/search/suggest", {"q": typed}).status_code == 200


def test_nobody_searches_without_signing_in(staffed: Trust, browse: Browse) -> None:
    assert browse(staffed).get("/search", {"q": "smith"}).status_code == 302
    fragment = browse(staffed).get("/search/suggest", {"q": "smith"}, headers={"HX-Request": "true"})
    assert fragment.status_code == 401


def test_another_trust_finds_nothing_of_this_one(staffed: Trust, beta: Trust, browse: Browse, dana: User) -> None:
    text = browse(beta, dana).get("/search", {"q": "smith"}).content.decode()

    assert "N07A002" not in text


def test_a_user_without_a_role_finds_nobody(staffed: Trust, browse: Browse, make_user: Callable[..., User]) -> None:
    nobody = make_user(staffed, "nobody@example.org")

    assert "N07A002" not in browse(staffed, nobody).get("/search", {"q": "smith"}).content.decode()


def test_what_was_typed_is_logged_nowhere(
    staffed: Trust, browse: Browse, alice: User, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        browse(staffed, alice).get("/search", {"q": "Zebrawood"})
        browse(staffed, alice).get("/search/suggest", {"q": "Zebrawood"})

    logged = [record.getMessage() for record in caplog.records if not record.name.startswith("django.db")]
    assert not any("zebrawood" in line.casefold() for line in logged)


def test_a_search_takes_a_fixed_number_of_queries(
    alpha: Trust, browse: Browse, bob: User, count_queries: CountQueries
) -> None:
    counts = []
    for people in (5, 300):
        with trust_scope(alpha):
            apply_roster(many(people), day=date(2026, 11, 2))
        browser = browse(alpha, bob)
        browser.get("/search")  # the first page of a session writes its record
        with count_queries() as counted:
            assert browser.get("/search", {"q": "surname"}).status_code == 200
        counts.append(counted.count)

    assert counts[0] == counts[1]
    assert counts[0] <= 12
