"""Loading the history that another tool kept."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby
from typing import Any, Final

from django.db import connection, transaction
from django.utils import timezone

from londonnet.apps.workload.csv_lines import QuarantinedRow
from londonnet.apps.workload.history_rows import HistoryRow, open_history
from londonnet.apps.workload.models import KeptDay
from londonnet.platform.audit import Event, record

from .history_sql import FIGURE_COLUMNS
from .keeping import keep_sums_and_weeks
from .loading import LoadReport
from .planning import planning_for_much
from .turns import take_turn

_ARRIVING: Final = "workload_arriving_history"
_KEYS: Final = "line, day, place_id, team_id, pdu_id, region_id"
_MAKE: Final = f"""
CREATE TEMPORARY TABLE {_ARRIVING} ON COMMIT DROP AS
SELECT 0::integer AS line, day, place_id, team_id, pdu_id, region_id, {FIGURE_COLUMNS}
FROM workload_dailyfigure WITH NO DATA
"""  # noqa: S608  # our own SQL
_COPY: Final = f"COPY {_ARRIVING} ({_KEYS}, {FIGURE_COLUMNS}) FROM STDIN"
_KEPT_SINCE: Final = f"""
DELETE FROM {_ARRIVING} arriving USING workload_keptday kept WHERE kept.day = arriving.day AND kept.source = 'kept'
"""  # noqa: S608  # our own SQL
_TWICE: Final = f"""
WITH ranked AS (
    SELECT line, first_value(line) OVER same AS first_line, row_number() OVER same AS number FROM {_ARRIVING}
    WINDOW same AS (PARTITION BY day, place_id ORDER BY line)
)
DELETE FROM {_ARRIVING} arriving USING ranked
WHERE ranked.line = arriving.line AND ranked.number > 1 RETURNING arriving.line, ranked.first_line
"""  # noqa: S608  # our own SQL
_CHANGED: Final = ", ".join(f"{name.strip()} = excluded.{name.strip()}" for name in FIGURE_COLUMNS.split(","))
_BEFORE: Final = ", ".join(f"kept.{name.strip()}" for name in FIGURE_COLUMNS.split(","))
_AFTER: Final = ", ".join(f"excluded.{name.strip()}" for name in FIGURE_COLUMNS.split(","))
_TAKE: Final = f"""
WITH changed AS (
    INSERT INTO workload_dailyfigure AS kept (day, place_id, team_id, pdu_id, region_id, {FIGURE_COLUMNS})
    SELECT day, place_id, team_id, pdu_id, region_id, {FIGURE_COLUMNS} FROM {_ARRIVING} ORDER BY day, place_id
    ON CONFLICT (day, place_id) DO UPDATE SET {_CHANGED}
    WHERE ({_BEFORE}) IS DISTINCT FROM ({_AFTER})
    RETURNING kept.day
)
SELECT day, count(*) FROM changed GROUP BY day ORDER BY day
"""  # noqa: S608  # our own SQL
_NOTE: Final = """
INSERT INTO workload_keptday (day, kept_at, source, practitioners)
SELECT day, now(), 'imported', count(*) FROM workload_dailyfigure WHERE day = ANY(%(days)s) GROUP BY day
ON CONFLICT (day) DO UPDATE SET kept_at = excluded.kept_at, practitioners = excluded.practitioners
"""
_PLACES: Final = """
SELECT practitioner.om_key, team.code, place.id, team.id, team.pdu_id, pdu.region_id, place.grade
FROM organisation_practitionerinteam place
JOIN organisation_practitioner practitioner ON practitioner.id = place.practitioner_id
JOIN organisation_team team ON team.id = place.team_id
JOIN organisation_pdu pdu ON pdu.id = team.pdu_id
"""


@dataclass(frozen=True, slots=True)
class _Known:
    """What a row is checked against: everybody's places by key and team, the keys, and days that we kept ourselves."""

    places: dict[tuple[str, str], tuple[int, int, int, int, str]]
    keys: frozenset[str]
    kept: frozenset[date]


@dataclass(slots=True)
class _Counts:
    """What became of the lines."""

    read: int = 0
    kept_here: int = 0
    problems: list[QuarantinedRow] = field(default_factory=list)


Say = Callable[[str, int, int], None]
"""Is told what is being done, how many lines are done, and how many there are."""
_LINES_APART: Final = 5_000


def say_nothing(stage: str, done: int, total: int) -> None:
    """For those who don't wait."""


