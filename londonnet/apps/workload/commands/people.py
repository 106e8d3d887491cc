"""`londonnet workload people`, `working` and `record`: who stands where, and how a figure comes about."""

from decimal import Decimal
from typing import TYPE_CHECKING

import click

from londonnet.apps.workload.errors import WorkloadError
from londonnet.platform.documents.printing import Form, forms, print_one, print_rows
from londonnet.platform.embedded.commands import needs_database

from .common import TRUST, at_work, figures_there, places, require_known, within_of, workload_group

if TYPE_CHECKING:
    from londonnet.apps.workload.selectors import PractitionerWorking

_BANDS = ("above", "within", "below", "no-capacity-left", "not-measured", "nothing-available")


@workload_group.command("people")
@TRUST
@places
@click.option("--band", type=click.Choice(_BANDS), help="Only those who stand there.")
@click.option("--grade", "grades", multiple=True, help="Only this grade; may be repeated.")
@click.option("--from", "least", type=click.FloatRange(0), help="At least this capacity, in percent.")
@click.option("--to", "most", type=click.FloatRange(0), help="At most this capacity, in percent.")
@forms
@needs_database
def people(
    slug: str,
    form: Form,
    band: str | None,
    grades: tuple[str, ...],
    least: float | None,
    most: float | None,
    **codes: str | None,
) -> None:
    """Print the practitioners of a place, narrowed by where they stand against the band of 90 to 110%."""
    from londonnet.apps.workload.json_rows import person_json
    from londonnet.apps.workload.selectors.people import Narrowed, Standing, everyone, spread
    from londonnet.apps.workload.selectors.people import people as people_rows

    within = within_of(codes)
    narrowed = Narrowed(grades, *(None if one is None else Decimal(str(one)) for one in (least, most)))
    with at_work(slug, "workload people"):
        require_known(within)
        figures = figures_there()
        size = everyone(spread(within, figures=figures, narrowed=narrowed))
        standing = Standing(band) if band else None
        found = people_rows(within, figures=figures, standing=standing, narrowed=narrowed, size=size)
    print_rows([person_json(row) for row in found], form)


@workload_group.command("working")
@click.argument("om_key")
@click.argument("team_code")
@TRUST
@forms
@needs_database
def working(om_key: str, team_code: str, slug: str, form: Form) -> None:
    """Print how the figure of practitioner OM_KEY in team TEAM_CODE comes about, line by line.

    Personal reasons and notes aren't printed.
    """
    from londonnet.apps.workload.working_json import working_json

    with at_work(slug, "workload working"):
        told = working_json(_working(om_key, team_code), with_personal=False)
    lines = [{"part": part["title"], **line} for part in told["working"] for line in part["lines"]]
    results = [{"part": "Result", **told[name]} for name in ("total", "available", "capacity")]
    print_one(told, form, rows=[*lines, *results])


@workload_group.command("record")
@click.argument("om_key")
@click.argument("team_code")
@TRUST
@forms
@needs_database
def record(om_key: str, team_code: str, slug: str, form: Form) -> None:
    """Print what looks wrong in the record behind the figure of OM_KEY in TEAM_CODE, and how it is put right."""
    from londonnet.apps.workload.record_checks import record_checks
    from londonnet.apps.workload.working_json import finding_json

    with at_work(slug, "workload record"):
        found = record_checks(_working(om_key, team_code).record)
    print_rows([finding_json(one) for one in found], form)


def _working(om_key: str, team_code: str) -> "PractitionerWorking":
    from londonnet.apps.workload.selectors import working_of

    found = working_of(om_key, team_code)
    if found is None:
        message = f"The extract in force doesn't name {om_key!r} in a team {team_code!r}, so there is no figure."
        raise WorkloadError(message, "unknown-code")
    return found
