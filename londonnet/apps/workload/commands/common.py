"""What the commands of this application share: their group, usual options, and where they are at work."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from londonnet.apps.workload.errors import WorkloadError

if TYPE_CHECKING:
    from londonnet.apps.workload.selectors import FiguresInForce, Within
    from londonnet.apps.workload.selectors.carrying import Carrying
    from londonnet.platform.access.models import User
    from londonnet.platform.access.policy import Place

Call = TypeVar("Call", bound=Callable[..., Any])
FILE = click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
TRUST = click.option("--trust", "slug", required=True, help="The trust.")
JSON = click.option("--json", "as_json", is_flag=True, help="Print the result as JSON on standard output.")


def places(command: Call) -> Call:
    """`--region`, `--pdu` and `--team`, for `within_of`."""
    for name, said in (("team", "team"), ("pdu", "PDU"), ("region", "region")):
        command = click.option(f"--{name}", help=f"Only this {said}, by code.")(command)
    return command


def places_or_somebody(command: Call) -> Call:
    """Those, and `--practitioner`."""
    return places(click.option("--practitioner", help="Only this practitioner, by om_key.")(command))


@contextmanager
def at_work(slug: str, command: str) -> Iterator[None]:
    """Inside a trust, as that command."""
    from londonnet.platform.audit import Actor, acting_as
    from londonnet.platform.trusts import trust_scope

    with trust_scope(slug), acting_as(Actor("command", f"londonnet {command}")):
        yield


@click.group("workload")
def workload_group() -> None:
    """The Workload Management Tool."""


def within_of(codes: dict[str, str | None]) -> "Within":
    """The part of the trust that one option names.

    Raises:
        click.UsageError: several do.
    """
    from londonnet.apps.workload.selectors import EVERYWHERE, LEVELS, Within

    named = [Within(level, code) for level in LEVELS if (code := codes.get(level)) is not None]
    if len(named) > 1:
        raise click.UsageError("Give one of --region, --pdu, --team and --practitioner.")
    return named[0] if named else EVERYWHERE


def require_known(within: "Within") -> None:
    """A mistyped code isn't an empty answer.

    Raises:
        WorkloadError: nothing has that code.
    """
    from londonnet.apps.workload.selectors import EVERYWHERE, place_of

    if within != EVERYWHERE and place_of(within.level, within.code) is None:
        message = f"There is no {within.level} with the code {within.code!r}. Codes are written as on its page."
        raise WorkloadError(message, "unknown-code")


def figures_there() -> "FiguresInForce":
    """The figures in force.

    Raises:
        WorkloadError: no extract has been loaded.
    """
    from londonnet.apps.workload.selectors import figures_in_force

    figures = figures_in_force()
    if figures is None:
        raise WorkloadError("No national extract has been loaded yet.", "no-extract")
    return figures


def carrying(om_key: str, team_code: str) -> "Carrying":
    """What practitioner OM_KEY in team TEAM_CODE holds and can carry.

    Raises:
        WorkloadError: there is no such practitioner-in-team.
    """
    from django.utils import timezone

    from londonnet.apps.workload.selectors.carrying import carrying_of

    found = carrying_of(om_key, team_code, day=timezone.localdate())
    if found is None:
        message = f"There is no practitioner {om_key!r} in a team {team_code!r}. Codes are written as on their page."
        raise WorkloadError(message, "unknown-code")
    return found


def user_who_may(email: str, permission: str, place: "Place | None" = None) -> "User":
    """The user with that address, in whose name something is done.

    Raises:
        WorkloadError: there is no such active user, or they may not do it.
    """
    from londonnet.platform.access import policy
    from londonnet.platform.access.selectors import user_by_email

    user = user_by_email(email)
    if user is None or not user.is_active:
        raise WorkloadError("No active user has this address. “londonnet user list” prints those there are.", "no-user")
    if not policy.may(user, permission, place):
        raise WorkloadError(f"{email} may not do this: their roles don't hold {permission} there.", "not-allowed")
    return user
