"""The points of one practitioner-in-team: what their work weighs.

Source: the nightly ("batch") rules of the Workload Management Tool. All arithmetic is exact.
"""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from londonnet.apps.workload.tiers import Counts
from londonnet.apps.workload.weights import WeightSet


@dataclass(frozen=True, slots=True)
class Workload:
    """What one practitioner-in-team holds and did: everything that is scored, as counts.

    Attributes:
        cases: filtered case counts; untiered ones (tier 0) may stand among them and aren't scored.
        t2a: transition-to-adulthood case counts.
        inactive_t2a: inactive T2A cases by kind (warrants, overdue, unpaid_work). Each must also stand in `t2a`,
            and under one kind only. The national extract doesn't tell them, so from it this is empty.
        sdr: standard delivery reports of the last 30 days.
        conversions: fast reports of the last 30 days.
        further_reports: counts of the reports that can be switched on, by kind.
        support_done: points of the contacts of the last 7 days that they did for colleagues' cases.
        support_received: points of the contacts that colleagues did for cases they manage.
    """

    cases: Counts = field(default_factory=dict)
    t2a: Counts = field(default_factory=dict)
    inactive_t2a: Mapping[str, Counts] = field(default_factory=dict)
    sdr: int = 0
    conversions: int = 0
    further_reports: Mapping[str, int] = field(default_factory=dict)
    support_done: int = 0
    support_received: int = 0

    @property
    def case_count(self) -> int:
        """How many cases are shown beside the points: untiered ones too."""
        return sum(self.cases.values())

    @property
    def t2a_count(self) -> int:
        """How many T2A cases are shown beside the points: untiered ones too."""
        return sum(self.t2a.values())


@dataclass(frozen=True, slots=True)
class Points:
    """Points by where they come from. `t2a` can have two decimals; `total` is whole, and may be negative."""

    cases: int
    t2a: Decimal
    reports: int
    support: int
    total: int

    def as_json(self) -> dict[str, int | float]:
        """The `points` object that `londonnet workload show` prints."""
        return {
            "cases": self.cases,
            "t2a": int(self.t2a) if self.t2a == int(self.t2a) else float(self.t2a),
            "reports": self.reports,
            "support": self.support,
            "total": self.total,
        }


NO_POINTS = Points(cases=0, t2a=Decimal(0), reports=0, support=0, total=0)


def points(workload: Workload, weights: WeightSet) -> Points:
    """The points of one practitioner-in-team under these weights."""
    cases = sum(count * weights.case_points(cell) for cell, count in workload.cases.items())
    t2a = t2a_points(workload, weights)
    reports = report_points(workload, weights)
    support = workload.support_done - workload.support_received
    return Points(cases, t2a, reports, support, round_half_up(cases + t2a + reports + support))


def t2a_points(workload: Workload, weights: WeightSet) -> Decimal:
    """Points of the T2A cases, less what inactive ones aren't kept at; exact to two decimals."""
    held = sum(count * weights.t2a_points(cell) for cell, count in workload.t2a.items())
    taken = sum(inactive_t2a_hundredths(kind, counts, weights) for kind, counts in workload.inactive_t2a.items())
    return Decimal(100 * held - taken) / 100


def inactive_t2a_hundredths(kind: str, counts: Counts, weights: WeightSet) -> int:
    """What inactive T2A cases of one kind take off, in hundredths of a point: nothing where 100% is kept."""
    removed_percent = 100 - weights.inactive_percent[kind]
    return removed_percent * sum(count * weights.t2a_points(cell) for cell, count in counts.items())


def report_points(workload: Workload, weights: WeightSet) -> int:
    """Points of the reports of the last 30 days; the switchable kinds only where they are counted."""
    further = sum(
        count * weights.further_reports[kind].points
        for kind, count in workload.further_reports.items()
        if weights.further_reports[kind].counted
    )
    return workload.sdr * weights.sdr + workload.conversions * weights.conversion + further


def round_half_up(exact: Decimal | Fraction | int) -> int:
    """The nearest whole number, a half going up towards plus infinity: 2.5 is 3 and -2.5 is -2."""
    return math.floor(Fraction(exact) + Fraction(1, 2))


def sum_points(many: Iterable[Points]) -> Points:
    """The points of several practitioners together: each column is summed, whole totals included."""
    each = tuple(many)
    return Points(
        cases=sum(one.cases for one in each),
        t2a=sum((one.t2a for one in each), Decimal(0)),
        reports=sum(one.reports for one in each),
        support=sum(one.support for one in each),
        total=sum(one.total for one in each),
    )
