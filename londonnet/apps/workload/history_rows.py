"""A file of past figures, as another tool kept them: good rows, and the others with what is wrong with them.

The columns are those that `londonnet workload show` prints, with the day in front. Files are long: they are read line
by line and never held as a whole.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Final

from londonnet.apps.workload.capacity import NO_CAPACITY_LEFT, NOT_MEASURED
from londonnet.apps.workload.csv_lines import CsvLine, OpenCsv, QuarantinedRow, open_csv
from londonnet.apps.workload.csv_rows import parse_day
from londonnet.apps.workload.errors import FileRefused
from londonnet.apps.workload.hours import MOST_HOURS
from londonnet.apps.workload.weights import GRADES

LARGEST_FILE_BYTES: Final = 100_000_000
REQUIRED: Final = ("day", "om_key", "team_code", "available")
TOTALS: Final = ("points_total", "points", "total_points", "total")
"""What the column of all points may be called, the best name first."""

_PARTS: Final = ("points_cases", "points_t2a", "points_reports", "points_support")
OPTIONAL: Final = ("grade", "cases", "t2a_cases", *_PARTS, "contracted_hours", "reduction_hours", "capacity_note")
_NOT_NEEDED: Final = ("capacity", "pdu_code", "region_code", "weights_version")
"""Columns of `workload show` that follow from the others."""

_WHOLE: Final = re.compile(r"-?[0-9]{1,15}(\.0+)?")
_DECIMAL: Final = re.compile(r"-?[0-9]{1,12}(\.[0-9]{1,6})?")


@dataclass(frozen=True, slots=True)
class HistoryRow:
    """The figure of one practitioner-in-team on a past day; `grade` is None where the file doesn't say."""

    line: int
    day: date
    om_key: str
    team_code: str
    grade: str | None
    cases: int
    t2a_cases: int
    points_cases: int
    points_t2a: Decimal
    points_reports: int
    points_support: int
    points_total: int
    contracted_hours: Decimal | None
    reduction_hours: Decimal
    available: int
    capacity_note: str


@dataclass(frozen=True, slots=True)
class HistoryFile:
    """A file that is being read: each line gives a good row, or everything that is wrong with it."""

    ignored_columns: tuple[str, ...]
    rows: Iterator[HistoryRow | tuple[QuarantinedRow, ...]]


def open_history(content: bytes, *, before: date) -> HistoryFile:
    """A file of past figures.

    Args:
        content: the file.
        before: today: what isn't past yet isn't history.

    Raises:
        FileRefused: the file can't be read at all; while it is read, too.
    """
    opened = open_csv(content, columns=REQUIRED, largest_bytes=LARGEST_FILE_BYTES)
    total = next((name for name in TOTALS if name in opened.heading), None)
    if total is None:
        raise FileRefused("The file lacks the column points_total in its first line.")
    ignored = opened.ignored_columns((*REQUIRED, *TOTALS, *OPTIONAL, *_NOT_NEEDED))
    return HistoryFile(ignored, _rows(opened, total, before))


def columns_held(content: bytes) -> tuple[str, ...]:
    """Those columns of a file that are read, as it has them.

    Raises:
        FileRefused: as `open_history`.
    """
    opened = open_csv(content, columns=REQUIRED, largest_bytes=LARGEST_FILE_BYTES)
    return tuple(name for name in opened.heading if name in (*REQUIRED, *TOTALS, *OPTIONAL))


def _rows(opened: OpenCsv, total: str, before: date) -> Iterator[HistoryRow | tuple[QuarantinedRow, ...]]:
    for line in opened.lines:
        yield _row(line, total, before) if isinstance(line, CsvLine) else (line,)


