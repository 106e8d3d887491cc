"""A practitioner's working as the page prints it: sums line by line, cases by tier, hours and reductions."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final

from londonnet.apps.caseload.tiers import UNTIERED as UNTIERED_CASES
from londonnet.apps.workload.hours import ReductionStatus
from londonnet.apps.workload.lines_of_working import key_of
from londonnet.apps.workload.selectors import HoursPeriod, PractitionerWorking, ReductionPeriod
from londonnet.apps.workload.tiers import LOCATIONS, TIERS, UNTIERED, Counts, tier_name
from londonnet.apps.workload.working import (
    AVAILABLE,
    REPORTS,
    SUPPORT_DONE,
    SUPPORT_RECEIVED,
    T2A,
    Working,
    WorkingLine,
)

from .lines import hours_text
from .numbers_lines import NO_LIST, Behind

PERSONAL: Final = "Personal"
_NOT_NAMED: Final = "not named in the extract"
_BELOW: Final = {SUPPORT_DONE: "#support", SUPPORT_RECEIVED: "#support", AVAILABLE: "#hours"}
"""What some lines stand for, further down the page."""
_LONG_NUMBER: Final = re.compile(r"(?<![\d.])\d{4,}")
STATUSES: Final = {
    ReductionStatus.ACTIVE: "Active",
    ReductionStatus.SCHEDULED: "Scheduled",
    ReductionStatus.ARCHIVED: "Over",
    ReductionStatus.DELETED: "Deleted",
}


@dataclass(frozen=True, slots=True)
class SumLine:
    """A line of a sum: what, how, what comes out, what it stands for, and perhaps where to say that it is wrong."""

    label: str
    sum: str
    value: str
    note: str = ""
    url: str = ""
    report_url: str = ""


@dataclass(frozen=True, slots=True)
class Sum:
    """One part of the working and what it comes to; `lines` is empty where nothing counts."""

    title: str
    lines: tuple[SumLine, ...]
    total: str


@dataclass(frozen=True, slots=True)
class Counted:
    """How many cases, and the list of them; 0 leads nowhere."""

    count: int
    url: str


@dataclass(frozen=True, slots=True)
class TierLine:
    """How many cases of one tier somebody holds in each place, and how many T2A cases."""

    tier: str
    numbers: tuple[Counted, ...]
    total: Counted
    t2a: Counted


@dataclass(frozen=True, slots=True)
class HoursLine:
    """A period of contracted hours."""

    hours: str
    row: HoursPeriod


@dataclass(frozen=True, slots=True)
class ReductionLine:
    """A reduction as this reader may see it."""

    reason: str
    hours: str
    row: ReductionPeriod
    status: str
    notes: str


ReportAt = Callable[[str], str]
"""Where to say that a line is wrong, by its key."""


def sums(working: Working, behind: Behind = NO_LIST, report_at: ReportAt | None = None) -> tuple[Sum, ...]:
    """The parts of the points held: cases and T2A cases with the lists of them, reports and support."""
    return tuple(
        Sum(one.title, _lines(one.lines, one.title, behind, report_at), with_thousands(one.subtotal))
        for one in working.sections
    )


def result_lines(working: Working, report_at: ReportAt | None = None) -> tuple[SumLine, ...]:
    """From the parts to the capacity: points held, points available."""
    return _lines((working.total, working.available), "Capacity", NO_LIST, report_at)


def hours_lines(shown: PractitionerWorking) -> tuple[HoursLine, ...]:
    """Their own contracted hours, the latest first."""
    return tuple(HoursLine(hours_text(one.hours), one) for one in shown.hours)


def with_thousands(text: str) -> str:
    """A sum in words with its long numbers grouped: 2176 becomes 2,176."""
    return _LONG_NUMBER.sub(lambda found: f"{int(found.group()):,}", text)


def tier_lines(cases: Counts, t2a: Counts, behind: Behind = NO_LIST) -> tuple[TierLine, ...]:
    """Cases by tier and location: a line for each tier of which there is a case, and the list behind each number."""
    held = {tier for (_, tier), count in [*cases.items(), *t2a.items()] if count}
    return tuple(_tier_line(tier, cases, t2a, behind) for tier in (*TIERS, UNTIERED) if tier in held)


def reduction_lines(shown: PractitionerWorking, *, with_personal: bool) -> tuple[ReductionLine, ...]:
    """The reductions; those of a personal kind without reason and notes, unless the reader may know them."""
    return tuple(_reduction(one, known=with_personal or one.kind != "personal") for one in shown.reductions)


def _reduction(row: ReductionPeriod, *, known: bool) -> ReductionLine:
    status = STATUSES[row.status]
    if row.status is ReductionStatus.ACTIVE and not row.counts:
        status = "Reason switched off"
    return ReductionLine(
        row.reason if known else PERSONAL, hours_text(row.hours), row, status, row.notes if known else ""
    )


def _lines(
    lines: Iterable[WorkingLine], section: str, behind: Behind, report_at: ReportAt | None
) -> tuple[SumLine, ...]:
    return tuple(
        SumLine(
            one.label,
            with_thousands(one.calculation),
            with_thousands(one.result),
            note=_NOT_NAMED if section == REPORTS else "",
            url=_stands_for(one, section, behind),
            report_url=report_at(key_of(section, one.label)) if report_at else "",
        )
        for one in lines
    )


def _stands_for(line: WorkingLine, section: str, behind: Behind) -> str:
    """The list of the cases of a line, or the part of the page that names what it counts."""
    if line.cell is None:
        return _BELOW.get(line.label, "")
    location, tier = line.cell
    return _of_tier(tier, behind).url(location=location, **({"t2a": "yes"} if section == T2A else {}))


def _of_tier(tier: int, behind: Behind) -> Behind:
    return behind.also(("tier", UNTIERED_CASES if tier == UNTIERED else tier_name(tier)), ("active", "yes"))


def _tier_line(tier: int, cases: Counts, t2a: Counts, behind: Behind) -> TierLine:
    of_tier = _of_tier(tier, behind)
    held = {location: cases.get((location, tier), 0) for location in LOCATIONS}
    return TierLine(
        "No tier" if tier == UNTIERED else tier_name(tier),
        tuple(_counted(count, of_tier, location=place) for place, count in held.items()),
        _counted(sum(held.values()), of_tier),
        _counted(sum(t2a.get((location, tier), 0) for location in LOCATIONS), of_tier, t2a="yes"),
    )


def _counted(count: int, behind: Behind, **narrowed: str) -> Counted:
    return Counted(count, behind.url(**narrowed) if count else "")
