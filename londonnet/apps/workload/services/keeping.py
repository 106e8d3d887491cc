"""Keeping a day: the figures of a day that has ended, so that it can be shown again as it was."""

from collections.abc import Collection
from datetime import date, timedelta
from typing import Any, Final

import structlog
from django.db import connection, transaction
from django.utils import timezone

from londonnet.apps.workload.capacity_years import LONGEST_YEAR
from londonnet.apps.workload.errors import WorkloadError
from londonnet.apps.workload.models import KeptDay
from londonnet.apps.workload.selectors import FiguresInForce, figures_in_force
from londonnet.platform.audit import Event, record

from . import history_sql as sql
from .planning import planning_for_much
from .turns import take_turn

log = structlog.get_logger("londonnet.workload")
_DAY: Final = timedelta(days=1)


@transaction.atomic
def keep_day(*, day: date | None = None) -> int:
    """Keep the figures in force as those of a day; a day that is kept already is kept anew. One event with counts.

    Args:
        day: the day that they are for; the one whose hours and reductions they were made with, if none is given.

    Returns:
        How many practitioners-in-team were kept.

    Raises:
        WorkloadError: there are no figures yet.
    """
    take_turn()
    figures = figures_in_force()
    if figures is None:
        raise WorkloadError("There are no figures to keep. Load the national extract first.", "no-figures")
    day = day or figures.day
    practitioners = _keep_figures(day, figures)
    keep_sums_and_weeks([day])
    cases = _keep_tiers(day, figures)
    _note(day, figures, practitioners)
    record(_event(day, figures, practitioners, cases))
    return practitioners


def keep_what_ended(*, today: date) -> None:
    """Keep the day that the figures in force are for, if it has ended and isn't kept yet.

    Should keeping fail, that is logged, and the figures of the new day come all the same.
    """
    figures = figures_in_force()
    if figures is None or figures.day >= today or KeptDay.objects.filter(day=figures.day).exists():
        return
    try:
        with transaction.atomic():
            keep_day()
    except Exception:
        log.exception("a day that ended wasn't kept", day=figures.day.isoformat())


def keep_sums_and_weeks(days: Collection[date]) -> None:
    """Make the sums, the weeks and the years of these days anew from their figures.

    A fixed number of statements for each year that they are in.
    """
    weeks = sorted({day - timedelta(days=day.weekday()) for day in days})
    parameters: dict[str, Any] = {
        "days": sorted(days),
        "weeks": weeks,
        "first": weeks[0],
        "last": weeks[-1] + timedelta(days=6),
    }
    with planning_for_much(), connection.cursor() as cursor:
        for statement in (sql.FORGET_SUMS, sql.KEEP_SUMS, sql.FORGET_WEEKS, sql.KEEP_WEEKS):
            cursor.execute(statement, parameters)
        # The day before as well: while an upgrade goes on, it may have been kept by a process that knew no bytes.
        with_before = {*days, *(day - _DAY for day in days)}
        for year in sorted({day.year for day in with_before}):
            cursor.execute(sql.KEEP_YEAR, _of_year(year, [day for day in with_before if day.year == year]))


def _of_year(year: int, days: Collection[date]) -> dict[str, Any]:
    """Which days of a year are made anew: from the first to the last of those given."""
    first, last = min(days), max(days)
    position, length = first.timetuple().tm_yday, (last - first).days + 1
    return {
        "year": year,
        "first": first,
        "last": last,
        "position": position,
        "length": length,
        "before": bytes(position - 1),
        "after": bytes(LONGEST_YEAR - length - position + 1),
    }


def _keep_figures(day: date, figures: FiguresInForce) -> int:
    parameters: dict[str, Any] = {"day": day, "run": figures.run_id}
    with connection.cursor() as cursor:
        cursor.execute(sql.FORGET_DAY, parameters)
        cursor.execute(sql.KEEP_FIGURES, parameters)
        return int(cursor.rowcount)


def _keep_tiers(day: date, figures: FiguresInForce) -> int:
    """At the end of a month; else nothing."""
    if (day + _DAY).day != 1:
        return 0
    parameters: dict[str, Any] = {"day": day, "run": figures.run_id, "snapshot": figures.snapshot_id}
    with planning_for_much(), connection.cursor() as cursor:
        cursor.execute(sql.FORGET_TIERS, parameters)
        cursor.execute(sql.KEEP_TIERS, parameters)
        return int(cursor.rowcount)


def _note(day: date, figures: FiguresInForce, practitioners: int) -> None:
    known = {
        "kept_at": timezone.now(),
        "datestamp": figures.datestamp,
        "weight_version": figures.weights_version,
        "source": KeptDay.Source.KEPT,
        "practitioners": practitioners,
    }
    KeptDay.objects.update_or_create(day=day, defaults=known)


def _event(day: date, figures: FiguresInForce, practitioners: int, tiers: int) -> Event:
    return Event(
        kind="workload.day_kept",
        subject_type="day",
        subject_id=day.isoformat(),
        after={
            "datestamp": figures.datestamp.isoformat(),
            "weights_version": figures.weights_version,
            "practitioners": practitioners,
            "tier_counts": tiers,
        },
    )
