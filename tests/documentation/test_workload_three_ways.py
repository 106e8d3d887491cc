"""The page that says what each page of the workload tool is called in the API and on the command line is whole."""

import re
from collections.abc import Iterator

import click

from londonnet.apps.workload.commands import workload_group
from londonnet.apps.workload.urls import urlpatterns
from londonnet.config.environment import PROJECT
from londonnet.platform.api.mounting import bound_operations, declaration_of

TOLD = (PROJECT / "docs/developers/workload-three-ways.md").read_text()
ROWS = [line.strip("| ").split(" | ") for line in TOLD.splitlines() if line.startswith("| `/workload")]
COMMANDS_PAGE = (PROJECT / "docs/administrators/commands.md").read_text()


def told(column: int) -> set[str]:
    """What stands in a column, between backticks."""
    return {name for row in ROWS for name in re.findall(r"`([^`]+)`", row[column]) if name not in _ASIDE}


_ASIDE = {"within", "practitioner:KEY"}


def plain(path: str) -> str:
    """A path without the kinds of its parts."""
    return re.sub(r"[<{](?:\w+:)?(\w+)[>}]", r"{\1}", path)


def commands(group: click.Group, before: str = "") -> Iterator[str]:
    """Every command of a group, with the names of the groups inside it."""
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from commands(command, f"{before}{name} ")
        else:
            yield before + name


def test_every_page_has_its_row() -> None:
    routes = {f"/{plain(str(route.pattern))}" for route in urlpatterns}
    place = re.compile(r"^/workload/(trust|(region|pdu|team)/\{code\}|practitioner/\{code\}/\{team_code\})(?=/|$)")
    assert told(0) == {place.sub("/workload/PLACE", route) for route in routes}


def test_every_operation_has_its_row() -> None:
    found = {
        f"{declared.method} {plain(path.removeprefix('/workload'))}"
        for path, operation in bound_operations()
        if (declared := declaration_of(operation)) is not None and declared.application == "workload"
    }
    assert told(1) == found


def test_every_command_has_its_row_and_its_line_among_the_commands() -> None:
    found = set(commands(workload_group))
    assert told(2) == found
    assert {name for name in found if f"\nlondonnet workload {name} " not in COMMANDS_PAGE} == set()
