"""`londonnet workload mistakes list|show|answer`: reports that a line of a working is wrong."""

from typing import Any

import click

from londonnet.apps.workload.errors import WorkloadError
from londonnet.platform.documents.printing import Form, forms, print_done, print_one, print_rows
from londonnet.platform.embedded.commands import needs_database

from .common import TRUST, at_work, workload_group

_NUMBER = click.argument("number", type=int)


@workload_group.group("mistakes")
def mistakes_group() -> None:
    """Reports of mistakes in figures."""


@mistakes_group.command("list")
@TRUST
@click.option("--answered", is_flag=True, help="Those that have an answer, instead of those that wait for one.")
@click.option("--limit", type=click.IntRange(1, 10_000), default=1000, show_default=True, help="How many at most.")
@forms
@needs_database
def list_mistakes(slug: str, form: Form, answered: bool, limit: int) -> None:
    """Print reports: those that wait, the oldest first, or those that have an answer, the latest first."""
    from londonnet.apps.workload.mistakes_json import mistake_json
    from londonnet.apps.workload.selectors.mistakes import mistakes_within
    from londonnet.platform.access.policy import EVERYTHING

    with at_work(slug, "workload mistakes list"):
        rows, _ = mistakes_within(EVERYTHING, is_open=not answered, size=limit)
    print_rows([mistake_json(row) for row in rows], form)


@mistakes_group.command("show")
@_NUMBER
@TRUST
@forms
@needs_database
def show_mistake(number: int, slug: str, form: Form) -> None:
    """Print report NUMBER."""
    with at_work(slug, "workload mistakes show"):
        told = _told(number)
    print_one(told, form, rows=[told])


@mistakes_group.command("answer")
@_NUMBER
@TRUST
@click.option("--put-right", "state", flag_value="put-right", help="It was put right in the national record.")
@click.option("--is-right", "state", flag_value="is-right", help="The figure is right.")
@click.option("--words", required=True, help="What was found, for whoever reported it.")
@forms
@needs_database
def answer_mistake(number: int, slug: str, form: Form, state: str | None, words: str) -> None:
    """Answer report NUMBER; one that has an answer keeps it."""
    from londonnet.apps.workload import services

    if state is None:
        raise click.UsageError("Give one of --put-right and --is-right.")
    with at_work(slug, "workload mistakes answer"):
        _told(number)
        services.answer_mistake(report_id=number, state=state, words=words)
        told = _told(number)
    print_done(f"Report {number} has its answer.", told, form)


def _told(number: int) -> dict[str, Any]:
    """A report.

    Raises:
        WorkloadError: there is none of that number.
    """
    from londonnet.apps.workload.mistakes_json import mistake_json
    from londonnet.apps.workload.selectors.mistakes import mistake

    found = mistake(number)
    if found is None:
        raise WorkloadError(f"There is no report {number}. “mistakes list” prints the numbers.", "unknown-number")
    return mistake_json(found)