@transaction.atomic
def load_history(*, content: bytes, say: Say = say_nothing) -> LoadReport:
    """Load a CSV file of past figures: `day,om_key,team_code,points_total,available` and what else `show` prints.

    Days that were kept here stand, whatever the file says: their rows are ignored. Of other days the later file wins,
    row by row; a file that stands already changes nothing. Teams count where they belong today. One event with counts.

    Args:
        content: the file, up to a hundred megabytes; longer histories are sent in parts.
        say: is told how far it is.

    Raises:
        FileRefused: the file can't be read at all.
    """
    file = open_history(content, before=timezone.localdate())
    counts, known = _Counts(), _known()
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE IF EXISTS {_ARRIVING}")
        cursor.execute(_MAKE)
        with cursor.copy(_COPY) as copy:
            for values in _arriving(_told(file.rows, content.count(b"\n"), say), known, counts):
                copy.write_row(values)
        # Reading takes minutes, and nobody's writes wait for it; a day may have been kept in the meantime.
        take_turn()
        cursor.execute(_KEPT_SINCE)
        counts.kept_here += cursor.rowcount
        cursor.execute(_TWICE)
        say("Comparing with what is kept", 0, 0)
        counts.problems += [_twice(line, first) for line, first in cursor.fetchall()]
        with planning_for_much():
            cursor.execute(_TAKE)
        changed = dict(cursor.fetchall())
    say("Adding up the days", 0, 0)
    _keep(sorted(changed))
    report = _report(counts, sum(changed.values()), file.ignored_columns)
    if changed:
        record(_event(report, sorted(changed)))
    return report


def _told(
    rows: Iterator[HistoryRow | tuple[QuarantinedRow, ...]], total: int, say: Say
) -> Iterator[HistoryRow | tuple[QuarantinedRow, ...]]:
    """The same rows, said every few thousand."""
    for number, row in enumerate(rows):
        if number % _LINES_APART == 0:
            say("Reading the file", number, total)
        yield row


def _known() -> _Known:
    with connection.cursor() as cursor:
        cursor.execute(_PLACES)
        places = {(om_key, team): tuple(rest) for om_key, team, *rest in cursor.fetchall()}
    kept = KeptDay.objects.filter(source=KeptDay.Source.KEPT).values_list("day", flat=True)
    return _Known(places, frozenset(om_key for om_key, _ in places), frozenset(kept))


def _arriving(
    rows: Iterator[HistoryRow | tuple[QuarantinedRow, ...]], known: _Known, counts: _Counts
) -> Iterator[tuple[Any, ...]]:
    """The rows to be taken, as the table has them."""
    for row in rows:
        counts.read += 1
        if isinstance(row, tuple):
            counts.problems += row
            continue
        place = known.places.get((row.om_key, row.team_code))
        if place is None:
            counts.problems.append(_unknown(row, known))
        elif row.day in known.kept:
            counts.kept_here += 1
        else:
            yield _values(row, place)


def _values(row: HistoryRow, place: tuple[int, int, int, int, str]) -> tuple[Any, ...]:
    *numbers, grade = place
    return (
        row.line,
        row.day,
        *numbers,
        grade if row.grade is None else row.grade,
        row.cases,
        row.t2a_cases,
        row.points_cases,
        row.points_t2a,
        row.points_reports,
        row.points_support,
        row.points_total,
        row.contracted_hours,
        row.reduction_hours,
        row.available,
        row.capacity_note,
        False,
    )


def _unknown(row: HistoryRow, known: _Known) -> QuarantinedRow:
    if row.om_key in known.keys:
        return QuarantinedRow(row.line, "team_code", row.team_code, f"{row.om_key} was never in this team")
    return QuarantinedRow(row.line, "om_key", row.om_key, "no practitioner has this key")


def _twice(line: int, first: int) -> QuarantinedRow:
    return QuarantinedRow(line, "", "", f"the same practitioner and day stand on line {first}")


def _keep(days: list[date]) -> None:
    """Note the days, and make their sums and weeks; a month at a time, so that memory suffices.

    Never days of decades together: whatever is kept between the first and the last would be read.
    """
    if not days:
        return
    with connection.cursor() as cursor:
        cursor.execute(_NOTE, {"days": days})
    for _, of_month in groupby(days, key=lambda day: (day.year, day.month)):
        keep_sums_and_weeks(list(of_month))


def _report(counts: _Counts, loaded: int, ignored_columns: tuple[str, ...]) -> LoadReport:
    problems = tuple(sorted(counts.problems, key=lambda problem: problem.line))
    quarantined = len({problem.line for problem in problems})
    return LoadReport(
        unchanged=loaded == 0,
        read=counts.read,
        loaded=loaded,
        quarantined=quarantined,
        ignored=counts.read - loaded - quarantined,
        problems=problems,
        ignored_columns=ignored_columns,
    )


def _event(report: LoadReport, days: list[date]) -> Event:
    return Event(
        kind="workload.history_loaded",
        subject_type="history",
        subject_id=f"{days[0].isoformat()}/{days[-1].isoformat()}",
        after={
            "days": len(days),
            "read": report.read,
            "loaded": report.loaded,
            "quarantined": report.quarantined,
            "ignored": report.ignored,
        },
        topics=("workload:*",),
    )