def _row(line: CsvLine, total: str, before: date) -> HistoryRow | tuple[QuarantinedRow, ...]:
    cells = _Cells(line)
    day = cells.day("day", before)
    om_key, team_code = cells.text("om_key"), cells.text("team_code")
    points = cells.whole(total, must=True)
    reports, support = cells.whole("points_reports"), cells.whole("points_support")
    t2a = cells.decimal("points_t2a")
    contracted, reduction = cells.hours("contracted_hours"), cells.hours("reduction_hours") or Decimal(0)
    available = cells.whole("available", must=True, least=0)
    row = HistoryRow(
        line.number,
        day,
        om_key,
        team_code,
        cells.grade("grade"),
        cells.whole("cases", least=0),
        cells.whole("t2a_cases", least=0),
        cells.whole("points_cases") if cells.has("points_cases") else points - reports - support - int(t2a),
        t2a,
        reports,
        support,
        points,
        contracted,
        reduction,
        available,
        cells.note("capacity_note", available, contracted, reduction),
    )
    return tuple(cells.problems) or row


@lru_cache(maxsize=4096)
def _known_day(text: str) -> date | None:
    """A file of years repeats its days fifteen thousand times each."""
    return parse_day(text)


class _Cells:
    """Reads the cells of one line, and keeps what is wrong; a bad cell reads as nothing, so that reading goes on."""

    def __init__(self, line: CsvLine) -> None:
        self._line = line.number
        self._cells: Mapping[str, str] = line.cells
        self.problems: list[QuarantinedRow] = []

    def has(self, column: str) -> bool:
        """Whether there is something in it."""
        return bool(self._cells.get(column))

    def text(self, column: str) -> str:
        """A key that must be there."""
        value = self._cells[column]
        if not value:
            self._refuse(column, "it is empty")
        return value

    def day(self, column: str, before: date) -> date:
        """A day that has passed."""
        day = _known_day(self._cells[column])
        if day is None:
            self._refuse(column, "it must be a date like 2026-04-01 or 01/04/2026")
        elif day >= before:
            self._refuse(column, "history has only days that have passed")
        return day or date.min

    def whole(self, column: str, *, must: bool = False, least: int | None = None) -> int:
        """A whole number; 0 where there is none and none is needed."""
        text = self._cells.get(column, "")
        if not text and not must:
            return 0
        number = int(text.partition(".")[0]) if _WHOLE.fullmatch(text) else None
        if number is None or (least is not None and number < least):
            self._refuse(column, "it must be a whole number" + ("" if least is None else f" of at least {least}"))
        return number or 0

    def decimal(self, column: str) -> Decimal:
        """A number with two decimals at most; 0 where there is none."""
        text = self._cells.get(column, "")
        number = Decimal(text) if _DECIMAL.fullmatch(text) else None
        if text and (number is None or number != number.quantize(Decimal("0.01"))):
            self._refuse(column, "it must be a number with two decimals at most")
        return number or Decimal(0)

    def hours(self, column: str) -> Decimal | None:
        """Hours a week; None where there are none."""
        text = self._cells.get(column, "")
        number = self.decimal(column) if text else None
        if number is not None and not 0 <= number <= MOST_HOURS:
            self._refuse(column, f"hours must be a number from 0 to {MOST_HOURS}")
        return number

    def grade(self, column: str) -> str | None:
        """A grade; None where the file has no such column."""
        if column not in self._cells:
            return None
        grade = self._cells[column].upper()
        if grade and grade not in GRADES:
            self._refuse(column, "it must be one of " + ", ".join(GRADES) + ", or empty")
        return grade

    def note(self, column: str, available: int, contracted: Decimal | None, reduction: Decimal) -> str:
        """Why nothing is available: as the file says, else by whether reductions take all the hours."""
        said = self._cells.get(column, "").lower()
        if said not in ("", NO_CAPACITY_LEFT, NOT_MEASURED):
            self._refuse(column, f"it must be “{NO_CAPACITY_LEFT}”, “{NOT_MEASURED}” or empty")
        if available:
            return ""
        taken = contracted is not None and reduction >= contracted > 0
        return said or (NO_CAPACITY_LEFT if taken else NOT_MEASURED)

    def _refuse(self, column: str, reason: str) -> None:
        self.problems.append(QuarantinedRow(self._line, column, self._cells.get(column, ""), reason))
