"""`londonnet workload hours …` and `londonnet workload reductions …`."""

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from londonnet.platform.embedded.commands import needs_database

from .common import FILE, JSON, TRUST, at_work, workload_group

if TYPE_CHECKING:
    from londonnet.apps.workload.services import LoadReport


@workload_group.group("hours")
def hours_group() -> None:
    """Contracted hours."""


@hours_group.command("load")
@FILE
@TRUST
@JSON
@needs_database
def load_hours_file(file: Path, slug: str, as_json: bool) -> None:
    """Load contracted hours: a CSV FILE with om_key,team_code,contracted_hours,from,to."""
    from londonnet.apps.workload.services import load_hours

    content = file.read_bytes()
    with at_work(slug, "workload hours load"):
        report = load_hours(content=content)
    say_report(report, as_json)


@workload_group.group("reductions")
def reductions_group() -> None:
    """Reductions of hours."""


@reductions_group.command("load")
@FILE
@TRUST
@JSON
@needs_database
def load_reductions_file(file: Path, slug: str, as_json: bool) -> None:
    """Load reductions: a CSV FILE with om_key,team_code,reason,hours,start,end,notes."""
    from londonnet.apps.workload.services import load_reductions

    content = file.read_bytes()
    with at_work(slug, "workload reductions load"):
        report = load_reductions(content=content)
    say_report(report, as_json)


def say_report(report: "LoadReport", as_json: bool) -> None:
    """Say what became of a file, and print it."""
    click.echo(report.text, err=True)
    for problem in report.problems:
        click.echo(f"Line {problem.line}, {problem.column or 'the line'}: {problem.reason}", err=True)
    if as_json:
        click.echo(json.dumps(report.as_json(), ensure_ascii=False))
