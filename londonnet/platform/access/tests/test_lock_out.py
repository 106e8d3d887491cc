from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from londonnet.platform.access import known_browsers, lock_out
from londonnet.platform.access.models import SignInAttempts, User
from londonnet.platform.audit.models import TrailEntry
from londonnet.platform.trusts import Trust, trust_scope

PASSWORD = "correct horse battery staple"
LOCKED = "Too many wrong passwords"
WRONG = "The email address or the password is wrong"


@pytest.fixture
def erin(alpha: Trust, make_user: Callable[..., User]) -> User:
    return make_user(alpha, "erin@example.org", password=PASSWORD)


@pytest.fixture
def frank(alpha: Trust, make_user: Callable[..., User]) -> User:
    return make_user(alpha, "frank@example.org", password=PASSWORD)


def tried(browser: Client, email: str = "erin@example.org", password: str = "wrong") -> Any:
    """302 for a sign-in, else which of the two things the page says."""
    answer = browser.post("/sign-in", {"login": email, "password": password})
    if answer.status_code == 302:
        return 302
    return LOCKED if LOCKED in answer.content.decode() else WRONG


def later(trust: Trust, **passed: Any) -> None:
    """Move all counts of a trust into the past."""
    with trust_scope(trust):
        for row in SignInAttempts.objects.all():
            row.last_at -= timedelta(**passed)
            row.locked_until = row.locked_until and row.locked_until - timedelta(**passed)
            row.save()


def test_a_hundred_wrong_passwords_lock_one_account_and_no_other(
    alpha: Trust, browse: Callable[..., Client], erin: User, frank: User
) -> None:
    answers = [tried(browse(alpha)) for _ in range(100)]
    assert answers == [WRONG] * 10 + [LOCKED] * 90
    assert tried(browse(alpha), password=PASSWORD) == LOCKED
    assert tried(browse(alpha), email="frank@example.org", password=PASSWORD) == 302
    with trust_scope(alpha):
        kinds = list(TrailEntry.objects.values_list("kind", flat=True))
    assert kinds.count("access.sign_in_failed") == 10
    assert kinds.count("access.locked") == 1


def test_the_lock_ends_by_itself_after_fifteen_minutes_however_often_somebody_goes_on_trying(
    alpha: Trust, browse: Callable[..., Client], erin: User
) -> None:
    for _ in range(10):
        tried(browse(alpha))
    later(alpha, minutes=14)
    assert tried(browse(alpha), password=PASSWORD) == LOCKED
    later(alpha, minutes=1)
    assert tried(browse(alpha), password=PASSWORD) == 302


def test_after_a_lock_the_count_begins_again(alpha: Trust, browse: Callable[..., Client], erin: User) -> None:
    for _ in range(10):
        tried(browse(alpha))
    later(alpha, minutes=15)
    assert [tried(browse(alpha)) for _ in range(11)] == [WRONG] * 10 + [LOCKED]


def test_the_right_password_sets_the_count_back(alpha: Trust, browse: Callable[..., Client], erin: User) -> None:
    for _ in range(9):
        tried(browse(alpha))
    assert tried(browse(alpha), password=PASSWORD) == 302
    assert [tried(browse(alpha)) for _ in range(10)] == [WRONG] * 10


def test_wrong_passwords_of_yesterday_are_forgotten(alpha: Trust, browse: Callable[..., Client], erin: User) -> None:
    for _ in range(9):
        tried(browse(alpha))
    later(alpha, hours=25)
    assert [tried(browse(alpha)) for _ in range(10)] == [WRONG] * 10


def test_a_browser_that_has_signed_in_before_still_can_when_the_account_is_locked(
    alpha: Trust, browse: Callable[..., Client], erin: User
) -> None:
    own = browse(alpha)
    assert tried(own, password=PASSWORD) == 302
    own.post("/sign-out")
    for _ in range(20):
        tried(browse(alpha))
    assert tried(browse(alpha), password=PASSWORD) == LOCKED
    assert tried(own, password=PASSWORD) == 302


def test_a_known_browser_has_a_count_of_its_own_and_is_locked_by_it(
    alpha: Trust, browse: Callable[..., Client], erin: User
) -> None:
    own = browse(alpha)
    tried(own, password=PASSWORD)
    own.post("/sign-out")
    assert [tried(own) for _ in range(11)] == [WRONG] * 10 + [LOCKED]
    assert tried(own, password=PASSWORD) == LOCKED
    assert tried(browse(alpha), password=PASSWORD) == 302


def test_being_known_for_one_account_helps_with_no_other(
    alpha: Trust, browse: Callable[..., Client], erin: User, frank: User
) -> None:
    franks = browse(alpha)
    tried(franks, email="frank@example.org", password=PASSWORD)
    franks.post("/sign-out")
    for _ in range(10):
        tried(browse(alpha))
    assert tried(franks, password=PASSWORD) == LOCKED


