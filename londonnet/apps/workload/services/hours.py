"""Loading contracted hours."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from decimal import Decimal
from typing import Final

from django.db import connection, transaction

from londonnet.apps.workload.csv_lines import QuarantinedRow
from londonnet.apps.workload.csv_rows import SURE, HoursRow, parse_hours
from londonnet.apps.workload.hours import ASKED_ABOVE_HOURS, are_unlikely
from londonnet.apps.workload.models import ContractedHours, StaffingLoad
from londonnet.apps.workload.periods import Change, HoursPeriod, hours_change
from londonnet.platform.access.policy import EVERYTHING, Reach

from .loading import KnownPlace, LoadReport, begin, finish, known_places, report_of
from .turns import take_turn

_ADD: Final = """
INSERT INTO workload_contractedhours (place_id, hours, first_day, last_day, loaded_by_id)
SELECT arriving.*, %s FROM unnest(%s::bigint[], %s::numeric[], %s::date[], %s::date[]) arriving
"""


@transaction.atomic
def load_hours(*, content: bytes, reach: Reach = EVERYTHING) -> LoadReport:
    """Load a CSV file of contracted hours: `om_key,team_code,contracted_hours,from,to`.

    The later file wins on the days that it speaks of; what it replaces is kept as superseded, and days of a held
    period that it doesn't speak of go on as they were. A file that stands already changes nothing. Hours that are more
    than anybody's usual week are quarantined unless the row says `yes` in a further column `sure`.

    Args:
        content: the file.
        reach: whose hours the sender may change; a row about others is quarantined like one about nobody.

    Raises:
        FileRefused: the file can't be read at all.
    """
    parsed = parse_hours(content)
    take_turn()
    known, unknown = known_places(parsed.rows, reach).sort_out(parsed.rows)
    held = hours_in_force({at.place_id for _, at in known})
    taken, unlikely = _likely(known, held)
    arriving = [HoursPeriod(at.place_id, row.contracted_hours, row.first_day, row.last_day) for row, at in taken]
    change = hours_change(held, arriving)
    loaded = len(arriving) - change.standing
    report = report_of(
        parsed, (*unknown, *unlikely), loaded=loaded, ignored=change.standing, unchanged=not change.added
    )
    if not report.unchanged:
        load = begin(StaffingLoad.Kind.HOURS, report)
        apply_hours(change, load)
        finish(load)
    return report


Named = Sequence[tuple[HoursRow, KnownPlace]]


def _likely(known: Named, held: Mapping[int, HoursPeriod]) -> tuple[Named, list[QuarantinedRow]]:
    """The rows that nobody needs to be asked about, and the others."""
    own: dict[int, list[Decimal]] = defaultdict(list)
    for period in held.values():
        own[period.place_id].append(period.hours)
    taken: list[tuple[HoursRow, KnownPlace]] = []
    unlikely: list[QuarantinedRow] = []
    for row, at in known:
        if row.is_sure or not are_unlikely(row.contracted_hours, own[at.place_id]):
            taken.append((row, at))
        else:
            why = f"this is more than {ASKED_ABOVE_HOURS} hours a week: if it is right, write yes in a column “{SURE}”"
            unlikely.append(QuarantinedRow(row.line, "contracted_hours", f"{row.contracted_hours}", why))
    return taken, unlikely


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
