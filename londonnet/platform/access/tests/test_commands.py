import json
from collections.abc import Callable
from typing import Any

import pytest
from click.testing import CliRunner
from django.test import Client

from londonnet.platform.access.commands import user_group
from londonnet.platform.access.errors import EmailTaken, UserRefused
from londonnet.platform.access.models import User
from londonnet.platform.audit.models import TrailEntry
from londonnet.platform.trusts import Trust, trust_scope
from londonnet.platform.trusts.registry import UnknownTrust


def run(*arguments: str) -> Any:
    outcome = CliRunner().invoke(user_group, list(arguments))
    if outcome.exception and not isinstance(outcome.exception, SystemExit):
        raise outcome.exception
    return outcome


def test_create_prints_a_one_time_link_that_works(alpha: Trust, browse: Callable[..., Client]) -> None:
    outcome = run(
        "create", "grace.oneill@example.org", "--trust", "alpha", "--role", "team_manager", "--scope", "N07T01"
    )
    link = outcome.stdout.strip()
    assert link.startswith("http://localhost:8000/welcome/")
    assert browse(alpha).get(link.removeprefix("http://localhost:8000")).status_code == 302
    with trust_scope(alpha):
        grace = User.objects.get()
        assert grace.name == "Grace Oneill"
        entry = TrailEntry.objects.get(kind="access.user_added")
    assert (entry.actor_kind, entry.actor_name) == ("command", "londonnet user create")


def test_create_prints_json(beta: Trust) -> None:
    outcome = run(
        *("create", "alice@example.org", "--trust", "beta", "--role", "practitioner"),
        *("--practitioner", "n07a001", "--name", "Alice", "--json"),
    )
    printed = json.loads(outcome.stdout)
    assert printed["email"] == "alice@example.org"
    assert printed["link"].startswith("http://beta.localhost:8000/welcome/")
    with trust_scope(beta):
        assert User.objects.get().staff_key == "N07A001"


def test_what_is_given_wrongly_is_wrong_use_or_refused(alpha: Trust, make_user: Callable[..., User]) -> None:
    assert run("create", "no-address", "--trust", "alpha", "--role", "hr").exit_code == 2
    assert run("create", "a@example.org", "--role", "hr").exit_code == 2
    wizard = run("create", "a@example.org", "--trust", "alpha", "--role", "wizard")
    assert (wizard.exit_code, "There is no role called 'wizard'" in wizard.stderr) == (2, True)
    assert run("create", "a@example.org", "--trust", "alpha", "--role", "team_manager").exit_code == 2
    with pytest.raises(UnknownTrust):
        run("create", "a@example.org", "--trust", "nowhere", "--role", "hr")
    make_user(alpha, "a@example.org")
    with pytest.raises(EmailTaken):
        run("create", "A@example.org", "--trust", "alpha", "--role", "hr")


def test_list_shows_the_users_of_one_trust(alpha: Trust, bob: User, dana: User) -> None:
    rows = json.loads(run("list", "--trust", "alpha", "--json").stdout)
    assert [(row["email"], row["roles"]) for row in rows] == [("bob@example.org", ["Team manager, team N07T01"])]
    assert "bob@example.org\tBob\tTeam manager, team N07T01" in run("list", "--trust", "alpha").stdout


def test_link_makes_a_new_link_and_lifts_a_lock(alpha: Trust, bob: User) -> None:
    from londonnet.platform.access import lock_out

    with trust_scope(alpha):
        for _ in range(10):
            lock_out.begin("bob@example.org")
        assert lock_out.locked_until("bob@example.org")
    assert "/welcome/" in run("link", "bob@example.org", "--trust", "alpha").stdout
    with trust_scope(alpha):
        assert lock_out.locked_until("bob@example.org") is None
    with pytest.raises(UserRefused, match="No active user"):
        run("link", "nobody@example.org", "--trust", "alpha")
