"""`londonnet workload reasons list|show|add|set`."""

from datetime import date
from typing import TYPE_CHECKING, Any

import click

from londonnet.apps.workload.errors import WorkloadError
from londonnet.platform.documents.printing import Form, forms, print_done, print_one, print_rows
from londonnet.platform.embedded.commands import needs_database

from .common import TRUST, at_work, workload_group
from .types import DAY, WHY

if TYPE_CHECKING:
    from londonnet.apps.workload.selectors.reason_terms import ReasonTerms
    from londonnet.apps.workload.services import Terms

_NUMBER = click.argument("number", type=int)


def _terms_options(command: Any) -> Any:
    percent = click.IntRange(1, 100)
    for option in (
        click.option("--allowance", "allowance_percent", type=percent, help="The usual share of contracted hours, %."),
        click.option("--maximum", "maximum_percent", type=percent, help="The most that is allowed, %."),
        click.option("--months", "months_to_expiry", type=click.IntRange(1, 120), help="How long it usually lasts."),
        click.option("--off", is_flag=True, help="Reductions for this reason don't count."),
    ):
        command = option(command)
    return command


@workload_group.group("reasons")
def reasons_group() -> None:
    """Reasons for reductions, and what each allows."""


@reasons_group.command("list")
@TRUST
@forms
@needs_database
def list_reasons(slug: str, form: Form) -> None:
    """Print every reason with what it allows today and will allow."""
    from londonnet.apps.workload.staffing_json import reason_json

    with at_work(slug, "workload reasons list"):
        told = [reason_json(row) for row in _reasons()]
    shown = ("number", "name", "short_name", "kind", "in_force")
    print_rows(told if form == "json" else [{name: one[name] for name in shown} for one in told], form)


@reasons_group.command("show")
@_NUMBER
@TRUST
@forms
@needs_database
def show_reason(number: int, slug: str, form: Form) -> None:
    """Print reason NUMBER with all that it allowed, allows and will allow."""
    with at_work(slug, "workload reasons show"):
        told = _told(number)
    print_one(told, form, rows=told["history"])


@reasons_group.command("add")
@click.argument("name")
@TRUST
@click.option("--kind", type=click.Choice(["personal", "learning", "work"]), required=True)
@click.option("--short-name", default="", help="The name if not given.")
@_terms_options
@WHY
@forms
@needs_database
def add_reason(name: str, slug: str, form: Form, kind: str, short_name: str, why: str, **terms: Any) -> None:
    """Add a reason called NAME; it can be used at once, and never be deleted, only switched off."""
    from londonnet.apps.workload import services

    with at_work(slug, "workload reasons add"):
        made = services.add_reason(name=name, short_name=short_name, kind=kind, terms=_terms(terms), why=why)
        told = _told(made.pk)
    print_done(f"Reason {made.pk} is added.", told, form)


@reasons_group.command("set")
@_NUMBER
@TRUST
@click.option("--from", "valid_from", type=DAY, required=True, help="The first day; today or later.")
@_terms_options
@WHY
@forms
@needs_database
def set_terms(number: int, slug: str, form: Form, valid_from: date, why: str, **terms: Any) -> None:
    """Set what reason NUMBER allows from a day on, all of it: what isn't given has no bound."""
    from londonnet.apps.workload import services

    with at_work(slug, "workload reasons set"):
        _told(number)
        services.set_terms(reason_id=number, terms=_terms(terms), valid_from=valid_from, why=why)
        told = _told(number)
    print_done(f"Reason {number} allows that from {valid_from.isoformat()} on.", told, form)


def _reasons() -> "tuple[ReasonTerms, ...]":
    from django.utils import timezone

    from londonnet.apps.workload.selectors.reason_terms import reason_terms

    return reason_terms(timezone.localdate())


def _told(number: int) -> dict[str, Any]:
    """A reason with its history.

    Raises:
        WorkloadError: there is none of that number.
    """
    from londonnet.apps.workload.staffing_json import reason_json

    found = next((row for row in _reasons() if row.reason.pk == number), None)
    if found is None:
        raise WorkloadError(f"There is no reason {number}. “reasons list” prints the numbers.", "unknown-number")
    return reason_json(found, with_history=True)


def _terms(given: dict[str, Any]) -> "Terms":
    from londonnet.apps.workload import services

    return services.Terms(
        given["allowance_percent"], given["maximum_percent"], given["months_to_expiry"], enabled=not given["off"]
    )
