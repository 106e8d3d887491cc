"""One's own tokens, on the page and from the command line."""

import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from click.testing import CliRunner
from django.test import Client

from londonnet.platform.access.models import User
from londonnet.platform.access.once import form_key
from londonnet.platform.api.commands import token_group
from londonnet.platform.api.models import ApiToken
from londonnet.platform.errors import LondonNetError
from londonnet.platform.trusts import Trust, trust_scope

from .calling import program, token_for

Browse = Callable[..., Client]
PAGE = "/account/tokens"


def filled_in(**changes: Any) -> dict[str, Any]:
    """The form of a new token."""
    given = {"name": "Weekly report", "scopes": ["workload:read"], "days": "90", "form_key": form_key()}
    return {**given, **changes}


def test_a_token_is_made_shown_once_and_revoked(alpha: Trust, bob: User, browse: Browse) -> None:
    browser = browse(alpha, bob)
    assert browser.post(PAGE, filled_in()).status_code == 302
    shown = browser.get(PAGE)
    secret = re.search(r"<code>(ln_[\w-]+)</code>", shown.content.decode())
    assert secret is not None
    assert shown["Cache-Control"].startswith("max-age=0")
    assert secret[1] not in browser.get(PAGE).content.decode()
    caller = program(alpha, secret[1])
    assert caller.get("/api/openapi.json").status_code == 200
    with trust_scope(alpha):
        number = ApiToken.objects.get().pk
    assert browser.post(f"{PAGE}/{number}/revoke").status_code == 302
    assert caller.get("/api/openapi.json").status_code == 401


def test_a_form_that_is_sent_twice_makes_one_token(alpha: Trust, bob: User, browse: Browse) -> None:
    browser, given = browse(alpha, bob), filled_in()
    for _ in range(2):
        assert browser.post(PAGE, given).status_code == 302
    with trust_scope(alpha):
        assert ApiToken.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"name": ""}, "Enter a name that says what the token is for."),
        ({"scopes": []}, "Choose what the token may do."),
        ({"days": ""}, "Choose how long it lasts."),
        ({"days": "4000"}, "Select a valid choice"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(
    alpha: Trust, bob: User, browse: Browse, changes: dict[str, Any], said: str
) -> None:
    page = browse(alpha, bob).post(PAGE, filled_in(name="Kept as typed") | changes).content.decode()
    assert page.count(said) == 2
    assert "<title>Error: " in page
    assert "name" in changes or 'value="Kept as typed"' in page


def test_a_name_in_use_is_said_beside_the_field(alpha: Trust, bob: User, browse: Browse) -> None:
    token_for(alpha, bob, name="Weekly report")
    page = browse(alpha, bob).post(PAGE, filled_in()).content.decode()
    assert page.count("There is a token of this name already.") == 2


def test_only_scopes_of_ones_own_rights_are_offered(alpha: Trust, auditor: User, bob: User, browse: Browse) -> None:
    assert 'value="workload:read"' in browse(alpha, bob).get(PAGE).content.decode()
    assert "workload:read" not in browse(alpha, auditor).get(PAGE).content.decode()


def test_nobody_sees_or_revokes_anothers_token(alpha: Trust, alice: User, bob: User, browse: Browse) -> None:
    token_for(alpha, bob, name="Bob’s own")
    with trust_scope(alpha):
        number = ApiToken.objects.get().pk
    browser = browse(alpha, alice)
    assert "Bob’s own" not in browser.get(PAGE).content.decode()
    assert browser.post(f"{PAGE}/{number}/revoke").status_code == 404
    with trust_scope(alpha):
        assert ApiToken.objects.get().revoked_at is None


def run(*arguments: str) -> Any:
    outcome = CliRunner().invoke(token_group, list(arguments))
    if outcome.exception and not isinstance(outcome.exception, SystemExit):
        raise outcome.exception
    return outcome


def test_the_commands_make_list_and_revoke(alpha: Trust, bob: User) -> None:
    there = ("--trust", "alpha", "--user", bob.email)
    secret = run("create", *there, "--scope", "workload:read", "--name", "Nightly").stdout.strip()
    assert program(alpha, secret).get("/api/openapi.json").status_code == 200
    (row,) = json.loads(run("list", *there, "--json").stdout)
    assert (row["name"], row["scopes"], row["user"]) == ("Nightly", ["workload:read"], bob.email)
    assert secret not in json.dumps(row)
    run("revoke", str(row["id"]), "--trust", "alpha")
    assert json.loads(run("list", *there, "--json").stdout) == []
    assert program(alpha, secret).get("/api/openapi.json").status_code == 401


def test_commands_refuse_in_words(alpha: Trust, auditor: User) -> None:
    with pytest.raises(LondonNetError, match="No active user"):
        run("create", "--trust", "alpha", "--user", "nobody@example.org", "--scope", "workload:read")
    with pytest.raises(LondonNetError, match="may not do workload:read"):
        run("create", "--trust", "alpha", "--user", auditor.email, "--scope", "workload:read")
    with pytest.raises(LondonNetError, match="no such token"):
        run("revoke", "1", "--trust", "alpha")
