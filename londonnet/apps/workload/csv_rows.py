"""Files of contracted hours and of reductions: good rows, and the others with what is wrong with them.

Whether a practitioner exists, what is already held for them, and whether a reduction is more than contracted
hours can only be asked of the database: the loading service does that with the good rows.
"""

import re
from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final, Generic, TypeVar

from londonnet.apps.workload.csv_lines import CsvLine, QuarantinedRow, read_csv
from londonnet.apps.workload.hours import MOST_HOURS
from londonnet.apps.workload.reasons import ReductionReason, comparable, reasons_by_name

HOURS_COLUMNS: Final = ("om_key", "team_code", "contracted_hours", "from", "to")
REDUCTION_COLUMNS: Final = ("om_key", "team_code", "reason", "hours", "start", "end", "notes")

NOTES_UNDER_CHARACTERS: Final = 4000
EARLIEST_YEAR: Final = 1990
LATEST_YEAR: Final = 2100

_HOURS = re.compile(r"[0-9]{1,6}(\.[0-9]{1,6})?")
_ISO_DATE = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_BRITISH_DATE = re.compile(r"([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})")


@dataclass(frozen=True, slots=True)
class HoursRow:
    """Contracted hours a week of one practitioner-in-team; `last_day` is None where they go on."""

    line: int
    om_key: str
    team_code: str
    contracted_hours: Decimal
    first_day: date
    last_day: date | None


@dataclass(frozen=True, slots=True)
class ReductionRow:
    """A reduction of one practitioner-in-team's hours; `last_day` is None where it goes on."""

    line: int
    om_key: str
    team_code: str
    reason: ReductionReason
    hours: Decimal
    first_day: date
    last_day: date | None
    notes: str

    @property
    def identity(self) -> tuple[str, str, str, Decimal, date, date | None]:
        """What makes it the same reduction as another: who, why, how much and when, not the notes."""
        return self.om_key, self.team_code, self.reason.name, self.hours, self.first_day, self.last_day


Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class ParsedRows(Generic[Row]):
    """What a file holds.

    Attributes:
        rows: the good rows, in the order of the file.
        quarantined: everything that is wrong; a line with two bad cells stands here twice.
        read: how many lines there were, the heading and blank ones not counted: always `len(rows)` and
            `quarantined_lines` together.
        ignored_columns: columns of the file that nobody asked for.
    """

    rows: tuple[Row, ...]
    quarantined: tuple[QuarantinedRow, ...]
    read: int
    ignored_columns: tuple[str, ...]

    @property
    def quarantined_lines(self) -> int:
        """How many lines weren't taken."""
        return len({row.line for row in self.quarantined})


def parse_hours(content: bytes) -> ParsedRows[HoursRow]:
    """The rows of a file of contracted hours: `om_key,team_code,contracted_hours,from,to`.

    Periods of one practitioner-in-team must not overlap: the first stands, the second goes to the quarantine.

    Raises:
        FileRefused: the file can't be read at all.
    """
    periods = _Periods()

    def hours_row(cells: "_Cells") -> HoursRow | None:
        om_key, team_code = cells.text("om_key"), cells.text("team_code")
        hours = cells.hours("contracted_hours", may_be_zero=True)
        first_day, last_day = cells.period("from", "to", one_day_allowed=True)
        if cells.problems:
            return None
        clash = periods.add((om_key, team_code), first_day, last_day, cells.line)
        if clash:
            cells.refuse("from", f"the period overlaps the one on line {clash}: end that one before this begins")
            return None
        return HoursRow(cells.line, om_key, team_code, hours, first_day, last_day)

    return _parse(content, HOURS_COLUMNS, hours_row)


def parse_reductions(content: bytes, reasons: Iterable[ReductionReason]) -> ParsedRows[ReductionRow]:
    """The rows of a file of reductions: `om_key,team_code,reason,hours,start,end,notes`.

    Several reductions may run at once; the very same one twice is taken once, the second goes to the quarantine.

    Args:
        content: the file.
        reasons: those of the trust. A file may use a reason's name or short name, in any case.

    Raises:
        FileRefused: the file can't be read at all.
    """
    by_name = reasons_by_name(reasons)
    seen: dict[object, int] = {}

    def reduction_row(cells: "_Cells") -> ReductionRow | None:
        om_key, team_code = cells.text("om_key"), cells.text("team_code")
        reason = cells.reason("reason", by_name)
        hours = cells.hours("hours", may_be_zero=False)
        first_day, last_day = cells.period("start", "end", one_day_allowed=False)
        notes = cells.notes("notes")
        if cells.problems or reason is None:
            return None
        row = ReductionRow(cells.line, om_key, team_code, reason, hours, first_day, last_day, notes)
        if (first := seen.setdefault(row.identity, cells.line)) != cells.line:
            cells.refuse("", f"the same reduction stands on line {first}")
            return None
        return row

    return _parse(content, REDUCTION_COLUMNS, reduction_row)


