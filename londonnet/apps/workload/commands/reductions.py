"""`londonnet workload reductions list|show|add|change|end|delete|put-back`."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

import click

from londonnet.apps.workload.errors import WorkloadError
from londonnet.platform.documents.printing import Form, forms, print_done, print_one, print_rows
from londonnet.platform.embedded.commands import needs_database

from .common import TRUST, at_work, carrying, places_or_somebody, require_known, within_of
from .staffing import reductions_group
from .types import DAY, HOURS, WHY

if TYPE_CHECKING:
    from londonnet.apps.workload.selectors.carrying import Carrying
    from londonnet.apps.workload.selectors.reduction_history import ReductionState
    from londonnet.apps.workload.selectors.reductions import ReductionRow

_NUMBER: Final = click.argument("number", type=int)


@reductions_group.command("list")
@TRUST
@click.option("--status", type=click.Choice(["active", "expiring", "scheduled", "over", "deleted"]), default="active")
@places_or_somebody
@forms
@needs_database
def list_reductions(slug: str, status: str, form: Form, **codes: str | None) -> None:
    """Print reductions. Personal reasons and notes aren't printed: what a shell keeps, anybody may read."""
    from django.utils import timezone

    from londonnet.apps.workload.selectors.reductions import Shown, reductions_within
    from londonnet.platform.access.policy import NOTHING

    within = within_of(codes)
    with at_work(slug, "workload reductions list"):
        require_known(within)
        found = reductions_within(within, Shown(status), day=timezone.localdate(), personal=NOTHING, size=None)
    print_rows([_row(row) for row in found], form)


@reductions_group.command("show")
@_NUMBER
@TRUST
@forms
@needs_database
def show_reduction(number: int, slug: str, form: Form) -> None:
    """Print reduction NUMBER with every state that it had. Personal reasons and notes aren't printed."""
    from django.utils import timezone

    from londonnet.apps.workload.staffing_json import reduction_json

    with at_work(slug, "workload reductions show"):
        told = reduction_json(_states(number), timezone.localdate())
    print_one(told, form, rows=told["history"])


@reductions_group.command("add")
@click.argument("om_key")
@click.argument("team_code")
@TRUST
@click.option("--reason", required=True, help="The reason, by name or short name.")
@click.option("--hours", type=HOURS, help="Hours a week.")
@click.option(
    "--percent", type=click.FloatRange(0, 100, min_open=True), help="Instead of --hours: of contracted hours."
)
@click.option("--from", "first_day", type=DAY, required=True, help="The first day.")
@click.option("--to", "last_day", type=DAY, help="The last day; without it, it goes on.")
@click.option("--notes", default="")
@forms
@needs_database
def add_reduction(om_key: str, team_code: str, slug: str, form: Form, **given: Any) -> None:
    """Take hours off practitioner OM_KEY in team TEAM_CODE."""
    from londonnet.apps.workload import services

    with at_work(slug, "workload reductions add"):
        found = carrying(om_key, team_code)
        wanted = services.ReductionWanted(
            reason_of(given["reason"]), hours_taken(found, given), given["first_day"], given["last_day"], given["notes"]
        )
        added = services.add_reduction(place_id=found.place_id, wanted=wanted, sees_personal=False)
    _say(added.pk, f"Reduction {added.pk} is added.", form)


@reductions_group.command("change")
@_NUMBER
@TRUST
@click.option("--reason", help="Another reason, by name or short name.")
@click.option("--hours", type=HOURS, help="Other hours a week.")
@click.option("--from", "first_day", type=DAY, help="Another first day.")
@click.option("--to", "last_day", type=DAY, help="Another last day.")
@click.option("--goes-on", is_flag=True, help="Instead of --to: it has no last day any more.")
@click.option("--notes", help="Other notes.")
@WHY
@forms
@needs_database
def change_reduction(number: int, slug: str, form: Form, why: str, **given: Any) -> None:
    """Change reduction NUMBER; what isn't given stays. Reason and notes of a personal one stay as they are."""
    from londonnet.apps.workload import services

    if given["goes_on"] and given["last_day"]:
        raise click.UsageError("Give one of --to and --goes-on.")
    with at_work(slug, "workload reductions change"):
        state = _states(number)[0]
        if state.is_hidden and (given["reason"] is not None or given["notes"] is not None):
            raise WorkloadError("Reason and notes of a personal reduction are changed on its page.", "personal")
        after = services.change_reduction(
            version=number,
            wanted=_changed(state, given),
            why=why,
            keeps_private=state.is_hidden,
            sees_personal=False,
        )
    _say(after.pk, f"It is changed, and is reduction {after.pk} now.", form)


