"""`londonnet user …`: users of a trust, from the command line."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from londonnet.platform.audit import Actor, acting_as
from londonnet.platform.embedded.commands import needs_database
from londonnet.platform.trusts import trust_scope

if TYPE_CHECKING:
    from .models import User
    from .roles import Grant
    from .selectors import UserRow

in_trust = click.option("--trust", "slug", required=True, help="The trust, by its short name.")
with_json = click.option("--json", "as_json", is_flag=True, help="Print JSON.")


@click.group("user")
def user_group() -> None:
    """Users of a trust."""


@user_group.command("create")
@click.argument("email")
@in_trust
@click.option("--role", required=True, help="For example practitioner, team_manager, administrator, auditor.")
@click.option("--scope", default="", help="Code of the team, PDU or region; with its kind if need be: pdu:N07P1.")
@click.option("--practitioner", default="", help="om_key of the practitioner that they are.")
@click.option("--name", default="", help="As colleagues read it; otherwise it is made from the address.")
@with_json
@needs_database
def create(email: str, slug: str, role: str, scope: str, practitioner: str, name: str, as_json: bool) -> None:
    """Add a user with the address EMAIL, and print the link under which they set their password, once."""
    from .services import create_user

    _check_email(email)
    grant = _grant(role, scope)
    with _at_work_in(slug, "user create"):
        user = create_user(email=email, name=name or _name_in(email), grants=[grant], staff_key=practitioner)
        _print_link(user, as_json)


@user_group.command("link")
@click.argument("email")
@in_trust
@with_json
@needs_database
def link(email: str, slug: str, as_json: bool) -> None:
    """Print a new one-time link for the user EMAIL, and lift their lock if they are locked out."""
    from .errors import UserRefused
    from .selectors import user_by_email
    from .services import lift_lock

    with _at_work_in(slug, "user link"):
        user = user_by_email(email)
        if user is None or not user.is_active:
            raise UserRefused("No active user has this address. `londonnet user list` shows those there are.")
        lift_lock(user=user)
        _print_link(user, as_json)


@user_group.command("list")
@in_trust
@with_json
@needs_database
def list_users(slug: str, as_json: bool) -> None:
    """List the users of a trust."""
    from .selectors import every_user

    with _at_work_in(slug, "user list"):
        rows = every_user()
    if as_json:
        click.echo(json.dumps([_as_json(row) for row in rows]))
        return
    for row in rows:
        state = "" if row.is_active else "\tdeactivated"
        click.echo(f"{row.email}\t{row.name}\t{'; '.join(row.roles)}{state}")


@contextmanager
def _at_work_in(slug: str, command: str) -> Iterator[None]:
    with trust_scope(slug), acting_as(Actor("command", f"londonnet {command}")):
        yield


def _grant(role: str, scope: str) -> "Grant":
    from .errors import UserRefused
    from .roles import worked_out

    try:
        return worked_out(role, scope)
    except UserRefused as refused:
        raise click.UsageError(refused.message) from refused


def _check_email(email: str) -> None:
    try:
        validate_email(email)
    except ValidationError as error:
        raise click.BadParameter(f"{email!r} isn't an email address.", param_hint="EMAIL") from error


def _name_in(email: str) -> str:
    return email.partition("@")[0].replace(".", " ").replace("_", " ").title()


def _print_link(user: "User", as_json: bool) -> None:
    """The link on standard output, by itself, so that it can be piped on."""
    from .services import one_time_link

    address = one_time_link(user)
    click.echo(f"{user.name} sets a password under this link. It works once.", err=True)
    click.echo(
        json.dumps({"id": user.pk, "email": user.email, "name": user.name, "link": address}) if as_json else address
    )


def _as_json(row: "UserRow") -> dict[str, Any]:
    return {
        "id": row.pk,
        "email": row.email,
        "name": row.name,
        "practitioner": row.staff_key,
        "roles": list(row.roles),
        "is_active": row.is_active,
    }


COMMANDS = [user_group]
