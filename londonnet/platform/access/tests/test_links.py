import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client

from londonnet.platform.access.models import User
from londonnet.platform.access.services import one_time_link
from londonnet.platform.access.tokens import OneTimeTokens
from londonnet.platform.audit.models import TrailEntry
from londonnet.platform.trusts import Trust, trust_scope

NEW = {"password1": "a new long secret", "password2": "a new long secret"}


@pytest.fixture
def erin(alpha: Trust, make_user: Callable[..., User]) -> User:
    return make_user(alpha, "erin@example.org", password="correct horse battery staple")


@pytest.fixture
def newcomer(alpha: Trust, make_user: Callable[..., User]) -> User:
    return make_user(alpha, "new@example.org")


def path_of(trust: Trust, user: User) -> Any:
    with trust_scope(trust):
        link = one_time_link(user)
    return re.sub(r"^https?://[^/]+", "", link)


def test_asking_for_a_link_sends_one_under_which_a_password_is_set_once(
    alpha: Trust, browse: Callable[..., Client], erin: User
) -> None:
    browser = browse(alpha)
    assert browser.post("/password/reset", {"email": "Erin@example.org"})["Location"] == "/password/reset/done"
    (letter,) = mail.outbox
    assert letter.to == ["erin@example.org"]
    assert "Alpha Probation" in letter.subject
    path = re.findall(r"http://localhost:\d+(\S+)", str(letter.body))[0]
    form = browser.get(path)["Location"]
    assert "erin@example.org" in browser.get(form).content.decode()
    assert browser.post(form, NEW)["Location"] == "/sign-in"
    assert "Your password is set" in browser.get("/sign-in").content.decode()
    answer = browser.post("/sign-in", {"login": "erin@example.org", "password": NEW["password1"]})
    assert answer.status_code == 302
    assert "Links work once" in browse(alpha).get(path).content.decode()


def test_an_unknown_address_gets_the_same_page_and_no_message(
    alpha: Trust, browse: Callable[..., Client], erin: User
) -> None:
    known = browse(alpha).post("/password/reset", {"email": "erin@example.org"})
    mail.outbox = []
    unknown = browse(alpha).post("/password/reset", {"email": "nobody@example.org"})
    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])
    assert mail.outbox == []
    with trust_scope(alpha):
        assert "nobody@example.org" not in str(list(TrailEntry.objects.values()))


def test_asking_again_and_again_is_slowed_down_for_that_address_only(
    alpha: Trust, browse: Callable[..., Client], erin: User
) -> None:
    answers = [browse(alpha).post("/password/reset", {"email": "erin@example.org"}).status_code for _ in range(6)]
    assert answers == [302] * 5 + [429]
    assert browse(alpha).post("/password/reset", {"email": "other@example.org"}).status_code == 302


def test_a_link_carried_to_another_trusts_hostname_fails(
    alpha: Trust, beta: Trust, browse: Callable[..., Client], erin: User, make_user: Callable[..., User]
) -> None:
    twin = make_user(beta, "erin@example.org", password="another password entirely")
    with trust_scope(beta):
        # The same number, password and last sign-in there: only the trust's key tells the two apart.
        User.objects.filter(pk=twin.pk).update(id=erin.pk, password=erin.password, last_login=erin.last_login)
    path = path_of(alpha, erin)
    assert browse(alpha).get(path).status_code == 302
    assert "Links work once" in browse(beta).get(path).content.decode()


def test_a_welcome_link_greets_by_name_and_sets_a_first_password(
    alpha: Trust, browse: Callable[..., Client], newcomer: User
) -> None:
    path = path_of(alpha, newcomer)
    assert path.startswith("/welcome/")
    browser = browse(alpha)
    page = browser.get(browser.get(path)["Location"]).content.decode()
    assert "Hello New" in page
    assert "at least 12 characters" in page
    assert browser.post(browser.get(path)["Location"], NEW)["Location"] == "/sign-in"
    with trust_scope(alpha):
        entry = TrailEntry.objects.get(kind="access.password_set")
        assert (entry.actor_id, entry.subject_id) == (newcomer.pk, str(newcomer.pk))
    assert "Links work once" in browse(alpha).get(path).content.decode()


def test_the_address_of_the_link_names_the_trust_and_the_port(beta: Trust, make_user: Callable[..., User]) -> None:
    dana = make_user(beta, "new@example.org")
    with trust_scope(beta):
        assert one_time_link(dana).startswith("http://beta.localhost:8000/welcome/")


@pytest.mark.parametrize(
    ("bad", "said"),
    [
        ({"password1": "short", "password2": "short"}, "too short"),
        ({"password1": "a new long secret", "password2": "another"}, "same password"),
        ({"password1": "", "password2": ""}, "Enter a new password"),
        ({"password1": "password123456", "password2": "password123456"}, "too common"),
    ],
)
def test_a_password_that_wont_do_is_refused_beside_its_field(
    alpha: Trust, browse: Callable[..., Client], newcomer: User, bad: dict[str, str], said: str
) -> None:
    browser = browse(alpha)
    page = browser.post(browser.get(path_of(alpha, newcomer))["Location"], bad).content.decode()
    assert said in page
    assert "There is a problem" in page


def test_a_link_dies_when_it_is_too_old(in_alpha: Trust, erin: User, newcomer: User) -> None:
    class Later(OneTimeTokens):
        passed = timedelta()

        def _now(self) -> Any:
            return super()._now() + self.passed

    old, new = OneTimeTokens().make_token(erin), OneTimeTokens().make_token(newcomer)
    later = Later()
    later.passed = timedelta(hours=23)
    assert later.check_token(erin, old)
    later.passed = timedelta(hours=25)
    assert not later.check_token(erin, old)
    assert later.check_token(newcomer, new)
    later.passed = timedelta(days=3, hours=1)
    assert not later.check_token(newcomer, new)


def test_a_link_dies_when_its_user_signs_in_or_is_deactivated(in_alpha: Trust, erin: User) -> None:
    from django.utils import timezone

    token = OneTimeTokens().make_token(erin)
    erin.last_login = timezone.now()
    assert not OneTimeTokens().check_token(erin, token)
    token = OneTimeTokens().make_token(erin)
    erin.is_active = False
    assert not OneTimeTokens().check_token(erin, token)


def test_a_made_up_link_says_what_to_do(alpha: Trust, browse: Callable[..., Client]) -> None:
    for path in ("/welcome/1-abc-def", "/password/reset/key/zz-abc123", "/password/reset/key/1-set-password"):
        page = browse(alpha).get(path).content.decode()
        assert "Links work once" in page
        assert "/password/reset" in page
