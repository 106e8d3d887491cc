"""What the commands of this application share: their group, usual options, and where they are at work."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from londonnet.apps.workload.errors import WorkloadError

if TYPE_CHECKING:
    from londonnet.apps.workload.selectors import Within

FILE = click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
TRUST = click.option("--trust", "slug", required=True, help="The trust.")
JSON = click.option("--json", "as_json", is_flag=True, help="Print the result as JSON on standard output.")


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
