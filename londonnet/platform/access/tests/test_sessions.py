from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.test import Client

from londonnet.platform.access import sessions
from londonnet.platform.access.models import User, UserSession
from londonnet.platform.trusts import Trust, trust_scope

PASSWORD = "correct horse battery staple"
REFRESH = {"X-LondonNet-Refresh": "1"}


@pytest.fixture
def erin(alpha: Trust, make_user: Callable[..., User]) -> User:
    return make_user(alpha, "erin@example.org", password=PASSWORD)


@pytest.fixture
def browser(alpha: Trust, browse: Callable[..., Client], erin: User) -> Client:
    browser = browse(alpha)
    browser.post("/sign-in", {"login": erin.email, "password": PASSWORD})
    return browser


def shift(trust: Trust, browser: Client, *, seen: Any = timedelta(0), started: Any = timedelta(0)) -> None:
    """Move a session's marks into the past."""
    with trust_scope(trust):
        session = browser.session
        session[sessions.SEEN] -= seen.total_seconds()
        session[sessions.STARTED] -= (started or seen).total_seconds()
        session.save()


def seen(trust: Trust, browser: Client) -> Any:
    with trust_scope(trust):
        return browser.session[sessions.SEEN]


def test_a_session_ends_after_thirty_idle_minutes_and_says_so(alpha: Trust, browser: Client) -> None:
    shift(alpha, browser, seen=timedelta(minutes=29, seconds=50))
    assert browser.get("/account").status_code == 200
    shift(alpha, browser, seen=timedelta(minutes=30))
    answer = browser.get("/account?tab=1")
    assert answer["Location"] == "/sign-in?ended=1&next=%2Faccount%3Ftab%3D1"
    page = browser.get(answer["Location"]).content.decode()
    assert "Your session ended" in page
    assert "Sign in to go on" in page


def test_after_signing_in_again_one_is_back_on_the_page(alpha: Trust, browser: Client, erin: User) -> None:
    shift(alpha, browser, seen=timedelta(minutes=31))
    browser.get("/account")
    back = browser.post("/sign-in", {"login": erin.email, "password": PASSWORD, "next": "/account?tab=1"})
    assert back["Location"] == "/account?tab=1"


def test_a_session_ends_after_twelve_hours_however_busy(alpha: Trust, browser: Client) -> None:
    shift(alpha, browser, started=timedelta(hours=11, minutes=59))
    assert browser.get("/account").status_code == 200
    shift(alpha, browser, started=timedelta(minutes=1))
    assert browser.get("/account")["Location"].startswith("/sign-in?ended=1")


def test_an_ended_session_is_gone_for_good(alpha: Trust, browser: Client) -> None:
    key = browser.cookies["londonnet_session"].value
    shift(alpha, browser, seen=timedelta(minutes=31))
    browser.get("/account")
    with trust_scope(alpha):
        assert not Session.objects.filter(session_key=key).exists()
        assert not UserSession.objects.exists()


def test_public_pages_go_on_without_the_session(alpha: Trust, browser: Client) -> None:
    shift(alpha, browser, seen=timedelta(minutes=31))
    assert browser.get("/sign-in").status_code == 200


def test_activity_keeps_a_session_and_is_written_at_most_once_a_minute(alpha: Trust, browser: Client) -> None:
    before = seen(alpha, browser)
    browser.get("/account")
    assert seen(alpha, browser) == before
    shift(alpha, browser, seen=timedelta(seconds=61))
    browser.get("/account")
    assert seen(alpha, browser) >= before


def test_a_page_that_refreshes_itself_isnt_activity(alpha: Trust, browser: Client) -> None:
    shift(alpha, browser, seen=timedelta(minutes=20))
    before = seen(alpha, browser)
    assert browser.get("/account", headers=REFRESH).status_code == 200
    assert seen(alpha, browser) == before
    shift(alpha, browser, seen=timedelta(minutes=10))
    answer = browser.get("/account", headers=REFRESH)
    assert answer.status_code == 401
    assert answer["HX-Redirect"] == "/sign-in?ended=1"


