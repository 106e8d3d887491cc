"""Work that starts by itself: each schedule once a time in each trust, whichever worker comes first."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import structlog
from django.db import transaction
from django.utils import timezone

from londonnet.platform.audit import Actor, acting_as
from londonnet.platform.registry import Schedule, enabled

from .models import ScheduleRun

log = structlog.get_logger("londonnet.jobs")
LONDON = ZoneInfo("Europe/London")


def is_due(schedule: Schedule, last_run_at: datetime | None, now: datetime) -> bool:
    """Whether a schedule should run: never run yet, its seconds have passed, or its hour of London's day has."""
    if last_run_at is None:
        return True
    if schedule.daily:
        return last_run_at < _latest(schedule.hour, now)
    return schedule.every_seconds is not None and now - last_run_at >= timedelta(seconds=schedule.every_seconds)


def schedules() -> list[Schedule]:
    """The schedules of the applications that are switched on for the trust that is entered."""
    return [schedule for manifest in enabled() for schedule in manifest.hooks.scheduled_jobs()]


def due(last_runs: Mapping[str, datetime], now: datetime | None = None) -> list[Schedule]:
    """The schedules of the trust that is entered that should run, given when each ran last."""
    now = now or timezone.now()
    return [schedule for schedule in schedules() if is_due(schedule, last_runs.get(schedule.name), now)]


def last_runs() -> dict[str, datetime]:
    """When each schedule of the trust that is entered ran last: one query."""
    runs = ScheduleRun.objects.filter(last_run_at__isnull=False).values_list("name", "last_run_at")
    return {name: at for name, at in runs if at is not None}


def run_due(among: Iterable[Schedule] | None = None, now: datetime | None = None) -> list[str]:
    """Run what is due in the trust that is entered; answers the names of what this worker ran.

    Args:
        among: the schedules to look at; None for all of the trust's.
        now: the moment to go by; None for the present.
    """
    now = now or timezone.now()
    return [one.name for one in (schedules() if among is None else among) if _run_if_due(one, now)]


def _run_if_due(schedule: Schedule, now: datetime) -> bool:
    """One transaction holds the schedule's row while it runs: what it writes and that it ran stand or fall together."""
    from .models import ScheduleRun

    ScheduleRun.objects.bulk_create([ScheduleRun(name=schedule.name)], ignore_conflicts=True)
    with transaction.atomic():
        row = ScheduleRun.objects.select_for_update(skip_locked=True).filter(pk=schedule.name).first()
        if row is None or not is_due(schedule, row.last_run_at, now):
            return False
        row.last_run_at = now
        row.save(update_fields=["last_run_at"])
        _run(schedule)
    return True


def _run(schedule: Schedule) -> None:
    """One that fails is logged and waits for its next time, rather than being tried again at once for ever."""
    try:
        with transaction.atomic(), acting_as(Actor("job", schedule.name)):
            schedule.run()
    except Exception:
        log.exception("schedule failed", schedule=schedule.name)


def _latest(hour: int, now: datetime) -> datetime:
    """When it was that hour in London last, in UTC."""
    here = now.astimezone(LONDON)
    today = here.replace(hour=hour, minute=0, second=0, microsecond=0)
    return (today if today <= here else today - timedelta(days=1)).astimezone(UTC)
