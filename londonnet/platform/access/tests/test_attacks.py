"""What somebody with bad intentions tries at the doors, one by one."""

import re
from collections.abc import Callable

import pytest
from django.core import mail
from django.test import Client

from londonnet.config.environment import ENV
from londonnet.platform.access import lock_out, policy
from londonnet.platform.access.models import RoleGrant, User
from londonnet.platform.access.policy import Place
from londonnet.platform.access.services import deactivate_user
from londonnet.platform.access.tokens import one_time_link
from londonnet.platform.trusts import Trust, trust_scope
from tests.routes.test_walk import ROUTES

Browse = Callable[..., Client]
PASSWORD = "correct horse battery staple"


@pytest.fixture
def erin(alpha: Trust, make_user: Callable[..., User]) -> User:
    return make_user(alpha, "kerin@example.org", ("practitioner", "own", ""), password=PASSWORD)


@pytest.mark.parametrize(
    "headers",
    [
        {"host": "localhost:6666"},
        {"host": "localhost", "x-forwarded-host": "evil.example"},
        {"host": "localhost", "x-forwarded-port": "6666", "x-forwarded-proto": "https"},
        {"host": "LOCALHOST.:6666"},
    ],
)
def test_a_reset_link_leads_to_the_trusts_own_address_whatever_the_request_says(
    alpha: Trust, erin: User, headers: dict[str, str]
) -> None:
    Client(headers=headers, raise_request_exception=False).post("/password/reset", {"email": erin.email})
    (letter,) = mail.outbox
    assert re.findall(r"https?://[^/\s]+", str(letter.body)) == [f"http://localhost:{ENV.web_port}"]


def test_a_host_that_hides_another_one_is_answered_with_nothing(alpha: Trust, erin: User) -> None:
    for host in ("localhost:80@evil.example", "evil.example:localhost", "localhost, evil.example", "localhost/.evil"):
        answer = Client(headers={"host": host}, raise_request_exception=False).post(
            "/password/reset", {"email": erin.email}
        )
        assert answer.status_code in (400, 404)
    assert mail.outbox == []


def test_other_spellings_of_an_address_share_its_lock(alpha: Trust, erin: User, browse: Browse) -> None:
    spellings = ("kerin@example.org", " KERIN@Example.ORG ", "\u212aerin@example.org")
    for attempt in range(ENV.lock_out_attempts):
        spelt = spellings[attempt % len(spellings)]
        browse(alpha).post("/sign-in", {"login": spelt, "password": "a wrong one"})
    with trust_scope(alpha):
        assert lock_out.locked_until(erin.email) is not None
    answer = browse(alpha).post("/sign-in", {"login": erin.email, "password": PASSWORD})
    assert answer.status_code == 200
    assert "Too many wrong passwords" in answer.content.decode()
    assert "londonnet_session" not in answer.cookies


def test_a_deactivated_user_is_sent_no_link_and_an_old_one_is_dead(alpha: Trust, erin: User, browse: Browse) -> None:
    with trust_scope(alpha):
        link = one_time_link(erin)
        deactivate_user(user=erin)
    browse(alpha).post("/password/reset", {"email": erin.email})
    assert mail.outbox == []
    path = re.sub(r"^https?://[^/]+", "", link)
    assert "Links work once" in browse(alpha).get(path).content.decode()


def test_a_session_key_that_was_planted_is_not_kept_at_sign_in(alpha: Trust, erin: User, browse: Browse) -> None:
    browser = browse(alpha)
    browser.cookies["londonnet_session"] = "a" * 32
    browser.post("/sign-in", {"login": erin.email, "password": PASSWORD})
    assert browser.cookies["londonnet_session"].value not in ("", "a" * 32)
    assert browser.cookies["londonnet_session"]["httponly"]
    assert browser.cookies["londonnet_session"]["samesite"] == "Lax"
    assert not browser.cookies["londonnet_session"]["domain"]


@pytest.mark.parametrize("address", [address for address, _ in ROUTES])
def test_nothing_is_posted_without_the_forms_token(
    address: str, alpha: Trust, administrator: User, browse: Browse
) -> None:
    careless = browse(alpha, administrator)
    careful = Client(enforce_csrf_checks=True, headers={"host": "localhost"}, raise_request_exception=False)
    careful.cookies = careless.cookies
    assert careful.post(address).status_code == 403


def test_own_scope_without_a_staff_key_reaches_no_record_that_has_none_either(
    alpha: Trust, make_user: Callable[..., User]
) -> None:
    nobody = make_user(alpha, "nobody@example.org", ("practitioner", "own", ""))
    with trust_scope(alpha):
        for place in (Place(), Place(staff_key=""), Place(staff_key="N07A001", team_code="", pdu_code="")):
            assert not policy.may(nobody, "workload.view", place)
        assert policy.reach(nobody, "workload.view").is_empty


@pytest.mark.parametrize(
    "code", ["", " ", "N07T01' OR '1'='1", "N07T01;--", "*", "%", "N07T01,N07T02", "../x", "x" * 21]
)
def test_a_scope_is_one_code_and_nothing_else(alpha: Trust, administrator: User, browse: Browse, code: str) -> None:
    chosen = {"role": "team_manager", "scope_kind": "team", "scope_code": code}
    answer = browse(alpha, administrator).post(f"/users/{administrator.pk}/roles/give", chosen)
    assert answer.status_code == 200
    with trust_scope(alpha):
        assert RoleGrant.objects.filter(role="team_manager").count() == 0
