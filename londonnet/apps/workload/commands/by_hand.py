"""`londonnet workload reductions list|add|end|delete` and `londonnet workload hours set`."""

import json
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

import click

from londonnet.apps.workload.errors import WorkloadError
from londonnet.platform.embedded.commands import needs_database

from .common import JSON, TRUST, at_work, require_known, within_of
from .staffing import hours_group, reductions_group

if TYPE_CHECKING:
    from londonnet.apps.workload.selectors.carrying import Carrying
    from londonnet.apps.workload.selectors.reductions import ReductionRow


class _Hours(click.ParamType[Decimal]):
    """Hours a week."""

    name = "hours"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Decimal:
        """The number, with at most two decimals."""
        from londonnet.apps.workload.amounts import number

        hours = number(str(value))
        if hours is None or hours != hours.quantize(Decimal("0.01")):
            self.fail(f"{value!r} is no number of hours, such as 18.5.", param, ctx)
        return hours


class _Day(click.ParamType[date]):
    """A day."""

    name = "day"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """The day, written as 2026-04-01 or 1/4/2026."""
        from londonnet.apps.workload.csv_rows import parse_day

        day = value if isinstance(value, date) else parse_day(str(value))
        if day is None:
            self.fail(f"{value!r} is no date like 2026-04-01 or 1/4/2026.", param, ctx)
        return day


_DAY: Final = _Day()
_HOURS: Final = _Hours()
_WHY: Final = click.option("--why", default="", help="Why, for the history of the reduction or the hours.")
_NUMBER: Final = click.argument("number", type=int)


@reductions_group.command("list")
@TRUST
@click.option("--status", type=click.Choice(["active", "expiring", "scheduled", "over", "deleted"]), default="active")
@click.option("--region", help="Only this region, by code.")
@click.option("--pdu", help="Only this PDU, by code.")
@click.option("--team", help="Only this team, by code.")
@click.option("--practitioner", help="Only this practitioner, by om_key.")
@JSON
@needs_database
def list_reductions(slug: str, status: str, as_json: bool, **codes: str | None) -> None:
    """Print reductions. Personal reasons and notes aren't printed: what a shell keeps, anybody may read."""
    from django.utils import timezone

    from londonnet.apps.workload.selectors.reductions import Shown, reductions_within
    from londonnet.platform.access.policy import NOTHING

    within = within_of(codes)
    with at_work(slug, "workload reductions list"):
        require_known(within)
        found = reductions_within(within, Shown(status), day=timezone.localdate(), personal=NOTHING, size=None)
    rows = [_row(row) for row in found]
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False))
        return
    for row in rows:
        click.echo("\t".join("" if value is None else str(value) for value in row.values()))


@reductions_group.command("add")
@click.argument("om_key")
@click.argument("team_code")
@TRUST
@click.option("--reason", required=True, help="The reason, by name or short name.")
@click.option("--hours", type=_HOURS, help="Hours a week.")
@click.option(
    "--percent", type=click.FloatRange(0, 100, min_open=True), help="Instead of --hours: of contracted hours."
)
@click.option("--from", "first_day", type=_DAY, required=True, help="The first day.")
@click.option("--to", "last_day", type=_DAY, help="The last day; without it, it goes on.")
@click.option("--notes", default="")
@JSON
@needs_database
def add_reduction(om_key: str, team_code: str, slug: str, as_json: bool, **given: Any) -> None:
    """Take hours off practitioner OM_KEY in team TEAM_CODE."""
    from londonnet.apps.workload import services

    with at_work(slug, "workload reductions add"):
        carrying = _carrying(om_key, team_code)
        wanted = services.ReductionWanted(
            _reason(given["reason"]), _taken(carrying, given), given["first_day"], given["last_day"], given["notes"]
        )
        added = services.add_reduction(place_id=carrying.place_id, wanted=wanted)
    _say(added.pk, f"Reduction {added.pk} is added.", as_json)


