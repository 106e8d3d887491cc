"""The numbers of a place's pages, by name: for programs and commands."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from londonnet.apps.caseload.models import Location, Sheet

from .caseloads import tiers_of
from .everyone import Everyone
from .grades import figures_of_grades
from .numbers import By, Numbers, Wanted, numbers
from .omic import omic_of
from .progress import PROGRESS
from .reports import reports_of
from .rows import FiguresInForce


@dataclass(frozen=True, slots=True)
class Part:
    """Which of the rows: how many are left out before the first one given, and how many are given; 0 for all."""

    first: int = 0
    size: int = 0

    def of(self, by: By) -> Wanted:
        """Those rows."""
        return Wanted(by, size=self.size, start=self.first)


ALL: Final = Part()


def caseload_numbers(
    everyone: Everyone,
    by: By,
    *,
    sheet: Sheet = Sheet.FILTERED,
    location: Location | None = None,
    names: Iterable[str] = (),
    part: Part = ALL,
) -> Numbers:
    """Cases by tier and location, now or at the end of a month. One query.

    Args:
        everyone: whom it is about.
        by: what the rows are of.
        sheet: filtered or all; at the end of a month only filtered ones are kept.
        location: only there.
        names: further numbers: `b2`, `b2s`, `custody-b2`.
        part: which rows.
    """
    kept = sheet if everyone.month_end is None else Sheet.FILTERED
    return numbers(everyone, part.of(by), tiers_of(everyone, kept, names, location))


def progress_numbers(everyone: Everyone, by: By, *, part: Part = ALL) -> Numbers:
    """First weeks and flags; whoever offender management in custody alone names is in it. One query."""
    return numbers(everyone.with_everybody(), part.of(by), PROGRESS)


def report_numbers(everyone: Everyone, by: By, figures: FiguresInForce, *, part: Part = ALL) -> Numbers:
    """Court reports. One query."""
    return numbers(everyone, part.of(by), reports_of(figures.run_id))


def omic_numbers(everyone: Everyone, by: By, figures: FiguresInForce, *, part: Part = ALL) -> Numbers:
    """Offender management in custody. One query."""
    return numbers(everyone.with_everybody(), part.of(by), omic_of(figures.weights_version, figures.day))


def grade_numbers(everyone: Everyone, figures: FiguresInForce) -> Numbers:
    """Figures by grade, with support given and taken. One query."""
    return numbers(everyone, Wanted("grade"), figures_of_grades(figures))
