"""The working of one practitioner's figure, line by line, as the practitioner page prints it."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from londonnet.apps.workload.capacity import percent_of, shown_percent
from londonnet.apps.workload.figures import Figure, Staffing, figure
from londonnet.apps.workload.points import Workload, inactive_t2a_hundredths
from londonnet.apps.workload.tiers import Cell, Counts, cell_name
from londonnet.apps.workload.weights import FURTHER_REPORTS, INACTIVE_KINDS, WeightSet, grade_of

T2A: Final = "Transition to adulthood (T2A) cases"
REPORTS: Final = "Reports in the last 30 days"
SUPPORT_DONE: Final = "Contacts done on cases of colleagues"
SUPPORT_RECEIVED: Final = "Contacts colleagues did on these cases"
AVAILABLE: Final = "Available points"
_TIMES: Final = "\N{MULTIPLICATION SIGN}"
_MINUS: Final = "\N{MINUS SIGN}"
_INACTIVE_NAMES: Final = {"warrants": "warrants", "overdue": "overdue terminations", "unpaid_work": "unpaid work"}
_FURTHER_NAMES: Final = {"parole": "Parole", "arms_licence": "ARMS, licence", "arms_community": "ARMS, community"}


@dataclass(frozen=True, slots=True)
class WorkingLine:
    """One line of the working.

    Attributes:
        label: what is worked out, such as "Community B2".
        calculation: how, such as 3 cases times 115; empty where there is nothing to multiply.
        result: what comes out, such as "345"; empty where the line isn't scored.
        cell: the location and tier of the cases that it counts; None where it counts no cases of one.
    """

    label: str
    calculation: str
    result: str
    cell: Cell | None = None

    @property
    def text(self) -> str:
        """The line in one piece, such as "Reports: 2 x 138 = 276"."""
        worked = " = ".join(part for part in (self.calculation, self.result) if part)
        return f"{self.label}: {worked}"


@dataclass(frozen=True, slots=True)
class WorkingSection:
    """The lines of one column of the points, and what they come to."""

    title: str
    lines: tuple[WorkingLine, ...]
    subtotal: str


@dataclass(frozen=True, slots=True)
class Working:
    """The whole working: sections (cases, T2A, reports, support), then the total, what is available, the capacity."""

    sections: tuple[WorkingSection, ...]
    total: WorkingLine
    available: WorkingLine
    capacity: WorkingLine
    figure: Figure
    weights_version: int


def working(workload: Workload, staffing: Staffing, weights: WeightSet) -> Working:
    """How the figure of one practitioner-in-team comes about under these weights."""
    result = figure(workload, staffing, weights)
    held = result.points
    parts = (
        ("Cases", _case_lines(workload.cases, weights.case_points), held.cases),
        (T2A, _t2a_lines(workload, weights), held.t2a),
        (REPORTS, _report_lines(workload, weights), held.reports),
        ("Case-management support in the last 7 days", _support_lines(workload), held.support),
    )
    return Working(
        sections=tuple(WorkingSection(title, tuple(lines), amount(points)) for title, lines, points in parts),
        total=_total_line(result),
        available=_available_line(result, staffing, weights),
        capacity=_capacity_line(result),
        figure=result,
        weights_version=weights.version,
    )


def amount(number: int | Decimal) -> str:
    """A number as the working writes it: no needless decimals, and a real minus sign."""
    decimal = Decimal(number)
    written = str(int(decimal)) if decimal == int(decimal) else str(decimal.normalize())
    return written.replace("-", _MINUS)


def _case_lines(counts: Counts, points_of: Callable[[Cell], int]) -> Iterator[WorkingLine]:
    for cell, count in _held(counts):
        if cell[1]:
            points = points_of(cell)
            yield WorkingLine(cell_name(cell), f"{_cases(count)} {_TIMES} {points}", amount(count * points), cell)
        else:
            yield WorkingLine(cell_name(cell), f"{_cases(count)}, not scored", "", cell)


def _t2a_lines(workload: Workload, weights: WeightSet) -> Iterator[WorkingLine]:
    yield from _case_lines(workload.t2a, weights.t2a_points)
    for kind in INACTIVE_KINDS:
        counts = workload.inactive_t2a.get(kind, {})
        if count := sum(counts.values()):
            kept = f"{_cases(count)} kept at {weights.inactive_percent[kind]}%"
            taken = Decimal(inactive_t2a_hundredths(kind, counts, weights)) / 100
            yield WorkingLine(f"Inactive, {_INACTIVE_NAMES[kind]}", kept, amount(-taken))


def _report_lines(workload: Workload, weights: WeightSet) -> Iterator[WorkingLine]:
    scored = [
        ("Standard delivery reports", workload.sdr, weights.sdr),
        ("Fast reports (conversions)", workload.conversions, weights.conversion),
        *_further_reports(workload.further_reports, weights),
    ]
    for label, count, points in scored:
        if count:
            yield WorkingLine(label, f"{count} {_TIMES} {points}", amount(count * points))


def _further_reports(counts: Mapping[str, int], weights: WeightSet) -> Iterator[tuple[str, int, int]]:
    for kind in FURTHER_REPORTS:
        if weights.further_reports[kind].counted:
            yield _FURTHER_NAMES[kind], counts.get(kind, 0), weights.further_reports[kind].points


def _support_lines(workload: Workload) -> Iterator[WorkingLine]:
    if workload.support_done:
        yield WorkingLine(SUPPORT_DONE, "", amount(workload.support_done))
    if workload.support_received:
        yield WorkingLine(SUPPORT_RECEIVED, "", amount(-workload.support_received))


def _total_line(result: Figure) -> WorkingLine:
    held = result.points
    others = "".join(_signed(part) for part in (held.t2a, held.reports, held.support))
    return WorkingLine("Total points", amount(held.cases) + others, amount(held.total))


def _available_line(result: Figure, staffing: Staffing, weights: WeightSet) -> WorkingLine:
    full_hours = weights.default_hours_for(staffing.grade)
    if not full_hours or result.contracted_hours is None:
        reason = f"the grade {grade_of(staffing.grade)} has no full hours to measure against"
        return WorkingLine(AVAILABLE, reason, amount(result.available))
    hours = f"({amount(result.contracted_hours)} {_MINUS} {amount(result.reduction_hours)})"
    calculation = f"{weights.target_for(staffing.grade)} {_TIMES} {hours} / {amount(full_hours)}"
    return WorkingLine(AVAILABLE, calculation, amount(result.available))


def _capacity_line(result: Figure) -> WorkingLine:
    if result.capacity.note is not None:
        return WorkingLine("Capacity", "", result.capacity.note)
    calculation = f"100 {_TIMES} {amount(result.points.total)} / {amount(result.available)}"
    percent = shown_percent(percent_of(result.points.total, result.available)).replace("-", _MINUS)
    return WorkingLine("Capacity", calculation, percent)


def _held(counts: Counts) -> list[tuple[Cell, int]]:
    return [(cell, count) for cell, count in sorted(counts.items()) if count]


def _cases(count: int) -> str:
    return "1 case" if count == 1 else f"{count} cases"


def _signed(number: int | Decimal) -> str:
    return f" {_MINUS} {amount(-number)}" if number < 0 else f" + {amount(number)}"
