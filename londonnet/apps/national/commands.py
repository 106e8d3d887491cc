"""`londonnet extract …`: check and load the national workbook."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from londonnet.platform.embedded.commands import needs_database

FILE_REFUSED = 2
_FILE = click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
_JSON = click.option("--json", "as_json", is_flag=True, help="Print the report as JSON on standard output.")


@click.group("extract")
def extract_group() -> None:
    """The national workload workbook."""


@extract_group.command("check")
@_FILE
@_JSON
def check(file: Path, as_json: bool) -> int:
    """Read and validate FILE; nothing is written."""
    from .reading import read_workbook
    from .report import check_report

    return _reported(lambda: check_report(read_workbook(file, progress=_say)), as_json)


@extract_group.command("load")
@_FILE
@click.option("--trust", "slug", required=True, help="The trust to load it into.")
@click.option("--force", is_flag=True, help="Load it though it is older or much smaller than the one in force.")
@_JSON
@needs_database
def load(file: Path, slug: str, force: bool, as_json: bool) -> int:
    """Load FILE into a trust; 0 also when rows went to the quarantine, 2 when the file was refused."""
    from londonnet.platform.audit import Actor, acting_as
    from londonnet.platform.trusts import trust_scope

    from . import services

    def work() -> dict[str, Any]:
        with trust_scope(slug), acting_as(Actor("command", "londonnet extract load")):
            received = services.receive(file, name=file.name, came_by="command")
            return services.load_extract(file=received, force=force, progress=_say).report

    return _reported(work, as_json)


def _reported(work: Callable[[], dict[str, Any]], as_json: bool) -> int:
    from .reading import WorkbookRefused
    from .report import refusal_report

    try:
        report = work()
    except WorkbookRefused as refused:
        for reason in refused.reasons:
            click.echo(reason, err=True)
        if as_json:
            click.echo(json.dumps(refusal_report(refused)))
        return FILE_REFUSED
    click.echo(_sentence(report), err=True)
    if as_json:
        click.echo(json.dumps(report))
    return 0


def _say(stage: str, done: int, total: int) -> None:
    click.echo(f"{stage} ({done} of {total})", err=True)


def _sentence(report: dict[str, Any]) -> str:
    if report["unchanged"]:
        return "This extract is in force already: nothing was changed."
    sheets = report["sheets"].values()
    read, quarantined = (sum(sheet[name] for sheet in sheets) for name in ("read", "quarantined"))
    return f"{read:,} rows read, {quarantined:,} in quarantine, in {report['seconds']:.1f} seconds."


COMMANDS = [extract_group]