@reductions_group.command("end")
@_NUMBER
@TRUST
@click.option("--on", "last_day", type=_DAY, required=True, help="The last day that it counts.")
@_WHY
@JSON
@needs_database
def end_reduction(number: int, slug: str, last_day: date, why: str, as_json: bool) -> None:
    """Have reduction NUMBER end earlier; `list` prints the numbers, and a change gives a new one."""
    from londonnet.apps.workload import services

    with at_work(slug, "workload reductions end"):
        after = services.end_reduction(version=number, last_day=last_day, why=why)
    _say(after.pk, f"It ends on {last_day.isoformat()}, and is reduction {after.pk} now.", as_json)


@reductions_group.command("delete")
@_NUMBER
@TRUST
@_WHY
@JSON
@needs_database
def delete_reduction(number: int, slug: str, why: str, as_json: bool) -> None:
    """Take reduction NUMBER out; its history stays, and its page can put it back."""
    from londonnet.apps.workload import services

    with at_work(slug, "workload reductions delete"):
        after = services.delete_reduction(version=number, why=why)
    _say(after.pk, f"It is deleted, and is reduction {after.pk} now.", as_json)


@hours_group.command("set")
@click.argument("om_key")
@click.argument("team_code")
@click.argument("hours", type=_HOURS)
@TRUST
@click.option("--from", "first_day", type=_DAY, required=True, help="The first day.")
@click.option("--to", "last_day", type=_DAY, help="The last day; without it, they go on.")
@_WHY
@needs_database
def set_hours(om_key: str, team_code: str, hours: Decimal, slug: str, why: str, **days: date | None) -> None:
    """Have practitioner OM_KEY in team TEAM_CODE contracted for HOURS a week from a day on."""
    from londonnet.apps.workload import services

    first_day, last_day = days["first_day"], days["last_day"]
    assert first_day is not None  # noqa: S101  # click requires it; this tells the type checker
    with at_work(slug, "workload hours set"):
        place_id = _carrying(om_key, team_code).place_id
        services.set_hours(place_id=place_id, hours=hours, first_day=first_day, last_day=last_day, why=why)
    click.echo(f"{om_key} is contracted for {hours} hours from {first_day.isoformat()} on.", err=True)


def _carrying(om_key: str, team_code: str) -> "Carrying":
    from django.utils import timezone

    from londonnet.apps.workload.selectors.carrying import carrying_of

    found = carrying_of(om_key, team_code, day=timezone.localdate())
    if found is None:
        message = f"There is no practitioner {om_key!r} in a team {team_code!r}. Codes are written as on their page."
        raise WorkloadError(message, "unknown-code")
    return found


def _reason(name: str) -> int:
    from django.utils import timezone

    from londonnet.apps.workload.reasons import reason_called
    from londonnet.apps.workload.selectors.staffing import reasons_on

    number = reason_called(name, reasons_on(timezone.localdate()))
    if number is None:
        raise WorkloadError(f"{name!r} is not one of the reduction reasons.", "unknown-reason")
    return number


def _taken(carrying: "Carrying", given: dict[str, Any]) -> Decimal:
    """The hours that are given, or the share of the contracted ones."""
    from londonnet.apps.workload.reasons import share_of_hours

    hours, percent = given["hours"], given["percent"]
    if (hours is None) == (percent is None):
        raise click.UsageError("Give one of --hours and --percent.")
    if percent is None:
        return Decimal(hours)
    contracted = carrying.least_contracted(given["first_day"], given["last_day"])
    if contracted is None:
        raise WorkloadError("No contracted hours are known on those days: give --hours.", "no-hours")
    return share_of_hours(contracted, Decimal(str(percent)))


def _row(row: "ReductionRow") -> dict[str, Any]:
    return {
        "number": row.number,
        "om_key": row.om_key,
        "team_code": row.team_code,
        "reason": row.reason,
        "hours": float(row.hours),
        "start": row.first_day.isoformat(),
        "end": row.last_day.isoformat() if row.last_day else None,
        "status": row.status.value,
    }


def _say(number: int, words: str, as_json: bool) -> None:
    click.echo(words, err=True)
    if as_json:
        click.echo(json.dumps({"number": number}))
