"""A place's figures by grade, as the overview lists them: now, or on a kept day."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from londonnet.apps.organisation.grades import grade_name
from londonnet.apps.workload.capacity import NOT_MEASURED, percent_of
from londonnet.apps.workload.selectors.history import HistoryRow
from londonnet.apps.workload.selectors.numbers import NumbersRow
from londonnet.platform.lists.columns import Column, Kind
from londonnet.platform.lists.spec import ListSpec, declare


@dataclass(frozen=True, slots=True)
class GradeLine:
    """What the people of one grade hold together. Support given and taken isn't kept apart for past days."""

    key: str
    name: str
    practitioners: int
    cases: int
    t2a_cases: int
    points: int
    available: int
    contracted_hours: Decimal
    reduction_hours: Decimal
    support: int
    given: int | None = None
    taken: int | None = None

    @property
    def capacity(self) -> float | None:
        """Percent, unrounded: the ratio of the sums; None where nothing is available."""
        return percent_of(self.points, self.available) if self.available else None


GRADES: Final = declare(
    ListSpec(
        "workload.grades",
        (
            Column("name", "Grade", of=lambda line: line.name, always=True, comes_sorted=True),
            Column(
                "capacity",
                "Capacity",
                Kind.BAR,
                lambda line: line.capacity,
                decimals=1,
                without=lambda line: NOT_MEASURED,
            ),
            Column("points", "Points held", Kind.WHOLE, lambda line: line.points),
            Column("available", "Points available", Kind.WHOLE, lambda line: line.available),
            Column("cases", "Cases", Kind.WHOLE, lambda line: line.cases),
            Column("remaining", "Points remaining", Kind.WHOLE, lambda line: line.available - line.points),
            Column("t2a", "T2A cases", Kind.WHOLE, lambda line: line.t2a_cases, default=False),
            Column("support", "Support points", Kind.WHOLE, lambda line: line.support, default=False),
            Column("given", "Support given", Kind.WHOLE, lambda line: line.given, default=False),
            Column("taken", "Support taken", Kind.WHOLE, lambda line: line.taken, default=False),
            Column("hours", "Contracted hours", Kind.HOURS, lambda line: line.contracted_hours),
            Column("reductions", "Reductions", Kind.HOURS, lambda line: line.reduction_hours, default=False),
            Column("practitioners", "Practitioners", Kind.WHOLE, lambda line: line.practitioners),
        ),
        noun="grade",
        size=0,
    )
)


def grade_lines(rows: Iterable[NumbersRow]) -> list[GradeLine]:
    """A line for each grade, in the order given."""
    return [_line(row) for row in rows]


def kept_grade_lines(rows: Iterable[HistoryRow]) -> list[GradeLine]:
    """The same of a kept day, those who have most people first."""
    lines = [_kept_line(row) for row in rows]
    return sorted(lines, key=lambda line: -line.practitioners)


def sums_of_support(lines: Iterable[GradeLine]) -> tuple[int, int] | None:
    """Support points given and taken by all grades together; None of a kept day."""
    known = [(line.given, line.taken) for line in lines if line.given is not None and line.taken is not None]
    return (sum(given for given, _ in known), sum(taken for _, taken in known)) if known else None


def _line(row: NumbersRow) -> GradeLine:
    given = row.numbers
    return GradeLine(
        row.code,
        grade_name(row.code),
        row.practitioners,
        given["cases"],
        given["t2a_cases"],
        given["points"],
        given["available"],
        given["contracted_hours"],
        given["reduction_hours"],
        given["given"] - given["taken"],
        given["given"],
        given["taken"],
    )


def _kept_line(row: HistoryRow) -> GradeLine:
    sums = row.sums
    whole = {name: int(sums[name]) for name in ("cases", "t2a_cases", "available")}
    return GradeLine(
        row.grade,
        grade_name(row.grade),
        int(sums["practitioners"]),
        points=int(sums["points_total"]),
        contracted_hours=Decimal(sums["contracted_hours"]),
        reduction_hours=Decimal(sums["reduction_hours"]),
        support=int(sums["points_support"]),
        **whole,
    )
