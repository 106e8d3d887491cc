"""`londonnet token …`: keys of programs, from the command line."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

from londonnet.platform.audit import Actor, acting_as
from londonnet.platform.embedded.commands import needs_database
from londonnet.platform.trusts import trust_scope

if TYPE_CHECKING:
    from londonnet.platform.access.models import User

    from .models import ApiToken

_TRUST = click.option("--trust", "slug", required=True, help="The trust, by its short name.")
_JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON.")


@click.group("token")
def token_group() -> None:
    """Tokens: keys of programs that act as a user."""


@token_group.command("create")
@_TRUST
@click.option("--user", "email", required=True, help="Email address of the user for whom it acts.")
@click.option("--scope", "scopes", required=True, multiple=True, help="For example workload:read; may be repeated.")
@click.option("--name", default="Made by a command", help="What it is for; the trail names it so.")
@click.option("--days", default=90, help="How long it lasts, 365 days at most.")
@_JSON
@needs_database
def create(slug: str, email: str, scopes: tuple[str, ...], name: str, days: int, as_json: bool) -> None:
    """Make a token and print it, once: it isn't kept."""
    from .services import make_token

    with _at_work(slug, "token create"):
        token, secret = make_token(user=_user(email), name=name, scopes=scopes, days=days)
        said = f"{token.user.name}: “{token.name}”, {', '.join(token.scopes)}, until {token.expires_at:%Y-%m-%d}."
        shown = json.dumps({**_as_json(token), "token": secret}) if as_json else secret
    click.echo(f"{said} Keep it now: it can't be shown again.", err=True)
    click.echo(shown)


@token_group.command("list")
@_TRUST
@click.option("--user", "email", help="Only this user's, by email address.")
@_JSON
@needs_database
def list_tokens(slug: str, email: str | None, as_json: bool) -> None:
    """List the tokens that aren't revoked."""
    from .selectors import tokens_of

    with _at_work(slug, "token list"):
        rows = [_as_json(token) for token in tokens_of(_user(email) if email else None)]
    if as_json:
        click.echo(json.dumps(rows))
        return
    for row in rows:
        click.echo("\t".join(str(row[part] or "") for part in ("id", "user", "name", "expires", "last_used")))


@token_group.command("revoke")
@click.argument("number", type=int)
@_TRUST
@click.option("--user", "email", help="Only if it is this user's.")
@needs_database
def revoke(number: int, slug: str, email: str | None) -> None:
    """Have the token NUMBER (as `list` prints it) open nothing from now on."""
    from londonnet.platform.errors import LondonNetError

    from .selectors import token_of
    from .services import revoke_token

    with _at_work(slug, "token revoke"):
        token = token_of(number, _user(email) if email else None)
        if token is None:
            raise LondonNetError("There is no such token. `londonnet token list` shows those there are.", "no-token")
        revoke_token(token=token)
    click.echo(f"The token “{token.name}” is revoked.", err=True)


@contextmanager
def _at_work(slug: str, command: str) -> Iterator[None]:
    with trust_scope(slug), acting_as(Actor("command", f"londonnet {command}")):
        yield


def _user(email: str) -> "User":
    from londonnet.platform.access.selectors import user_by_email
    from londonnet.platform.errors import LondonNetError

    user = user_by_email(email)
    if user is None or not user.is_active:
        message = "No active user has this address. `londonnet user list` shows those there are."
        raise LondonNetError(message, "no-user")
    return user


def _as_json(token: "ApiToken") -> dict[str, Any]:
    return {
        "id": token.pk,
        "user": token.user.email,
        "name": token.name,
        "scopes": token.scopes,
        "created": token.created_at.isoformat(),
        "expires": token.expires_at.isoformat(),
        "last_used": token.last_used_at.isoformat() if token.last_used_at else None,
    }


COMMANDS = [token_group]
