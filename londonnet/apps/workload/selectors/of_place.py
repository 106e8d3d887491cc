"""The numbers of a place's pages, every row of them by name: for programs and commands."""

from collections.abc import Iterable

from londonnet.apps.caseload.models import Location, Sheet

from .caseloads import tiers_of
from .everyone import Everyone
from .grades import figures_of_grades
from .numbers import By, Numbers, Wanted, numbers
from .omic import omic_of
from .progress import PROGRESS
from .reports import reports_of
from .rows import FiguresInForce


def caseload_numbers(
    everyone: Everyone,
    by: By,
    *,
    sheet: Sheet = Sheet.FILTERED,
    location: Location | None = None,
    names: Iterable[str] = (),
) -> Numbers:
    """Cases by tier and location, now or at the end of a month. One query.

    Args:
        everyone: whom it is about.
        by: what the rows are of.
        sheet: filtered or all; at the end of a month only filtered ones are kept.
        location: only there.
        names: further numbers: `b2`, `b2s`, `custody-b2`.
    """
    kept = sheet if everyone.month_end is None else Sheet.FILTERED
    return numbers(everyone, Wanted(by), tiers_of(everyone, kept, names, location))


def progress_numbers(everyone: Everyone, by: By) -> Numbers:
    """First weeks and flags; whoever offender management in custody alone names is in it. One query."""
    return numbers(everyone.with_everybody(), Wanted(by), PROGRESS)


def report_numbers(everyone: Everyone, by: By, figures: FiguresInForce) -> Numbers:
    """Court reports. One query."""
    return numbers(everyone, Wanted(by), reports_of(figures.run_id))


def omic_numbers(everyone: Everyone, by: By, figures: FiguresInForce) -> Numbers:
    """Offender management in custody. One query."""
    return numbers(everyone.with_everybody(), Wanted(by), omic_of(figures.weights_version, figures.day))


def grade_numbers(everyone: Everyone, figures: FiguresInForce) -> Numbers:
    """Figures by grade, with support given and taken. One query."""
    return numbers(everyone, Wanted("grade"), figures_of_grades(figures))
