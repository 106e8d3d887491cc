from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.core import signing
from django.test import Client, override_settings

from londonnet.platform.access import known_browsers
from londonnet.platform.access.authentication import EmailBackend
from londonnet.platform.access.models import User, UserSession
from londonnet.platform.audit.models import TrailEntry
from londonnet.platform.trusts import Trust, trust_scope

PASSWORD = "correct horse battery staple"


@pytest.fixture
def erin(alpha: Trust, make_user: Callable[..., User]) -> User:
    return make_user(alpha, "erin@example.org", password=PASSWORD)


@pytest.fixture
def newcomer(alpha: Trust, make_user: Callable[..., User]) -> User:
    """Has not set a password yet."""
    return make_user(alpha, "new@example.org")


def sign_in(browser: Client, email: str = "erin@example.org", password: str = PASSWORD, **others: Any) -> Any:
    return browser.post("/sign-in", {"login": email, "password": password, **others})


def kinds(trust: Trust) -> Any:
    with trust_scope(trust):
        return list(TrailEntry.objects.order_by("pk").values_list("kind", flat=True))


def test_the_right_password_signs_in_and_leads_to_the_page_that_was_asked_for(
    alpha: Trust, browse: Callable[..., Client], erin: User
) -> None:
    browser = browse(alpha)
    asked = browser.get("/account")
    assert asked.status_code == 302
    assert asked["Location"] == "/sign-in?next=%2Faccount"
    assert 'name="next" value="/account"' in browser.get(asked["Location"]).content.decode()
    answer = sign_in(browser, next="/account")
    assert (answer.status_code, answer["Location"]) == (302, "/account")
    assert browser.get("/account").status_code == 200


def test_the_capitals_of_an_email_address_dont_matter(alpha: Trust, browse: Callable[..., Client], erin: User) -> None:
    assert sign_in(browse(alpha), email=" Erin@Example.ORG ").status_code == 302


def test_nobody_is_led_to_another_site_after_signing_in(
    alpha: Trust, browse: Callable[..., Client], erin: User
) -> None:
    for elsewhere in ("https://evil.example/", "//evil.example/", "http://beta.localhost/"):
        assert sign_in(browse(alpha), next=elsewhere)["Location"] == "/"


def test_a_wrong_password_and_an_unknown_address_get_the_same_answer(
    alpha: Trust, browse: Callable[..., Client], erin: User
) -> None:
    wrong = sign_in(browse(alpha), password="wrong").content.decode()
    unknown = sign_in(browse(alpha), email="nobody@example.org").content.decode()
    assert "The email address or the password is wrong" in wrong
    assert _comparable(wrong, "erin") == _comparable(unknown, "nobody")


def _comparable(page: str, name: str) -> Any:
    lines = page.replace(name, "somebody").splitlines()
    return [line for line in lines if "csrfmiddlewaretoken" not in line and "nonce=" not in line]


def test_a_wrong_password_costs_as_many_statements_as_an_unknown_address(
    alpha: Trust, browse: Callable[..., Client], erin: User, count_queries: Callable[[], AbstractContextManager[Any]]
) -> None:
    with count_queries() as wrong:
        sign_in(browse(alpha), password="wrong")
    with count_queries() as unknown:
        sign_in(browse(alpha), email="nobody@example.org")
    assert wrong.count == unknown.count > 0


class CountingHasher(Argon2PasswordHasher):
    """Argon2, counting how often it works."""

    worked = 0

    def encode(self, *args: Any) -> str:
        CountingHasher.worked += 1
        return str(super().encode(*args))

    def verify(self, *args: Any) -> bool:
        CountingHasher.worked += 1
        return bool(super().verify(*args))


def test_an_unknown_address_hashes_a_password_like_a_known_one(in_alpha: Trust, erin: User, newcomer: User) -> None:
    with override_settings(PASSWORD_HASHERS=[f"{__name__}.CountingHasher"]):
        for email in ("erin@example.org", "nobody@example.org", "new@example.org"):
            CountingHasher.worked = 0
            assert EmailBackend().authenticate(None, email=email, password="wrong") is None
            assert CountingHasher.worked == 1, email


def test_passwords_are_kept_with_argon2(in_alpha: Trust, erin: User) -> None:
    assert User.objects.get(pk=erin.pk).password.startswith("argon2")


def test_a_deactivated_user_is_refused_like_a_wrong_password_and_loses_their_session(
    alpha: Trust, browse: Callable[..., Client], erin: User
) -> None:
    browser = browse(alpha, erin)
    assert browser.get("/account").status_code == 200
    with trust_scope(alpha):
        User.objects.filter(pk=erin.pk).update(is_active=False)
    assert browser.get("/account")["Location"].startswith("/sign-in")
    assert "The email address or the password is wrong" in sign_in(browse(alpha)).content.decode()


