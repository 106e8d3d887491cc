"""`londonnet workload show`."""

import json
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import click

from londonnet.apps.workload.errors import WorkloadError
from londonnet.platform.embedded.commands import needs_database

from .common import JSON, TRUST, at_work, require_known, within_of, workload_group

if TYPE_CHECKING:
    from londonnet.apps.workload.selectors import Within

_BY = click.option(
    "--by", type=click.Choice(["practitioner", "team", "pdu", "region", "trust"]), default="practitioner"
)


@workload_group.command("show")
@TRUST
@_BY
@click.option("--region", help="Only this region, by code.")
@click.option("--pdu", help="Only this PDU, by code.")
@click.option("--team", help="Only this team, by code.")
@click.option("--practitioner", help="Only this practitioner, by om_key.")
@click.option("--as-at", type=click.DateTime(formats=["%Y-%m-%d"]), help="The figures of this day, as they were kept.")
@JSON
@needs_database
def show(slug: str, by: str, as_at: datetime | None, as_json: bool, **codes: str | None) -> None:
    """Print the figures in force, a row for each practitioner-in-team, team, PDU, region, or the trust."""
    within = within_of(codes)
    with at_work(slug, "workload show"):
        require_known(within)
        rows = _figures(by, within, _kept(as_at.date()) if as_at else None)
    if as_json:
        click.echo(json.dumps(rows))
        return
    for row in rows:
        click.echo("\t".join(_cell(value) for value in row.values()))


def _kept(day: date) -> date:
    """That day, if it is kept.

    Raises:
        WorkloadError: it isn't.
    """
    from londonnet.apps.workload.selectors import figures_as_at

    if figures_as_at(day) is None:
        raise WorkloadError(f"No figures are kept for {day.isoformat()}.", "day-not-kept")
    return day


def _figures(by: str, within: "Within", day: date | None) -> list[dict[str, Any]]:
    from londonnet.apps.workload.json_rows import organisation_json, practitioner_json
    from londonnet.apps.workload.selectors import ORGANISATION_LEVELS, organisation_rows, practitioner_rows

    for level in ORGANISATION_LEVELS:
        if level == by:
            return [organisation_json(row) for row in organisation_rows(level, within, run=day)]
    return [practitioner_json(row) for row in practitioner_rows(within, run=day)]


def _cell(value: object) -> str:
    if isinstance(value, dict):
        return str(value["total"])
    if isinstance(value, float):
        return f"{value:.1f}"
    return "" if value is None else str(value)
