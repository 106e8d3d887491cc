"""Loading contracted hours."""

from collections.abc import Collection, Sequence
from typing import Final

from django.db import connection, transaction

from londonnet.apps.workload.csv_rows import parse_hours
from londonnet.apps.workload.models import ContractedHours, StaffingLoad
from londonnet.apps.workload.periods import Change, HoursPeriod, hours_change
from londonnet.platform.access.policy import EVERYTHING, Reach

from .loading import LoadReport, begin, finish, known_places, report_of
from .turns import take_turn

_ADD: Final = """
INSERT INTO workload_contractedhours (place_id, hours, first_day, last_day, loaded_by_id)
SELECT arriving.*, %s FROM unnest(%s::bigint[], %s::numeric[], %s::date[], %s::date[]) arriving
"""


@transaction.atomic
def load_hours(*, content: bytes, reach: Reach = EVERYTHING) -> LoadReport:
    """Load a CSV file of contracted hours: `om_key,team_code,contracted_hours,from,to`.

    The later file wins on the days that it speaks of; what it replaces is kept as superseded, and days of a held
    period that it doesn't speak of go on as they were. A file that stands already changes nothing.

    Args:
        content: the file.
        reach: whose hours the sender may change; a row about others is quarantined like one about nobody.

    Raises:
        FileRefused: the file can't be read at all.
    """
    parsed = parse_hours(content)
    take_turn()
    known, unknown = known_places(parsed.rows, reach).sort_out(parsed.rows)
    arriving = [HoursPeriod(at.place_id, row.contracted_hours, row.first_day, row.last_day) for row, at in known]
    change = hours_change(hours_in_force({period.place_id for period in arriving}), arriving)
    loaded = len(arriving) - change.standing
    report = report_of(parsed, unknown, loaded=loaded, ignored=change.standing, unchanged=not change.added)
    if not report.unchanged:
        load = begin(StaffingLoad.Kind.HOURS, report)
        apply_hours(change, load)
        finish(load)
    return report


def hours_in_force(place_ids: Collection[int]) -> dict[int, HoursPeriod]:
    """The periods in force of these practitioners-in-team, by their number. One query."""
    held = ContractedHours.objects.filter(place_id__in=place_ids, superseded_by=None)
    columns = ("id", "place_id", "hours", "first_day", "last_day")
    return {number: HoursPeriod(*period) for number, *period in held.values_list(*columns)}


def apply_hours(change: Change[HoursPeriod], load: StaffingLoad) -> None:
    """Put a change of hours into force: what it replaces is kept, and names the load."""
    ContractedHours.objects.filter(id__in=change.superseded).update(superseded_by=load)
    with connection.cursor() as cursor:
        cursor.execute(_ADD, [load.pk, *_columns(change.added)])


def _columns(periods: Sequence[HoursPeriod]) -> list[list[object]]:
    return [
        [period.place_id for period in periods],
        [period.hours for period in periods],
        [period.first_day for period in periods],
        [period.last_day for period in periods],
    ]
