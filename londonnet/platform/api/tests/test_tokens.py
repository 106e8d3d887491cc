"""What opens the API, what doesn't, and how far."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from londonnet.apps.workload.tests import extracts
from londonnet.platform.access import policy
from londonnet.platform.access.models import User, UserSession
from londonnet.platform.access.services import deactivate_user
from londonnet.platform.api import limits, services
from londonnet.platform.api.errors import TokenNotMade
from londonnet.platform.api.models import ApiToken
from londonnet.platform.audit.models import TrailEntry
from londonnet.platform.trusts import Trust, trust_scope

from .calling import program, token_for

FIGURES = "/api/workload/figures"
Browse = Callable[..., Client]


@pytest.fixture
def loaded(alpha: Trust) -> Trust:
    """Alpha with an extract in force."""
    with trust_scope(alpha):
        extracts.load()
    return alpha


def test_a_token_acts_as_its_user_with_their_reach(loaded: Trust, bob: User, browse: Browse) -> None:
    by_token = program(loaded, token_for(loaded, bob)).get(FIGURES)
    by_session = browse(loaded, bob).get(FIGURES)
    assert by_token.status_code == by_session.status_code == 200
    assert by_token.json() == by_session.json()
    assert {row["team_code"] for row in by_token.json()["items"]} == {"N07T01"}


def test_a_token_begins_no_session(loaded: Trust, bob: User) -> None:
    answer = program(loaded, token_for(loaded, bob)).get(FIGURES)
    assert not answer.cookies
    with trust_scope(loaded):
        assert not UserSession.objects.exists()


def test_a_token_opens_nothing_outside_its_scopes(loaded: Trust, bob: User) -> None:
    answer = program(loaded, token_for(loaded, bob, ["workload:write", "caseload:read"])).get(FIGURES)
    assert (answer.status_code, answer.json()["error"]["code"]) == (403, "outside-token-scope")


def test_within_a_call_the_user_reaches_no_other_application(loaded: Trust, bob: User) -> None:
    with trust_scope(loaded):
        user = User.objects.get(pk=bob.pk)
        assert policy.may(user, "caseload.list")
        user.narrowed_to = frozenset({"workload"})
        assert policy.may(user, "workload.view")
        assert not policy.may(user, "caseload.list")


def test_a_token_never_opens_more_than_its_user_may(loaded: Trust, auditor: User) -> None:
    answer = program(loaded, token_for(loaded, auditor)).get(FIGURES)
    assert answer.status_code == 404


def test_a_token_opens_no_page(loaded: Trust, bob: User) -> None:
    for page in ("/", "/workload/team/N07T01", "/account", "/account/tokens"):
        assert program(loaded, token_for(loaded, bob)).get(page).status_code == 302, page


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"revoked_at": timezone.now()}, "revoked"),
        ({"expires_at": timezone.now() - timedelta(seconds=1)}, "expired"),
    ],
)
def test_a_token_that_is_revoked_or_too_old_opens_nothing(
    loaded: Trust, bob: User, change: dict[str, Any], reason: str
) -> None:
    answer = program(loaded, token_for(loaded, bob, **change)).get(FIGURES)
    assert (answer.status_code, answer.json()["error"]["code"]) == (401, "token-refused")
    assert answer["WWW-Authenticate"].startswith("Bearer")
    with trust_scope(loaded):
        assert TrailEntry.objects.get(kind="api.token_refused").after == {"reason": reason}


def test_a_token_ends_when_its_user_is_deactivated(loaded: Trust, bob: User) -> None:
    caller = program(loaded, token_for(loaded, bob))
    assert caller.get(FIGURES).status_code == 200
    with trust_scope(loaded):
        deactivate_user(user=bob)
    assert caller.get(FIGURES).status_code == 401


def test_a_token_means_nothing_on_another_trusts_hostname(loaded: Trust, beta: Trust, bob: User, dana: User) -> None:
    secret = token_for(loaded, bob)
    with trust_scope(loaded):
        row = ApiToken.objects.get()
    with trust_scope(beta):
        # The very same row, for a user of the same rights: only the key of the digest differs.
        row.user = dana
        ApiToken.objects.bulk_create([row])
    assert program(beta, secret).get(FIGURES).status_code == 401
    assert program(loaded, secret).get(FIGURES).status_code == 200


def test_a_token_goes_before_a_session(loaded: Trust, alice: User, bob: User, browse: Browse) -> None:
    browser = browse(loaded, alice)
    wrong = browser.get(FIGURES, headers={"authorization": "Bearer ln_nothing"})
    assert wrong.status_code == 401
    right = browser.get(FIGURES, headers={"authorization": f"Bearer {token_for(loaded, bob)}"})
    assert len(right.json()["items"]) > 1


def test_when_it_was_last_used_is_written_once_an_hour(loaded: Trust, bob: User) -> None:
    secret = token_for(loaded, bob)
    caller = program(loaded, secret)

    def last_used() -> object:
        with trust_scope(loaded):
            return ApiToken.objects.get().last_used_at

    caller.get(FIGURES)
    first = last_used()
    caller.get(FIGURES)
    assert first is not None
    assert last_used() == first
    with trust_scope(loaded):
        ApiToken.objects.update(last_used_at=timezone.now() - timedelta(hours=1))
    caller.get(FIGURES)
    assert last_used() > first  # type: ignore[operator]  # moments


def test_wrong_tokens_are_told_to_stop_and_right_ones_go_on(loaded: Trust, bob: User) -> None:
    wrong = program(loaded, "ln_mistyped")
    answers = [wrong.get(FIGURES).status_code for _ in range(limits.ALLOWED + 2)]
    assert answers == [401] * limits.ALLOWED + [429] * 2
    assert wrong.get(FIGURES)["Retry-After"]
    assert program(loaded, token_for(loaded, bob)).get(FIGURES).status_code == 200
    with trust_scope(loaded):
        assert TrailEntry.objects.filter(kind="api.token_refused").count() == limits.ALLOWED


def test_the_secret_stands_nowhere(loaded: Trust, bob: User) -> None:
    with trust_scope(loaded):
        token, secret = services.make_token(user=bob, name="Reports", scopes=["workload:read"], days=30)
        program_rows = str(ApiToken.objects.values_list())
        trail = str(TrailEntry.objects.values_list())
    assert secret not in program_rows + trail
    assert secret.startswith("ln_")
    assert len(secret) > 40
    assert program(loaded, secret).get(FIGURES).status_code == 200
    assert token.name in trail


def test_making_and_revoking_stand_in_the_trail(in_alpha: Trust, bob: User) -> None:
    token, _ = services.make_token(user=bob, name="Reports", scopes=["workload:read"], days=30)
    services.revoke_token(token=token)
    services.revoke_token(token=token)
    kinds = list(TrailEntry.objects.order_by("id").values_list("kind", "subject_id"))
    assert kinds == [("api.token_made", str(token.pk)), ("api.token_revoked", str(token.pk))]


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"name": " "}, "name"),
        ({"scopes": []}, "scopes"),
        ({"scopes": ["workload:everything"]}, "scopes"),
        ({"scopes": ["hosting:read"]}, "scopes"),
        ({"days": 366}, "days"),
        ({"days": 0}, "days"),
    ],
)
def test_a_token_that_isnt_as_it_should_be_isnt_made(
    in_alpha: Trust, bob: User, given: dict[str, object], field: str
) -> None:
    asked = {"name": "Reports", "scopes": ["workload:read"], "days": 365, **given}
    with pytest.raises(TokenNotMade) as refused:
        services.make_token(user=bob, **asked)  # type: ignore[arg-type]  # wrong on purpose
    assert refused.value.field == field


def test_nobody_makes_a_token_for_what_they_may_not_do(in_alpha: Trust, auditor: User) -> None:
    with pytest.raises(TokenNotMade):
        services.make_token(user=auditor, name="Reports", scopes=["workload:read"], days=30)


def test_two_tokens_in_use_dont_share_a_name(in_alpha: Trust, bob: User) -> None:
    first, _ = services.make_token(user=bob, name="Reports", scopes=["workload:read"], days=30)
    with pytest.raises(TokenNotMade):
        services.make_token(user=bob, name="Reports", scopes=["workload:read"], days=30)
    services.revoke_token(token=first)
    services.make_token(user=bob, name="Reports", scopes=["workload:read"], days=30)