def test_a_forged_or_altered_cookie_makes_no_browser_known(
    alpha: Trust, browse: Callable[..., Client], erin: User
) -> None:
    own = browse(alpha)
    tried(own, password=PASSWORD)
    good = own.cookies[known_browsers.COOKIE].value
    for _ in range(10):
        tried(browse(alpha))
    for bad in ("", "x", good[:-1] + ("A" if good[-1] != "A" else "B"), '{"1": "abc"}'):
        attacker = browse(alpha)
        attacker.cookies[known_browsers.COOKIE] = bad
        assert tried(attacker, password=PASSWORD) == LOCKED


def test_nobody_can_lock_a_whole_trust_out(
    alpha: Trust, browse: Callable[..., Client], make_user: Callable[..., User]
) -> None:
    staff = [make_user(alpha, f"person{n}@example.org", password=PASSWORD) for n in range(4)]
    own = {}
    for person in staff:
        own[person.email] = browse(alpha)
        assert tried(own[person.email], email=person.email, password=PASSWORD) == 302
        own[person.email].post("/sign-out")
    for person in staff:
        for _ in range(12):
            tried(browse(alpha), email=person.email)
    assert [tried(own[p.email], email=p.email, password=PASSWORD) for p in staff] == [302] * 4


def test_an_address_that_nobody_has_locks_just_like_one_that_somebody_has(
    alpha: Trust, browse: Callable[..., Client], erin: User
) -> None:
    known = [tried(browse(alpha)) for _ in range(12)]
    unknown = [tried(browse(alpha), email="nobody@example.org") for _ in range(12)]
    assert known == unknown
    with trust_scope(alpha):
        rows = str(list(SignInAttempts.objects.values()) + list(TrailEntry.objects.values()))
    assert "nobody@example.org" not in rows


def test_many_wrong_passwords_from_one_office_lock_nobody_else_in_it_out(
    alpha: Trust, browse: Callable[..., Client], erin: User, frank: User
) -> None:
    for n in range(60):
        tried(browse(alpha), email=f"colleague{n}@example.org")
    assert tried(browse(alpha), email="frank@example.org", password=PASSWORD) == 302


def test_an_administrator_lifts_a_lock(
    alpha: Trust, browse: Callable[..., Client], erin: User, administrator: User
) -> None:
    for _ in range(10):
        tried(browse(alpha))
    office = browse(alpha, administrator)
    assert "Lift the lock" in office.get(f"/users/{erin.pk}").content.decode()
    office.post(f"/users/{erin.pk}/lift-lock")
    assert "Lift the lock" not in office.get(f"/users/{erin.pk}").content.decode()
    assert tried(browse(alpha), password=PASSWORD) == 302
    with trust_scope(alpha):
        lifted = TrailEntry.objects.get(kind="access.lock_lifted")
    assert (lifted.actor_id, lifted.subject_id) == (administrator.pk, str(erin.pk))


def test_whoever_sets_a_password_by_a_link_can_sign_in_though_the_account_is_locked(
    alpha: Trust, browse: Callable[..., Client], erin: User
) -> None:
    from londonnet.platform.access.services import one_time_link

    for _ in range(10):
        tried(browse(alpha))
    with trust_scope(alpha):
        path = one_time_link(erin).partition("/password")[2]
    own = browse(alpha)
    form = own.get(f"/password{path}")["Location"]
    new = {"password1": "another long secret", "password2": "another long secret"}
    assert own.post(form, new)["Location"] == "/sign-in"
    assert tried(own, password="another long secret") == 302


def test_ten_attempts_at_the_same_moment_are_ten_and_never_more(fresh_trust: Trust) -> None:
    def attempt(_: Any) -> Any:
        with trust_scope(fresh_trust):
            return lock_out.begin("erin@example.org")

    with ThreadPoolExecutor(6) as pool:
        let_through = [found for found in pool.map(attempt, range(40)) if found is not None]
    assert len(let_through) == 10
    assert [found.is_last for found in let_through].count(True) == 1


def test_old_counts_are_cleared_away(in_alpha: Trust) -> None:
    now = timezone.now()
    lock_out.begin("old@example.org", now=now - timedelta(hours=30))
    lock_out.begin("new@example.org", now=now)
    assert lock_out.forget_old(now=now) == 1
    assert SignInAttempts.objects.get().address == lock_out.address_of("new@example.org")


def test_the_same_address_has_another_hash_in_another_trust(alpha: Trust, beta: Trust) -> None:
    with trust_scope(alpha):
        here = lock_out.address_of("erin@example.org")
    with trust_scope(beta):
        assert lock_out.address_of("erin@example.org") != here
