"""Contracted hours by hand: others from a day on. What they were is kept."""

from datetime import date
from decimal import Decimal

from django.db import transaction

from londonnet.apps.workload.errors import ChangedMeanwhile, HoursUnlikely, StaffingRefused
from londonnet.apps.workload.hours import ASKED_ABOVE_HOURS, MOST_HOURS, are_unlikely
from londonnet.apps.workload.models import StaffingLoad
from londonnet.apps.workload.periods import HoursPeriod, hours_change
from londonnet.platform.audit import Event, record

from .hours import apply_hours, hours_in_force
from .loading import by_hand
from .recompute import recount
from .turns import take_turn


@transaction.atomic
def set_hours(
    *,
    place_id: int,
    hours: Decimal,
    first_day: date,
    last_day: date | None = None,
    version: int | None = None,
    why: str = "",
    is_sure: bool = False,
) -> None:
    """Have a practitioner-in-team contracted for other hours from a day on, or for some days.

    Hours that were to hold on those days are kept as superseded; days that aren't spoken of go on as they were.

    Args:
        place_id: whose.
        hours: hours a week; 0 is allowed.
        first_day: the first day that they hold.
        last_day: the last one; None where they go on.
        version: what `hours_version` gave when they were read; None where nobody read them before.
        why: in the user's words.
        is_sure: whether the user says that more hours than anybody's usual week are right.

    Raises:
        ChangedMeanwhile: the hours aren't as they were read any more.
        HoursUnlikely: they are more than that, and the user hasn't said so.
        StaffingRefused: the rules don't allow it, or nothing would change.
    """
    take_turn()
    _require_sensible(hours, first_day, last_day)
    held = hours_in_force([place_id])
    if version is not None and version != hours_version(held):
        raise ChangedMeanwhile
    if not is_sure and are_unlikely(hours, [period.hours for period in held.values()]):
        raise HoursUnlikely(hours, ASKED_ABOVE_HOURS)
    arriving = HoursPeriod(place_id, hours, first_day, last_day)
    change = hours_change(held, [arriving])
    if not change.added:
        raise StaffingRefused("These hours hold from that day already.", "hours")
    act = StaffingLoad.Act.CHANGED if held else StaffingLoad.Act.ADDED
    apply_hours(change, by_hand(StaffingLoad.Kind.HOURS, act, why))
    record(
        Event(
            kind="workload.hours_changed",
            subject_type="practitioner_in_team",
            subject_id=str(place_id),
            before={"periods": [_told(held[number]) for number in sorted(change.superseded)]},
            after={"periods": [_told(period) for period in change.added]},
        )
    )
    recount(place_ids=[place_id])


def hours_version(held: dict[int, HoursPeriod]) -> int:
    """What tells hours that were read from those that came later: the highest number in force; 0 for none."""
    return max(held, default=0)


def _require_sensible(hours: Decimal, first_day: date, last_day: date | None) -> None:
    if not 0 <= hours <= MOST_HOURS:
        raise StaffingRefused(f"Hours must be from 0 to {MOST_HOURS}.", "hours")
    if last_day is not None and last_day < first_day:
        raise StaffingRefused("The end can’t be before the start.", "last_day")


def _told(period: HoursPeriod) -> dict[str, object]:
    return {
        "hours": f"{period.hours:.2f}",
        "first_day": period.first_day.isoformat(),
        "last_day": period.last_day.isoformat() if period.last_day else None,
    }
