"""`londonnet demo …`: files of a made-up service, to be loaded through the real doors."""

import json
from datetime import datetime
from pathlib import Path

import click

from .reductions import write_hours_csv, write_reductions_csv
from .workbook import write_workbook


@click.group()
def demo() -> None:
    """Made-up files for a demo trust."""


@demo.command("workbook")
@click.argument("out", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--practitioners", type=click.IntRange(min=1, max=20_000), default=400, show_default=True)
@click.option("--cases", type=click.IntRange(min=0, max=500_000), default=8_000, show_default=True)
@click.option(
    "--seed", type=click.IntRange(min=0), default=1, show_default=True, help="The same seed gives the same file."
)
@click.option("--week", type=click.IntRange(min=0, max=520), default=0, show_default=True, help="So many weeks later.")
@click.option("--day", type=click.DateTime(["%Y-%m-%d"]), default=None, help="Day of week 0; today when not given.")
@click.option("--json", "as_json", is_flag=True, help="Print the paths as JSON.")
def workbook_command(
    out: Path, practitioners: int, cases: int, seed: int, week: int, day: datetime | None, as_json: bool
) -> None:
    """Write OUT.xlsx in the national layout, and OUT-hours.csv and OUT-reductions.csv beside it."""
    start = day.date() if day else None
    service = write_workbook(out, practitioners=practitioners, cases=cases, seed=seed, day=start, week=week)
    hours, reductions = (out.with_name(f"{out.stem}-{kind}.csv") for kind in ("hours", "reductions"))
    write_hours_csv(hours, service)
    write_reductions_csv(reductions, service)
    written = {"workbook": str(out), "hours": str(hours), "reductions": str(reductions)}
    if as_json:
        click.echo(json.dumps({**written, "datestamp": service.day.isoformat()}))
    else:
        click.echo("\n".join(f"Wrote {path}" for path in written.values()))


COMMANDS = [demo]
