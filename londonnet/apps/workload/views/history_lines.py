"""Figures over time as lists and charts print them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, Final

from londonnet.apps.organisation.grades import grade_name
from londonnet.apps.workload import addresses
from londonnet.apps.workload.capacity import percent_of
from londonnet.apps.workload.models import ALL_GRADES
from londonnet.apps.workload.selectors import Level
from londonnet.apps.workload.selectors.history import Average, HistoryRow
from londonnet.platform.lists.columns import Column, Kind
from londonnet.platform.lists.spec import ListSpec, declare
from londonnet.platform.ui import formatting
from londonnet.platform.ui.charts import Series

from .ranges import AVERAGE

_TENTH: Final = Decimal("0.1")
_A_MONTH: Final = 31
"""How many days a page lists; the chart above shows them all."""


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One period of a place, a grade or a practitioner; what it is called is worked out for those that are shown."""

    row: HistoryRow
    average: Average
    by: Level

    @property
    def name(self) -> str:
        """What the part is called."""
        return part_name(self.row)

    @property
    def note(self) -> str:
        """Its code; empty for a grade."""
        return _note(self.row)

    @property
    def period(self) -> str:
        """What the period is called."""
        return period_name(self.row.period, self.average)

    @property
    def url(self) -> str:
        """Where its own history is; empty for a grade."""
        return _url(self.row, self.by)


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a place over the whole range: its capacity then, how it went, and where its own history is."""

    name: str
    note: str
    url: str
    capacity: float | None
    trend: tuple[float | None, ...]
    lowest: float | None
    highest: float | None


def period_name(period: date, average: Average) -> str:
    """3 March 2026; Week of 2 March 2026; March 2026."""
    if average == "month":
        return f"{period:%B %Y}"
    return f"Week of {formatting.date(period)}" if average == "week" else formatting.date(period)


def history_lines(rows: Iterable[HistoryRow], average: Average, by: Level) -> list[HistoryLine]:
    """Lines for periods, in the order given."""
    return [HistoryLine(row, average, by) for row in rows]


def part_name(row: HistoryRow) -> str:
    """What a part is called: a grade in words, or a name."""
    return row.name if row.grade == ALL_GRADES or row.team_code else grade_name(row.grade)


def _note(row: HistoryRow) -> str:
    return "" if row.grade != ALL_GRADES and not row.team_code else row.code


def _url(row: HistoryRow, by: Level) -> str:
    return "" if not _note(row) else addresses.history(by, row.code, row.team_code)


def parts(rows: Iterable[HistoryRow], by: Level) -> list[Part]:
    """The parts of a place, each over the whole range, in the order given."""
    of_part: dict[tuple[str, str, str], list[HistoryRow]] = {}
    for row in rows:
        grade = "" if row.team_code else row.grade
        of_part.setdefault((row.code, row.team_code, grade), []).append(row)
    return [_part(held, by) for held in of_part.values()]


def together(rows: Iterable[HistoryRow]) -> float | None:
    """The capacity of several periods: the ratio of their sums."""
    held = list(rows)
    available = sum(int(row.sums["available"]) for row in held)
    return percent_of(sum(int(row.sums["points_total"]) for row in held), available) if available > 0 else None


def series(rows: Iterable[HistoryRow]) -> list[Series]:
    """A line for each part: its capacity in each period."""
    lines: dict[str, dict[date, float | None]] = {}
    for row in rows:
        lines.setdefault(part_name(row), {})[row.period] = row.capacity
    return [Series(name, values) for name, values in lines.items()]


def numbers(lines: Sequence[Series], average: Average) -> list[tuple[str, list[float | None]]]:
    """The table below a chart: each period with the value of every line."""
    periods = sorted({period for one in lines for period in one.values})
    return [(period_name(period, average), [_value(one.values, period) for one in lines]) for period in periods]


def _value(values: Mapping[date, Any], period: date) -> float | None:
    value = values.get(period)
    return None if value is None else float(value)


def _part(rows: Sequence[HistoryRow], by: Level) -> Part:
    trend = tuple(row.capacity for row in rows)
    known = [value for value in trend if value is not None]
    first = rows[0]
    return Part(
        part_name(first),
        _note(first),
        _url(first, by),
        together(rows),
        trend,
        min(known, default=None),
        max(known, default=None),
    )


def _a_day(key: str, label: str, column: str, *, default: bool = True) -> Column:
    return Column(key, label, Kind.WHOLE, lambda line: _rounded(line.row.a_day(column)), default=default)


def _rounded(value: Decimal) -> Decimal:
    return value if value == int(value) else value.quantize(_TENTH, ROUND_HALF_UP)


def _remaining(line: HistoryLine) -> Decimal:
    return _rounded(line.row.a_day("available") - line.row.a_day("points_total"))


_CAPACITY: Final = Column(
    "capacity",
    "Capacity",
    Kind.BAR,
    lambda line: line.row.capacity,
    decimals=1,
    without=lambda line: "nothing available",
)
_CARRIED: Final = (
    _CAPACITY,
    _a_day("points", "Points held", "points_total"),
    _a_day("available", "Points available", "available"),
    Column("remaining", "Points remaining", Kind.WHOLE, _remaining, default=False),
    _a_day("cases", "Cases", "cases"),
    _a_day("t2a", "T2A cases", "t2a_cases", default=False),
    _a_day("points-cases", "Points of cases", "points_cases", default=False),
    _a_day("points-t2a", "Points of T2A cases", "points_t2a", default=False),
    _a_day("points-reports", "Points of reports", "points_reports", default=False),
    _a_day("support", "Support points", "points_support", default=False),
)
_PEOPLE: Final = (
    _a_day("practitioners", "Practitioners", "practitioners"),
    _a_day("posts", "Posts for unallocated cases", "posts", default=False),
    _a_day("above", "Above 110%", "above"),
    _a_day("within", "90 to 110%", "within", default=False),
    _a_day("below", "Below 90%", "below", default=False),
    _a_day("not-measured", "Not measured", "not_measured", default=False),
    _a_day("none-left", "No capacity left", "none_left", default=False),
)
_TIME: Final = (
    _a_day("hours", "Contracted hours", "contracted_hours", default=False),
    _a_day("reductions", "Reduction hours", "reduction_hours", default=False),
    Column("days", "Days kept", Kind.WHOLE, lambda line: line.row.days, default=False),
)
_PERIOD: Final = Column("period", "Period", of=lambda line: line.period, always=True, comes_sorted=True, one_line=True)
_FIRST: Final = Column("from", "First day", Kind.DATE, lambda line: line.row.period, default=False)
_LEADS: Final = Column(
    "name",
    "Name",
    of=lambda line: line.name,
    always=True,
    comes_sorted=True,
    url=lambda line: line.url,
    note=lambda line: line.note,
    note_label="Code",
)
_PERIOD_OF_PART: Final = Column(
    "period", "Period", of=lambda line: line.period, always=True, sortable=False, one_line=True
)
_GRADE: Final = Column("grade", "Grade", of=lambda line: line.row.grade)

OF_PLACE: Final = declare(
    ListSpec(
        "workload.history",
        (_PERIOD, _FIRST, *_CARRIED, *_PEOPLE, *_TIME),
        filters=(AVERAGE,),
        noun="period",
        default_sort="-period",
        size=_A_MONTH,
    )
)
OF_PRACTITIONER: Final = declare(
    ListSpec(
        "workload.history-practitioner",
        (_PERIOD, _FIRST, *_CARRIED, _GRADE, *_TIME),
        filters=(AVERAGE,),
        noun="period",
        default_sort="-period",
        size=_A_MONTH,
    )
)
BY_PLACE: Final = declare(
    ListSpec(
        "workload.history-places",
        (_LEADS, _PERIOD_OF_PART, _FIRST, *_CARRIED, *_PEOPLE, *_TIME),
        filters=(AVERAGE,),
        noun="row",
    )
)
BY_PRACTITIONER: Final = declare(
    ListSpec(
        "workload.history-practitioners",
        (_LEADS, _PERIOD_OF_PART, _FIRST, *_CARRIED, _GRADE, *_TIME),
        filters=(AVERAGE,),
        noun="row",
    )
)
