"""`londonnet workload …`: figures, weights, hours and reductions from the command line."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from londonnet.apps.workload.errors import WorkloadError
from londonnet.platform.embedded.commands import needs_database

if TYPE_CHECKING:
    from londonnet.apps.workload.selectors import OrganisationRow, PractitionerRow, Within
    from londonnet.apps.workload.services import LoadReport

_FILE = click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
_TRUST = click.option("--trust", "slug", required=True, help="The trust.")
_JSON = click.option("--json", "as_json", is_flag=True, help="Print the result as JSON on standard output.")
_BY = click.option(
    "--by", type=click.Choice(["practitioner", "team", "pdu", "region", "trust"]), default="practitioner"
)


@contextmanager
def _at_work(slug: str, command: str) -> Iterator[None]:
    from londonnet.platform.audit import Actor, acting_as
    from londonnet.platform.trusts import trust_scope

    with trust_scope(slug), acting_as(Actor("command", f"londonnet {command}")):
        yield


@click.group("workload")
def workload_group() -> None:
    """The Workload Management Tool."""


@workload_group.command("show")
@_TRUST
@_BY
@click.option("--region", help="Only this region, by code.")
@click.option("--pdu", help="Only this PDU, by code.")
@click.option("--team", help="Only this team, by code.")
@click.option("--practitioner", help="Only this practitioner, by om_key.")
@_JSON
@needs_database
def show(slug: str, by: str, as_json: bool, **codes: str | None) -> None:
    """Print the figures in force, a row for each practitioner-in-team, team, PDU, region, or the trust."""
    within = _within(codes)
    with _at_work(slug, "workload show"):
        _require_known(within)
        rows = _figures(by, within)
    if as_json:
        click.echo(json.dumps(rows))
        return
    for row in rows:
        click.echo("\t".join(_cell(value) for value in row.values()))


def _within(codes: dict[str, str | None]) -> "Within":
    """The part of the trust that one option names.

    Raises:
        click.UsageError: several do.
    """
    from londonnet.apps.workload.selectors import EVERYWHERE, LEVELS, Within

    named = [Within(level, code) for level in LEVELS if (code := codes.get(level)) is not None]
    if len(named) > 1:
        raise click.UsageError("Give one of --region, --pdu, --team and --practitioner.")
    return named[0] if named else EVERYWHERE


def _require_known(within: "Within") -> None:
    """A mistyped code isn't an empty answer.

    Raises:
        WorkloadError: nothing has that code.
    """
    from londonnet.apps.workload.selectors import EVERYWHERE, place_of

    if within != EVERYWHERE and place_of(within.level, within.code) is None:
        message = f"There is no {within.level} with the code {within.code!r}. Codes are written as on its page."
        raise WorkloadError(message, "unknown-code")


def _figures(by: str, within: "Within") -> list[dict[str, Any]]:
    from londonnet.apps.workload.selectors import ORGANISATION_LEVELS, organisation_rows, practitioner_rows

    for level in ORGANISATION_LEVELS:
        if level == by:
            return [_organisation(row) for row in organisation_rows(level, within)]
    return [_practitioner(row) for row in practitioner_rows(within)]


def _practitioner(row: "PractitionerRow") -> dict[str, Any]:
    return {
        "om_key": row.om_key,
        "team_code": row.team_code,
        "pdu_code": row.pdu_code,
        "region_code": row.region_code,
        "grade": row.grade,
        "cases": row.cases,
        "t2a_cases": row.t2a_cases,
        "points": row.points.as_json(),
        "contracted_hours": None if row.contracted_hours is None else float(row.contracted_hours),
        "reduction_hours": float(row.reduction_hours),
        "available": row.available,
        "capacity": row.capacity,
        "capacity_note": row.capacity_note,
        "weights_version": row.weights_version,
    }


def _organisation(row: "OrganisationRow") -> dict[str, Any]:
    return {
        "code": row.code,
        "name": row.name,
        "practitioners": row.practitioners,
        "cases": row.cases,
        "points": row.points.as_json(),
        "points_not_measured": row.points_not_measured,
        "available": row.available,
        "capacity": row.capacity,
        "capacity_note": row.capacity_note,
    }


def _cell(value: object) -> str:
    if isinstance(value, dict):
        return str(value["total"])
    if isinstance(value, float):
        return f"{value:.1f}"
    return "" if value is None else str(value)


@workload_group.group("weights")
def weights_group() -> None:
    """Versions of the weights."""


@weights_group.command("show")
@_TRUST
@_JSON
@needs_database
def show_weights(slug: str, as_json: bool) -> None:
    """Print the weights in force today."""
    from londonnet.apps.workload.selectors import weights_in_force
    from londonnet.apps.workload.weights import weights_json

    with _at_work(slug, "workload weights show"):
        weights = weights_json(weights_in_force())
    click.echo(json.dumps(weights, ensure_ascii=False, indent=None if as_json else 2))


@weights_group.command("load")
@_FILE
@_TRUST
@click.option("--reason", default="", help="Why, for the audit trail.")
@_JSON
@needs_database
def load_weights(file: Path, slug: str, reason: str, as_json: bool) -> None:
    """Adopt the weights in FILE (what `weights show --json` prints) as a new version; it must be complete."""
    from londonnet.apps.workload.selectors import weights_in_force
    from londonnet.apps.workload.services import adopt_weights
    from londonnet.apps.workload.weights_reading import parse_weights_text

    content = file.read_bytes()
    with _at_work(slug, "workload weights load"):
        weights = parse_weights_text(content, further_reports=weights_in_force().further_reports)
        version = adopt_weights(weights=weights, reason=reason)
    click.echo(f"Weights version {version} is adopted, valid from {weights.valid_from.isoformat()}.", err=True)
    if as_json:
        click.echo(json.dumps({"version": version, "valid_from": weights.valid_from.isoformat()}))


@workload_group.group("hours")
def hours_group() -> None:
    """Contracted hours."""


@hours_group.command("load")
@_FILE
@_TRUST
@_JSON
@needs_database
def load_hours_file(file: Path, slug: str, as_json: bool) -> None:
    """Load contracted hours: a CSV FILE with om_key,team_code,contracted_hours,from,to."""
    from londonnet.apps.workload.services import load_hours

    content = file.read_bytes()
    with _at_work(slug, "workload hours load"):
        report = load_hours(content=content)
    _say(report, as_json)


@workload_group.group("reductions")
def reductions_group() -> None:
    """Reductions of hours."""


@reductions_group.command("load")
@_FILE
@_TRUST
@_JSON
@needs_database
def load_reductions_file(file: Path, slug: str, as_json: bool) -> None:
    """Load reductions: a CSV FILE with om_key,team_code,reason,hours,start,end,notes."""
    from londonnet.apps.workload.services import load_reductions

    content = file.read_bytes()
    with _at_work(slug, "workload reductions load"):
        report = load_reductions(content=content)
    _say(report, as_json)


def _say(report: "LoadReport", as_json: bool) -> None:
    click.echo(report.text, err=True)
    for problem in report.problems:
        click.echo(f"Line {problem.line}, {problem.column or 'the line'}: {problem.reason}", err=True)
    if as_json:
        click.echo(json.dumps(report.as_json(), ensure_ascii=False))


COMMANDS = [workload_group]