def parse_day(value: str) -> date | None:
    """A date written as 2026-04-01 or 01/04/2026; None where it is neither, or no real date of our time."""
    iso, british = _ISO_DATE.fullmatch(value), _BRITISH_DATE.fullmatch(value)
    if iso:
        year, month, day = (int(part) for part in iso.groups())
    elif british:
        day, month, year = (int(part) for part in british.groups())
    else:
        return None
    try:
        return date(year, month, day) if EARLIEST_YEAR <= year <= LATEST_YEAR else None
    except ValueError:
        return None


def _parse(content: bytes, columns: tuple[str, ...], to_row: "Callable[[_Cells], Row | None]") -> ParsedRows[Row]:
    found = read_csv(content, columns=columns)
    quarantined = list(found.broken)
    rows: list[Row] = []
    for line in found.lines:
        cells = _Cells(line)
        row = to_row(cells)
        quarantined.extend(cells.problems)
        if row is not None:
            rows.append(row)
    quarantined.sort(key=lambda problem: problem.line)
    return ParsedRows(tuple(rows), tuple(quarantined), len(found.lines) + len(found.broken), found.ignored_columns)


class _Cells:
    """Reads the cells of one line, and keeps what is wrong; a bad cell reads as nothing, so that reading goes on."""

    def __init__(self, line: CsvLine) -> None:
        self.line = line.number
        self._cells = line.cells
        self.problems: list[QuarantinedRow] = []

    def refuse(self, column: str, reason: str) -> None:
        """Say that the line can't be taken, and why."""
        self.problems.append(QuarantinedRow(self.line, column, self._cells.get(column, ""), reason))

    def text(self, column: str) -> str:
        """A key that must be there."""
        value = self._cells[column]
        if not value:
            self.refuse(column, "it is empty")
        return value

    def hours(self, column: str, *, may_be_zero: bool) -> Decimal:
        """Hours a week, with at most two decimals."""
        value = self._cells[column]
        hours = Decimal(value) if _HOURS.fullmatch(value) else None
        least = "0" if may_be_zero else "more than 0"
        if hours is None or hours > MOST_HOURS or (hours == 0 and not may_be_zero):
            self.refuse(column, f"hours must be a number from {least} to {MOST_HOURS}, such as 18.5")
        elif hours != hours.quantize(Decimal("0.01")):
            self.refuse(column, "hours can have two decimals at most")
        return Decimal(0) if hours is None else hours

    def period(self, first: str, last: str, *, one_day_allowed: bool) -> tuple[date, date | None]:
        """A first day, which must be there, and a last day, which may be empty."""
        first_day = self.day(first)
        last_day = self.day(last) if self._cells[last] else None
        if first_day is None:
            return date.min, last_day
        if last_day is not None and (last_day < first_day or (last_day == first_day and not one_day_allowed)):
            self.refuse(last, f"it must be after “{first}”")
        return first_day, last_day

    def day(self, column: str) -> date | None:
        """A date."""
        day = parse_day(self._cells[column])
        if day is None:
            self.refuse(column, "it must be a date like 2026-04-01 or 01/04/2026")
        return day

    def reason(self, column: str, by_name: Mapping[str, ReductionReason]) -> ReductionReason | None:
        """A reason of the trust, by name or short name."""
        reason = by_name.get(comparable(self._cells[column]))
        if reason is None:
            self.refuse(column, "it is not one of the reduction reasons")
        elif not reason.enabled:
            self.refuse(column, "this reduction reason is switched off")
        return reason

    def notes(self, column: str) -> str:
        """Free text of a bounded length."""
        notes = self._cells[column]
        if len(notes) >= NOTES_UNDER_CHARACTERS:
            self.refuse(column, f"notes must be under {NOTES_UNDER_CHARACTERS:,} characters: these are {len(notes):,}")
        return notes


class _Periods:
    """The periods taken so far, by practitioner-in-team, in order of days."""

    def __init__(self) -> None:
        self._taken: dict[tuple[str, str], list[tuple[date, date, int]]] = defaultdict(list)

    def add(self, key: tuple[str, str], first_day: date, last_day: date | None, line: int) -> int | None:
        """Take a period, or answer the line of one that it overlaps."""
        taken, last = self._taken[key], last_day or date.max
        place = bisect_left(taken, (first_day, date.min, 0))
        for earlier_first, earlier_last, earlier_line in taken[max(0, place - 1) : place + 1]:
            if earlier_first <= last and first_day <= earlier_last:
                return earlier_line
        insort(taken, (first_day, last, line))
        return None
