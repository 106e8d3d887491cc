"""Hours and reductions that stayed behind when somebody moved team, taken along to the team that they are in now."""

from dataclasses import replace
from datetime import date, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from londonnet.apps.organisation.models import PractitionerInTeam
from londonnet.apps.workload.errors import StaffingRefused
from londonnet.apps.workload.models import Reduction, StaffingLoad
from londonnet.apps.workload.periods import HoursPeriod, ReductionPeriod, hours_change, reductions_change
from londonnet.platform.audit import Event, record

from .hours import apply_hours, hours_in_force
from .loading import by_hand
from .recompute import recount
from .reductions import held_reductions
from .turns import take_turn

_DAY = timedelta(days=1)


@transaction.atomic
def take_along(*, place_id: int, to_place_id: int, day: date | None = None) -> None:
    """Have what still runs or is to come in a team that somebody left hold in another of theirs instead.

    Hours move from the day on. Reductions that aren't over move with the days that they have; one that stands in
    the new team already isn't doubled.

    Args:
        place_id: the practitioner in the team that they left.
        to_place_id: the same practitioner in the team that they are in.
        day: from when; today in London if none is given.

    Raises:
        StaffingRefused: these aren't two places of one practitioner, the first left and the second not; or nothing
            stayed behind.
    """
    take_turn()
    day = day or timezone.localdate()
    _require_moved(place_id, to_place_id)
    hours = _hours_from(place_id, day)
    reductions = _reductions_from(place_id, day)
    if not hours and not reductions:
        raise StaffingRefused("Nothing stayed behind in that team any more.")
    if hours:
        _move_hours(hours, to_place_id, day)
    if reductions:
        _move_reductions(reductions, to_place_id)
    record(
        Event(
            kind="workload.taken_along",
            subject_type="practitioner_in_team",
            subject_id=str(to_place_id),
            before={"place": place_id},
            after={"place": to_place_id, "hours": len(hours), "reductions": [one.pk for one in reductions]},
        )
    )
    recount(place_ids=[place_id, to_place_id])


def _require_moved(place_id: int, to_place_id: int) -> None:
    places = {
        number: (practitioner, ended_on)
        for number, practitioner, ended_on in PractitionerInTeam.objects.filter(
            id__in=(place_id, to_place_id)
        ).values_list("id", "practitioner_id", "ended_on")
    }
    left, now = places.get(place_id), places.get(to_place_id)
    if left is None or now is None or left[0] != now[0] or left[1] is None or now[1] is not None:
        raise StaffingRefused("They haven’t moved from that team to this one.")


def _hours_from(place_id: int, day: date) -> dict[int, HoursPeriod]:
    """The periods that hold on that day or later."""
    return {
        number: period
        for number, period in hours_in_force([place_id]).items()
        if period.last_day is None or period.last_day >= day
    }


def _reductions_from(place_id: int, day: date) -> list[Reduction]:
    held = Reduction.objects.filter(place_id=place_id, superseded_by=None, deleted_at=None)
    return list(held.filter(Q(last_day=None) | Q(last_day__gte=day)).order_by("id"))


def _move_hours(hours: dict[int, HoursPeriod], to_place_id: int, day: date) -> None:
    """The earlier days stay in the old team; from the day on the hours hold in the new one."""
    load = by_hand(StaffingLoad.Kind.HOURS, StaffingLoad.Act.TAKEN_ALONG)
    arriving = [
        HoursPeriod(to_place_id, period.hours, max(period.first_day, day), period.last_day) for period in hours.values()
    ]
    change = hours_change(hours_in_force([to_place_id]), arriving)
    left = [
        HoursPeriod(period.place_id, period.hours, period.first_day, day - _DAY)
        for period in hours.values()
        if period.first_day < day
    ]
    apply_hours(replace(change, superseded=(*change.superseded, *hours), added=(*change.added, *left)), load)


def _move_reductions(reductions: list[Reduction], to_place_id: int) -> None:
    load = by_hand(StaffingLoad.Kind.REDUCTIONS, StaffingLoad.Act.TAKEN_ALONG)
    arriving = {_period(one, to_place_id): one for one in reductions}
    change = reductions_change(held_reductions({to_place_id}), arriving)
    superseded = [*change.superseded, *(one.pk for one in reductions)]
    Reduction.objects.filter(id__in=superseded).update(superseded_by=load)
    Reduction.objects.bulk_create(
        Reduction(
            place_id=to_place_id,
            reason_id=period.reason_id,
            hours=period.hours,
            first_day=period.first_day,
            last_day=period.last_day,
            notes=period.notes,
            loaded_by=load,
            replaces=arriving[period],
        )
        for period in change.added
    )


def _period(one: Reduction, place_id: int) -> ReductionPeriod:
    return ReductionPeriod(place_id, one.reason_id, one.hours, one.first_day, one.last_day, one.notes)