def test_a_form_sent_after_the_end_leads_back_to_its_page(alpha: Trust, browser: Client) -> None:
    shift(alpha, browser, seen=timedelta(minutes=31))
    came_from = {"Referer": "http://localhost/password/change?x=1"}
    answer = browser.post("/password/change", {}, headers=came_from)
    assert answer["Location"] == "/sign-in?ended=1&next=%2Fpassword%2Fchange%3Fx%3D1"


def test_a_form_from_another_site_leads_home(alpha: Trust, browser: Client) -> None:
    shift(alpha, browser, seen=timedelta(minutes=31))
    answer = browser.post("/password/change", {}, headers={"Referer": "http://evil.example/trap"})
    assert answer["Location"] == "/sign-in?ended=1&next=%2F"


def test_my_account_lists_sessions_and_ends_one_elsewhere(
    alpha: Trust, browse: Callable[..., Client], browser: Client, erin: User
) -> None:
    firefox = {"User-Agent": "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"}
    other = browse(alpha)
    other.post("/sign-in", {"login": erin.email, "password": PASSWORD}, headers=firefox)
    page = browser.get("/account").content.decode()
    assert "Firefox on Windows" in page
    assert "This session" in page
    with trust_scope(alpha):
        note = UserSession.objects.get(browser="Firefox on Windows")
    browser.post(f"/account/sessions/{note.pk}/end")
    assert other.get("/account").status_code == 302
    assert browser.get("/account").status_code == 200


def test_nobody_ends_somebody_elses_session(
    alpha: Trust, browse: Callable[..., Client], browser: Client, bob: User
) -> None:
    with trust_scope(alpha):
        note = UserSession.objects.get()
    browse(alpha, bob).post(f"/account/sessions/{note.pk}/end")
    assert browser.get("/account").status_code == 200


def test_my_account_says_roles_and_scopes_in_words(
    alpha: Trust, browse: Callable[..., Client], bob: User, alice: User
) -> None:
    assert "Team manager, team N07T01" in browse(alpha, bob).get("/account").content.decode()
    page = browse(alpha, alice).get("/account").content.decode()
    assert "Practitioner, own cases" in page
    assert "N07A001" in page


def test_changing_the_password_ends_sessions_elsewhere_and_keeps_this_one(
    alpha: Trust, browse: Callable[..., Client], browser: Client, erin: User
) -> None:
    other = browse(alpha)
    other.post("/sign-in", {"login": erin.email, "password": PASSWORD})
    new = {"oldpassword": PASSWORD, "password1": "another long secret", "password2": "another long secret"}
    assert browser.post("/password/change", new)["Location"] == "/account"
    page = browser.get("/account").content.decode()
    assert "Your password is changed" in page
    assert page.count("This session") == 1
    assert other.get("/account").status_code == 302
    with trust_scope(alpha):
        assert UserSession.objects.count() == 1


def test_a_wrong_current_password_changes_nothing(alpha: Trust, browser: Client) -> None:
    new = {"oldpassword": "wrong", "password1": "another long secret", "password2": "another long secret"}
    page = browser.post("/password/change", new).content.decode()
    assert "your current password. Type it again" in page
    assert "another long secret" not in page


def test_a_session_whose_marks_are_missing_isnt_over(in_alpha: Trust) -> None:
    from django.contrib.sessions.backends.db import SessionStore

    assert not sessions.is_over(SessionStore(), datetime.now(UTC))


def test_notes_of_sessions_that_must_have_ended_are_cleared_away(alpha: Trust, browser: Client) -> None:
    with trust_scope(alpha):
        started = UserSession.objects.get().started_at
        sessions.forget_old(now=started + timedelta(hours=11))
        assert UserSession.objects.exists()
        sessions.forget_old(now=started + timedelta(hours=13))
        assert not UserSession.objects.exists()
        assert not Session.objects.exists()
