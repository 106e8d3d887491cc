"""`londonnet workload show`."""

import json
from typing import TYPE_CHECKING, Any

import click

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
@JSON
@needs_database
def show(slug: str, by: str, as_json: bool, **codes: str | None) -> None:
    """Print the figures in force, a row for each practitioner-in-team, team, PDU, region, or the trust."""
    within = within_of(codes)
    with at_work(slug, "workload show"):
        require_known(within)
        rows = _figures(by, within)
    if as_json:
        click.echo(json.dumps(rows))
        return
    for row in rows:
        click.echo("\t".join(_cell(value) for value in row.values()))


def _figures(by: str, within: "Within") -> list[dict[str, Any]]:
    from londonnet.apps.workload.json_rows import organisation_json, practitioner_json
    from londonnet.apps.workload.selectors import ORGANISATION_LEVELS, organisation_rows, practitioner_rows

    for level in ORGANISATION_LEVELS:
        if level == by:
            return [organisation_json(row) for row in organisation_rows(level, within)]
    return [practitioner_json(row) for row in practitioner_rows(within)]


def _cell(value: object) -> str:
    if isinstance(value, dict):
        return str(value["total"])
    if isinstance(value, float):
        return f"{value:.1f}"
    return "" if value is None else str(value)
