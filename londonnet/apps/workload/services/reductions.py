"""Loading reductions of hours."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Final

from django.db import connection, transaction
from django.utils import timezone

from londonnet.apps.workload.csv_lines import QuarantinedRow
from londonnet.apps.workload.csv_rows import ReductionRow, parse_reductions
from londonnet.apps.workload.hours import why_not_fitting
from londonnet.apps.workload.models import Reduction, StaffingLoad
from londonnet.apps.workload.periods import (
    Change,
    HeldReduction,
    HoursPeriod,
    ReductionPeriod,
    least_hours,
    reductions_change,
)
from londonnet.apps.workload.reasons import PERSONAL, ReductionReason
from londonnet.apps.workload.selectors.staffing import reasons_on
from londonnet.apps.workload.selectors.weight_versions import weights_in_force
from londonnet.apps.workload.weights import WeightSet
from londonnet.platform.access.policy import EVERYTHING, Reach

from .hours import hours_in_force
from .loading import KnownPlace, LoadReport, begin, finish, known_places, report_of
from .turns import take_turn

_ADD: Final = """
INSERT INTO workload_reduction (place_id, reason_id, hours, first_day, last_day, notes, loaded_by_id, replaces_id)
SELECT arriving.*, %s, (
    SELECT max(before.id) FROM workload_reduction before
    WHERE before.superseded_by_id = %s AND before.place_id = arriving.place_id
        AND before.reason_id = arriving.reason_id AND before.first_day = arriving.first_day
)
FROM unnest(%s::bigint[], %s::bigint[], %s::numeric[], %s::date[], %s::date[], %s::text[])
    arriving (place_id, reason_id, hours, first_day, last_day, notes)
"""


@transaction.atomic
def load_reductions(*, content: bytes, reach: Reach = EVERYTHING, personal: Reach = EVERYTHING) -> LoadReport:
    """Load a CSV file of reductions: `om_key,team_code,reason,hours,start,end,notes`.

    A reduction replaces one that begins on the same day for the same reason, which is kept as superseded; others
    of the same person stay. One that was deleted by hand stays deleted. A file that stands already changes nothing.

    Args:
        content: the file.
        reach: whose hours the sender may change; a row about others is quarantined like one about nobody.
        personal: whose personal reasons the sender may know. Of others a personal row is quarantined where any personal
            reduction was held from that day on: else what becomes of it would tell the reason.

    Raises:
        FileRefused: the file can't be read at all.
    """
    reasons = reasons_on(timezone.localdate())
    numbers = {reason.name: number for number, reason in reasons.items()}
    parsed = parse_reductions(content, reasons.values())
    take_turn()
    known, unknown = known_places(parsed.rows, reach, personal).sort_out(parsed.rows)
    fitting, too_many = _fitting(known)
    held = held_reductions({place.place_id for _, place in fitting})
    fitting, untold = _telling_nothing(fitting, held, reasons)
    arriving = [_period(row, place, numbers[row.reason.name]) for row, place in fitting]
    change = reductions_change(held, arriving)
    loaded = len(arriving) - change.standing
    problems = (*unknown, *too_many, *untold)
    report = report_of(parsed, problems, loaded=loaded, ignored=change.standing, unchanged=not change.added)
    if not report.unchanged:
        load = begin(StaffingLoad.Kind.REDUCTIONS, report)
        _apply(change, load)
        finish(load)
    return report


Named = Sequence[tuple[ReductionRow, KnownPlace]]


def _fitting(known: Named) -> tuple[list[tuple[ReductionRow, KnownPlace]], list[QuarantinedRow]]:
    """The rows whose hours the contracted ones allow, and the others with why not."""
    weights = weights_in_force()
    own: dict[int, list[HoursPeriod]] = defaultdict(list)
    for period in hours_in_force({place.place_id for _, place in known}).values():
        own[period.place_id].append(period)
    fitting: list[tuple[ReductionRow, KnownPlace]] = []
    too_many: list[QuarantinedRow] = []
    for row, place in known:
        why = _why_not(row, own[place.place_id], place.grade, weights)
        if why is None:
            fitting.append((row, place))
        else:
            too_many.append(QuarantinedRow(row.line, "hours", f"{row.hours}", why))
    return fitting, too_many


def _telling_nothing(
    named: Named, held: Mapping[int, HeldReduction], reasons: Mapping[int, ReductionReason]
) -> tuple[list[tuple[ReductionRow, KnownPlace]], list[QuarantinedRow]]:
    """The rows that tell their sender no personal reason, whatever becomes of them, and the others."""
    personal = {number for number, reason in reasons.items() if reason.kind == PERSONAL}
    periods = [one.period for one in held.values()]
    hidden = {(one.place_id, one.first_day) for one in periods if one.reason_id in personal}
    told: list[tuple[ReductionRow, KnownPlace]] = []
    untold: list[QuarantinedRow] = []
    for row, place in named:
        is_open = place.sees_personal or row.reason.kind != PERSONAL
        if is_open or (place.place_id, row.first_day) not in hidden:
            told.append((row, place))
        else:
            why = "there is a personal reduction from that day already: change that one, or choose another day"
            untold.append(QuarantinedRow(row.line, "start", f"{row.first_day}", why))
    return told, untold


def _why_not(row: ReductionRow, own: Iterable[HoursPeriod], grade: str, weights: WeightSet) -> str | None:
    default = weights.default_hours_for(grade)
    contracted = least_hours(own, default_hours=default, first_day=row.first_day, last_day=row.last_day)
    return why_not_fitting(row.hours, row.reason, contracted)


def _period(row: ReductionRow, place: KnownPlace, reason_id: int) -> ReductionPeriod:
    return ReductionPeriod(place.place_id, reason_id, row.hours, row.first_day, row.last_day, row.notes)


def held_reductions(place_ids: Collection[int]) -> dict[int, HeldReduction]:
    """The reductions in force of these practitioners-in-team and those deleted by hand, by their number. One query."""
    held = Reduction.objects.filter(place_id__in=place_ids, superseded_by=None)
    columns = ("id", "deleted_at", "place_id", "reason_id", "hours", "first_day", "last_day", "notes")
    return {
        number: HeldReduction(ReductionPeriod(*period), deleted=deleted_at is not None)
        for number, deleted_at, *period in held.values_list(*columns)
    }


def _apply(change: Change[ReductionPeriod], load: StaffingLoad) -> None:
    Reduction.objects.filter(id__in=change.superseded).update(superseded_by=load)
    with connection.cursor() as cursor:
        cursor.execute(_ADD, [load.pk, load.pk, *_columns(change.added)])


def _columns(periods: Sequence[ReductionPeriod]) -> list[list[object]]:
    return [
        [period.place_id for period in periods],
        [period.reason_id for period in periods],
        [period.hours for period in periods],
        [period.first_day for period in periods],
        [period.last_day for period in periods],
        [period.notes for period in periods],
    ]
