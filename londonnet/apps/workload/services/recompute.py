"""Working out every figure of the trust anew, in one go."""

from collections.abc import Collection
from datetime import date
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from londonnet.apps.caseload.models import CurrentSnapshot
from londonnet.apps.workload.jobs import ask_to_tell
from londonnet.apps.workload.models import CurrentFigures, Figure, FigureRun
from londonnet.apps.workload.selectors import contact_codes_without_points
from londonnet.apps.workload.selectors.crossing import above_in_run, crossed_between
from londonnet.apps.workload.selectors.weight_versions import version_in_force
from londonnet.platform.audit import Event, record, wake

from .concerned import topics_of_places
from .figures_sql import INSERT_FIGURES, UPDATE_FIGURES
from .keeping import keep_what_ended
from .planning import planning_for_much
from .turns import take_turn


@transaction.atomic
def recompute(*, reason: str, day: date | None = None) -> FigureRun | None:
    """Work out every figure from the extract, weights, hours and reductions in force, and show them.

    A fixed number of statements, however many practitioners. Readers see the last finished run until the
    caller's transaction commits. The first run of a day keeps the day before, so that whatever comes between midnight
    and the schedule takes no day away.

    Args:
        reason: what made it necessary, for the trail.
        day: whose hours, reductions and weights count; today in London if none is given.

    Returns:
        The run; None while no extract has been loaded.
    """
    take_turn()
    current = CurrentSnapshot.objects.select_related("snapshot").first()
    if current is None:
        return None
    day = day or timezone.localdate()
    if day == timezone.localdate():
        keep_what_ended(today=day)
    run = FigureRun.objects.create(snapshot=current.snapshot, weight_version_id=version_in_force(day), day=day)
    figures = _insert_figures(run)
    before = _show(run)
    if day == timezone.localdate():
        ask_to_tell(crossed_between(before, run.pk))
    _forget_before(before)
    record(_event(run, figures, reason))
    return run


@transaction.atomic
def recount(*, place_ids: Collection[int]) -> int:
    """Work out anew only the figures of some practitioners-in-team, in the run that readers see.

    What was changed is recorded by the caller, in whose transaction this runs; the pages of those concerned, and of
    every place above them, look again when it commits. A fixed number of statements.

    Args:
        place_ids: whose cases, hours or reductions have changed.

    Returns:
        How many figures were worked out; 0 while there is no run, or when none of them is in it.
    """
    take_turn()
    pointer = CurrentFigures.objects.select_related("run__snapshot").first()
    if pointer is None or not place_ids:
        return 0
    before = above_in_run(pointer.run_id, place_ids)
    with connection.cursor() as cursor:
        cursor.execute(UPDATE_FIGURES, _parameters(pointer.run) | {"places": sorted(place_ids)})
        updated = int(cursor.rowcount)
    ask_to_tell(above_in_run(pointer.run_id, place_ids) - before)
    FigureRun.objects.filter(pk=pointer.run_id).update(computed_at=timezone.now())
    wake(topics_of_places(place_ids))
    return updated


def _insert_figures(run: FigureRun) -> int:
    with planning_for_much(), connection.cursor() as cursor:
        cursor.execute(INSERT_FIGURES, _parameters(run))
        return int(cursor.rowcount)


def _parameters(run: FigureRun) -> dict[str, Any]:
    """What the statements of `figures_sql` ask for, beside whose figures and a trial's weights."""
    return {
        "run": run.pk,
        "snapshot": run.snapshot_id,
        "datestamp": run.snapshot.datestamp,
        "version": run.weight_version_id,
        "day": run.day,
    }


def _show(run: FigureRun) -> int:
    """Point readers to this run; the number of the one that they saw before, or this one's."""
    before = CurrentFigures.objects.values_list("run_id", flat=True).first()
    CurrentFigures.objects.bulk_create(
        [CurrentFigures(id=1, run=run)], update_conflicts=True, unique_fields=["id"], update_fields=["run"]
    )
    return run.pk if before is None else before


def _forget_before(run_id: int) -> None:
    """Delete the runs before this one: whoever was reading when the pointer switched still reads this one."""
    Figure.objects.filter(run_id__lt=run_id)._raw_delete("default")
    FigureRun.objects.filter(id__lt=run_id)._raw_delete("default")


def _event(run: FigureRun, figures: int, reason: str) -> Event:
    return Event(
        kind="workload.recomputed",
        subject_type="figure_run",
        subject_id=str(run.pk),
        after={
            "day": run.day.isoformat(),
            "datestamp": run.snapshot.datestamp.isoformat(),
            "weights_version": run.weight_version_id,
            "practitioners": figures,
            "contact_codes_without_points": contact_codes_without_points(run=run.pk),
        },
        why=reason,
        topics=("workload:*",),
    )
