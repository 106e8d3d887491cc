"""`londonnet workload show`."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import click

from londonnet.apps.workload.errors import WorkloadError
from londonnet.platform.documents.printing import Form, forms, print_rows
from londonnet.platform.embedded.commands import needs_database

from .common import TRUST, at_work, places_or_somebody, require_known, within_of, workload_group

if TYPE_CHECKING:
    from londonnet.apps.workload.selectors import Within

_BY = click.option(
    "--by", type=click.Choice(["practitioner", "team", "pdu", "region", "trust"]), default="practitioner"
)


@workload_group.command("show")
@TRUST
@_BY
@places_or_somebody
@click.option("--as-at", type=click.DateTime(formats=["%Y-%m-%d"]), help="The figures of this day, as they were kept.")
@forms
@needs_database
def show(slug: str, by: str, as_at: datetime | None, form: Form, **codes: str | None) -> None:
    """Print the figures in force, a row for each practitioner-in-team, team, PDU, region, or the trust."""
    within = within_of(codes)
    with at_work(slug, "workload show"):
        require_known(within)
        rows = _figures(by, within, _kept(as_at.date()) if as_at else None)
    print_rows(rows, form)


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