def test_the_session_gets_a_new_key_at_sign_in(alpha: Trust, browse: Callable[..., Client], erin: User) -> None:
    browser = browse(alpha)
    with trust_scope(alpha):
        session = browser.session
        session["before"] = "sign-in"
        session.save()
    before = browser.cookies["londonnet_session"].value
    sign_in(browser)
    assert browser.cookies["londonnet_session"].value != before


def test_signing_in_and_out_and_failing_stand_in_the_trail(
    alpha: Trust, browse: Callable[..., Client], erin: User
) -> None:
    browser = browse(alpha)
    sign_in(browser, password="wrong")
    sign_in(browser)
    browser.post("/sign-out")
    assert kinds(alpha) == ["access.sign_in_failed", "access.signed_in", "access.signed_out"]
    with trust_scope(alpha):
        failed, signed_in, signed_out = TrailEntry.objects.order_by("pk")
        assert (failed.actor_kind, failed.subject_id) == ("nobody", str(erin.pk))
        assert (signed_in.actor_kind, signed_in.actor_id, signed_in.actor_name) == ("user", erin.pk, "Erin")
        assert signed_in.request_id
        assert signed_out.actor_id == erin.pk


def test_the_trail_doesnt_name_people_who_arent_users(alpha: Trust, browse: Callable[..., Client], erin: User) -> None:
    sign_in(browse(alpha), email="stranger@example.org")
    with trust_scope(alpha):
        row = TrailEntry.objects.values().get()
    assert row["subject_id"] == "unknown"
    assert "stranger" not in str(row)


def test_signing_out_needs_a_post_and_ends_the_session(alpha: Trust, browse: Callable[..., Client], erin: User) -> None:
    browser = browse(alpha)
    sign_in(browser)
    assert browser.get("/sign-out").status_code == 405
    assert browser.get("/account").status_code == 200
    assert browser.post("/sign-out")["Location"] == "/sign-in"
    assert browser.get("/account").status_code == 302
    with trust_scope(alpha):
        assert not UserSession.objects.exists()


def test_a_session_cookie_means_nothing_on_another_trusts_hostname(
    alpha: Trust, beta: Trust, browse: Callable[..., Client], erin: User
) -> None:
    browser = browse(alpha)
    sign_in(browser)
    elsewhere = browse(beta)
    elsewhere.cookies = browser.cookies
    assert elsewhere.get("/account")["Location"].startswith("/sign-in")


def test_a_known_browser_of_one_trust_is_unknown_in_another(
    alpha: Trust, beta: Trust, browse: Callable[..., Client], erin: User, make_user: Callable[..., User]
) -> None:
    make_user(beta, "erin@example.org", password=PASSWORD)
    browser = browse(alpha)
    sign_in(browser)
    cookie = browser.cookies[known_browsers.COOKIE].value
    with trust_scope(alpha):
        assert list(signing.loads(cookie, salt="londonnet.access.known_browser")) == [str(erin.pk)]
    with trust_scope(beta), pytest.raises(signing.BadSignature):
        signing.loads(cookie, salt="londonnet.access.known_browser")


def test_the_known_browser_cookie_cant_be_read_by_scripts(
    alpha: Trust, browse: Callable[..., Client], erin: User
) -> None:
    browser = browse(alpha)
    sign_in(browser)
    cookie = browser.cookies[known_browsers.COOKIE]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert int(cookie["max-age"]) > 100 * 24 * 3600


def test_there_is_no_way_to_sign_oneself_up(alpha: Trust, browse: Callable[..., Client]) -> None:
    for path in (
        "/signup",
        "/signup/",
        "/sign-up",
        "/accounts/signup/",
        "/email",
        "/confirm-email/",
        "/reauthenticate/",
    ):
        assert browse(alpha).get(path).status_code == 404


def test_the_names_that_allauth_reverses_lead_somewhere() -> None:
    from django.urls import reverse

    assert reverse("account_login") == "/sign-in"
    assert reverse("account_logout") == "/sign-out"
    assert reverse("account_reset_password") == "/password/reset"
    assert reverse("account_reset_password_done") == "/password/reset/done"
    assert reverse("account_change_password") == "/password/change"
    key = {"uidb36": "1a", "key": "abc-def"}
    assert reverse("account_reset_password_from_key", kwargs=key) == "/password/reset/key/1a-abc-def"


def test_what_was_typed_stays_when_the_password_is_wrong_but_not_the_password(
    alpha: Trust, browse: Callable[..., Client], erin: User
) -> None:
    page = sign_in(browse(alpha), password="my secret guess").content.decode()
    assert 'value="erin@example.org"' in page
    assert "my secret guess" not in page
    assert "There is a problem" in page
