"""`londonnet workload caseload`, `progress`, `reports`, `omic` and `grades`: the numbers of a place's pages."""

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Any, TypeVar, cast

import click

from londonnet.apps.workload.errors import WorkloadError
from londonnet.platform.documents.printing import Form, forms, print_rows
from londonnet.platform.embedded.commands import needs_database

from .common import TRUST, at_work, figures_there, places, require_known, within_of, workload_group

if TYPE_CHECKING:
    from londonnet.apps.workload.selectors import FiguresInForce, OrganisationLevel, Within
    from londonnet.apps.workload.selectors.everyone import Everyone
    from londonnet.apps.workload.selectors.numbers import By

Call = TypeVar("Call", bound=Callable[..., Any])


def _of_place(command: Call) -> Call:
    """What all of them ask: of which place, what the rows are of, and of whom."""
    by = click.Choice(["region", "pdu", "team", "practitioner", "grade"])
    command = forms(command)
    command = click.option("--grade", "grades", multiple=True, help="Only this grade; may be repeated.")(command)
    command = click.option("--by", type=by, help="What each row is of; one level below the place if not given.")(
        command
    )
    return TRUST(places(command))


@workload_group.command("caseload")
@_of_place
@click.option("--sheet", type=click.Choice(["filtered", "all"]), default="filtered", show_default=True)
@click.option("--location", type=click.Choice(["community", "custody", "licence"]), help="Only there.")
@click.option("--month-end", type=click.DateTime(formats=["%Y-%m-%d"]), help="As at the last day of this month.")
@click.option("--cells", is_flag=True, help="Each tier, and each tier in each location, besides.")
@needs_database
def caseload(
    slug: str,
    form: Form,
    by: str | None,
    grades: tuple[str, ...],
    sheet: str,
    location: str | None,
    month_end: datetime | None,
    cells: bool,
    **codes: str | None,
) -> None:
    """Print the caseload by tier and location."""
    from dataclasses import replace

    from londonnet.apps.caseload.models import Location, Sheet
    from londonnet.apps.workload.numbers_json import EVERY_CELL, caseload_json
    from londonnet.apps.workload.selectors.month_ends import month_ends
    from londonnet.apps.workload.selectors.of_place import caseload_numbers

    with at_work(slug, "workload caseload"):
        everyone, rows_of, _ = _asked(codes, by, grades)
        day = month_end.date() if month_end else None
        if day is not None and day not in month_ends():
            raise WorkloadError(f"The caseload of {day.isoformat()} isn't kept.", "day-not-kept")
        found = caseload_numbers(
            replace(everyone, month_end=day),
            rows_of,
            sheet=Sheet[sheet.upper()],
            location=Location[location.upper()] if location else None,
            names=EVERY_CELL if cells else (),
        )
        rows = [caseload_json(row) for row in found.rows]
    print_rows(rows, form)


@workload_group.command("progress")
@_of_place
@needs_database
def progress(slug: str, form: Form, by: str | None, grades: tuple[str, ...], **codes: str | None) -> None:
    """Print case progress: first 16 weeks, warrants, overdue terminations, unpaid work, priority, suspended."""
    from londonnet.apps.workload.numbers_json import progress_json
    from londonnet.apps.workload.selectors.of_place import progress_numbers

    with at_work(slug, "workload progress"):
        everyone, rows_of, _ = _asked(codes, by, grades)
        rows = [progress_json(row) for row in progress_numbers(everyone, rows_of).rows]
    print_rows(rows, form)


@workload_group.command("reports")
@_of_place
@needs_database
def reports(slug: str, form: Form, by: str | None, grades: tuple[str, ...], **codes: str | None) -> None:
    """Print court reports: done in the last 30 days, due in the next, and what they weigh."""
    from londonnet.apps.workload.numbers_json import numbers_json
    from londonnet.apps.workload.selectors.of_place import report_numbers

    with at_work(slug, "workload reports"):
        everyone, rows_of, figures = _asked(codes, by, grades)
        rows = [numbers_json(row) for row in report_numbers(everyone, rows_of, figures).rows]
    print_rows(rows, form)


@workload_group.command("omic")
@_of_place
@needs_database
def omic(slug: str, form: Form, by: str | None, grades: tuple[str, ...], **codes: str | None) -> None:
    """Print offender management in custody, which is in nobody's capacity."""
    from londonnet.apps.workload.numbers_json import numbers_json
    from londonnet.apps.workload.selectors.of_place import omic_numbers

    with at_work(slug, "workload omic"):
        everyone, rows_of, figures = _asked(codes, by, grades)
        rows = [numbers_json(row) for row in omic_numbers(everyone, rows_of, figures).rows]
    print_rows(rows, form)


@workload_group.command("grades")
@TRUST
@places
@forms
@needs_database
def grades(slug: str, form: Form, **codes: str | None) -> None:
    """Print the figures of a place by grade, with support given and taken."""
    from londonnet.apps.workload.numbers_json import grade_json
    from londonnet.apps.workload.selectors.of_place import grade_numbers

    with at_work(slug, "workload grades"):
        everyone, _, figures = _asked(codes, "grade", ())
        rows = [grade_json(row) for row in grade_numbers(everyone, figures).rows]
    print_rows(rows, form)


def _asked(
    codes: dict[str, str | None], by: str | None, grades: tuple[str, ...]
) -> "tuple[Everyone, By, FiguresInForce]":
    """Whom it is about, what the rows are of, and the figures in force.

    Raises:
        WorkloadError: there is no such place, or no extract has been loaded.
        click.UsageError: the rows can't be of that here.
    """
    from londonnet.apps.workload.selectors.everyone import Everyone

    within = within_of(codes)
    require_known(within)
    figures = figures_there()
    return Everyone(within, figures.snapshot_id, grades=grades), _rows_of(within, by), figures


def _rows_of(within: "Within", by: str | None) -> "By":
    from londonnet.apps.workload.selectors.numbers import rows_below

    below = rows_below(cast("OrganisationLevel", within.level))
    if by is None:
        return below[0]
    found = next((one for one in below if one == by), None)
    if found is None:
        raise click.UsageError(f"Of a {within.level} --by must be {', '.join(below)}.")
    return found