@reductions_group.command("end")
@_NUMBER
@TRUST
@click.option("--on", "last_day", type=DAY, required=True, help="The last day that it counts.")
@WHY
@forms
@needs_database
def end_reduction(number: int, slug: str, last_day: date, why: str, form: Form) -> None:
    """Have reduction NUMBER end earlier; `list` prints the numbers, and a change gives a new one."""
    from londonnet.apps.workload import services

    with at_work(slug, "workload reductions end"):
        after = services.end_reduction(version=number, last_day=last_day, why=why)
    _say(after.pk, f"It ends on {last_day.isoformat()}, and is reduction {after.pk} now.", form)


@reductions_group.command("delete")
@_NUMBER
@TRUST
@WHY
@forms
@needs_database
def delete_reduction(number: int, slug: str, why: str, form: Form) -> None:
    """Take reduction NUMBER out; its history stays, and `put-back` puts it back."""
    from londonnet.apps.workload import services

    with at_work(slug, "workload reductions delete"):
        after = services.delete_reduction(version=number, why=why)
    _say(after.pk, f"It is deleted, and is reduction {after.pk} now.", form)


@reductions_group.command("put-back")
@_NUMBER
@TRUST
@forms
@needs_database
def put_back_reduction(number: int, slug: str, form: Form) -> None:
    """Put reduction NUMBER back, which was deleted."""
    from londonnet.apps.workload import services

    with at_work(slug, "workload reductions put-back"):
        after = services.put_back_reduction(version=number)
    _say(after.pk, f"It is put back, and is reduction {after.pk} now.", form)


def _states(number: int) -> "tuple[ReductionState, ...]":
    from londonnet.apps.workload.selectors.reduction_history import reduction_history
    from londonnet.platform.access.policy import NOTHING

    states = reduction_history(number, personal=NOTHING)
    if not states:
        raise WorkloadError(f"There is no reduction {number}. “reductions list” prints the numbers.", "unknown-number")
    return states


def _changed(state: "ReductionState", given: dict[str, Any]) -> Any:
    """What it is, with what was given put in its place."""
    from londonnet.apps.workload import services

    kept = services.ReductionWanted(state.reason_id, state.hours, state.first_day, state.last_day, state.notes)
    sent = {name: given[name] for name in ("hours", "first_day", "last_day", "notes") if given[name] is not None}
    if given["goes_on"]:
        sent["last_day"] = None
    if given["reason"] is not None:
        sent["reason_id"] = reason_of(given["reason"])
    return replace(kept, **sent)


def reason_of(name: str) -> int:
    """The number of a reason by its name or short name.

    Raises:
        WorkloadError: there is none of that name.
    """
    from django.utils import timezone

    from londonnet.apps.workload.reasons import reason_called
    from londonnet.apps.workload.selectors.staffing import reasons_on

    number = reason_called(name, reasons_on(timezone.localdate()))
    if number is None:
        raise WorkloadError(f"{name!r} is not one of the reduction reasons.", "unknown-reason")
    return number


def hours_taken(carrying: "Carrying", given: dict[str, Any]) -> Decimal:
    """The hours that are given, or the share of the contracted ones.

    Raises:
        click.UsageError: not one of the two is given.
        WorkloadError: no contracted hours are known on those days.
    """
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


def _say(number: int, words: str, form: Form) -> None:
    print_done(words, {"number": number}, form)
