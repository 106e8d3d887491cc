"""Contracted hours and reductions of the demo service, and the two CSV files that the loaders take."""

import csv
from collections.abc import Iterable
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Final

from .service import Post, Reduction, Service

_TRAINEE: Final = (
    ("Probation Qualification Framework/Professional Qualification in Probation - 1st 6 months", 80),
    ("Probation Qualification Framework/Professional Qualification in Probation - 6 to 12 months", 60),
    ("Probation Qualification Framework/Professional Qualification in Probation - 12 to 18 months", 40),
)
# Reason and percentage of the contracted hours; where the starting reasons have an allowance, that one.
_OTHERS: Final = (
    ("Newly Qualified Probation Officers", 20),
    ("Trade Union Facility Time", 25),
    ("Phased Return to Work", 40),
    ("PSO Learning & Development", 20),
    ("Court Duty", 15),
    ("Single Point of Contact (SPOC) leads", 5),
    ("Groups (Group Supervision)", 20),
)
_ABSENCE: Final = "Long Term Sickness Absence"
_NOTE: Final = "Made up for the demo."
HOURS_HEADINGS: Final = ("om_key", "team_code", "contracted_hours", "from", "to")
REDUCTION_HEADINGS: Final = ("om_key", "team_code", "reason", "hours", "start", "end", "notes")


def trainee_reduction(hours: float, random: Random) -> Reduction:
    """A trainee's time for learning: 80, 60 or 40% of the contracted hours."""
    return _share(hours, *random.choice(_TRAINEE))


def some_reduction(hours: float, random: Random) -> Reduction:
    """A reduction for one of the usual reasons."""
    return _share(hours, *random.choice(_OTHERS))


def no_capacity_reduction(hours: float) -> Reduction:
    """A reduction of all hours, for long absence."""
    return _share(hours, _ABSENCE, 100)


def _share(hours: float, reason: str, percent: int) -> Reduction:
    return Reduction(reason, round(hours * percent / 100, 2), _NOTE)


def write_hours_csv(path: Path, service: Service) -> int:
    """Write the contracted hours that aren't the grade's usual ones; gives the number of rows."""
    start = _first_of_april(service.first_day)
    rows = [
        (post.key, post.team.code, f"{post.hours:g}", start.isoformat(), "")
        for post in service.posts
        if post.hours is not None
    ]
    return _write(path, HOURS_HEADINGS, rows)


def write_reductions_csv(path: Path, service: Service) -> int:
    """Write the reductions, all in force on the service's first day; gives the number of rows."""
    reduced = [(post, post.reduction) for post in service.posts if post.reduction is not None]
    rows = [_reduction_row(post, reduction, service.first_day) for post, reduction in reduced]
    return _write(path, REDUCTION_HEADINGS, rows)


def _reduction_row(post: Post, reduction: Reduction, day: date) -> tuple[str, ...]:
    start, end = day - timedelta(days=60), day + timedelta(days=120)
    return (
        post.key,
        post.team.code,
        reduction.reason,
        f"{reduction.hours:g}",
        start.isoformat(),
        end.isoformat(),
        reduction.notes,
    )


def _write(path: Path, headings: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> int:
    written = list(rows)
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(headings)
        writer.writerows(written)
    return len(written)


def _first_of_april(day: date) -> date:
    april = day.replace(month=4, day=1)
    return april if april <= day else april.replace(year=day.year - 1)
