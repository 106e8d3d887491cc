"""`londonnet workload hours show`, `set` and `held`, `londonnet workload stayed-behind` and `take-along`."""

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import click

from londonnet.platform.documents.printing import Form, forms, print_done, print_one, print_rows
from londonnet.platform.embedded.commands import needs_database

from .common import TRUST, at_work, carrying, workload_group
from .staffing import hours_group, reductions_group
from .types import DAY, HOURS, WHY

if TYPE_CHECKING:
    from londonnet.apps.workload.models import StaffingLoad


@hours_group.command("show")
@click.argument("om_key")
@click.argument("team_code")
@TRUST
@forms
@needs_database
def show_hours(om_key: str, team_code: str, slug: str, form: Form) -> None:
    """Print the contracted hours of OM_KEY in TEAM_CODE: what holds, and what was and will be."""
    from django.utils import timezone

    from londonnet.apps.workload.selectors.hours_history import hours_history
    from londonnet.apps.workload.staffing_json import hours_json

    with at_work(slug, "workload hours show"):
        found = carrying(om_key, team_code)
        told = hours_json(found, hours_history(found.place_id), timezone.localdate())
    print_one(told, form, rows=told["periods"])


@hours_group.command("set")
@click.argument("om_key")
@click.argument("team_code")
@click.argument("hours", type=HOURS)
@TRUST
@click.option("--from", "first_day", type=DAY, required=True, help="The first day.")
@click.option("--to", "last_day", type=DAY, help="The last day; without it, they go on.")
@WHY
@click.option("--sure", "is_sure", is_flag=True, help="More than 48 hours a week are right.")
@needs_database
def set_hours(
    om_key: str, team_code: str, hours: Decimal, slug: str, why: str, is_sure: bool, **days: date | None
) -> None:
    """Have practitioner OM_KEY in team TEAM_CODE contracted for HOURS a week from a day on."""
    from londonnet.apps.workload import services

    first_day, last_day = days["first_day"], days["last_day"]
    assert first_day is not None  # noqa: S101  # click requires it; this tells the type checker
    with at_work(slug, "workload hours set"):
        place_id = carrying(om_key, team_code).place_id
        services.set_hours(
            place_id=place_id, hours=hours, first_day=first_day, last_day=last_day, why=why, is_sure=is_sure
        )
    click.echo(f"{om_key} is contracted for {hours} hours from {first_day.isoformat()} on.", err=True)


@hours_group.command("held")
@TRUST
@needs_database
def held_hours_file(slug: str) -> None:
    """Print the contracted hours that are held, as a CSV file that `hours load` takes."""
    from londonnet.apps.workload.models import StaffingLoad
    from londonnet.apps.workload.selectors.held import held_hours
    from londonnet.platform.access.policy import EVERYTHING

    with at_work(slug, "workload hours held"):
        rows = held_hours(EVERYTHING)
    _print_file(StaffingLoad.Kind.HOURS, rows)


@reductions_group.command("held")
@TRUST
@needs_database
def held_reductions_file(slug: str) -> None:
    """Print the reductions that are held, as a CSV file. Personal reasons and notes aren't in it."""
    from londonnet.apps.workload.models import StaffingLoad
    from londonnet.apps.workload.selectors.held import held_reductions
    from londonnet.platform.access.policy import EVERYTHING, NOTHING

    with at_work(slug, "workload reductions held"):
        rows = held_reductions(EVERYTHING, personal=NOTHING)
    _print_file(StaffingLoad.Kind.REDUCTIONS, rows)


@workload_group.command("stayed-behind")
@TRUST
@forms
@needs_database
def stayed_behind(slug: str, form: Form) -> None:
    """Print hours and reductions that still run in a team that somebody left."""
    from django.utils import timezone

    from londonnet.apps.workload.selectors.loose_ends import behind_within
    from londonnet.apps.workload.staffing_json import behind_json
    from londonnet.platform.access.policy import EVERYTHING

    with at_work(slug, "workload stayed-behind"):
        found = behind_within(EVERYTHING, timezone.localdate())
        rows = [behind_json(line.behind, line.targets) for line in found]
    print_rows(rows, form)


@workload_group.command("take-along")
@click.argument("om_key")
@click.argument("team_code")
@click.option("--to", "to_team_code", required=True, help="The team where it shall hold, by code.")
@TRUST
@forms
@needs_database
def take_along(om_key: str, team_code: str, to_team_code: str, slug: str, form: Form) -> None:
    """Have what stayed behind of OM_KEY in TEAM_CODE hold in another team of theirs."""
    from londonnet.apps.workload import services

    with at_work(slug, "workload take-along"):
        left, now = carrying(om_key, team_code), carrying(om_key, to_team_code)
        services.take_along(place_id=left.place_id, to_place_id=now.place_id)
    told = {"om_key": om_key, "team_code": team_code, "to_team_code": to_team_code}
    print_done(f"What stayed behind of {om_key} in {team_code} holds in {to_team_code} now.", told, form)


def _print_file(kind: "StaffingLoad.Kind", rows: list[list[str]]) -> None:
    from londonnet.apps.workload.csv_writing import csv_bytes
    from londonnet.apps.workload.services.files import COLUMNS

    click.echo(csv_bytes(COLUMNS[kind], rows), nl=False)
