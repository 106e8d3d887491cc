"""The columns and filters that lists of numbers have in common."""

from collections.abc import Callable
from typing import Any, Final

from londonnet.apps.organisation.grades import GRADE_NAMES
from londonnet.apps.workload.selectors import Level
from londonnet.apps.workload.selectors.numbers import By
from londonnet.apps.workload.selectors.people import NO_GRADE
from londonnet.platform.lists.columns import Column, Kind
from londonnet.platform.lists.filters import Filter

BY_NAMES: Final[dict[By, str]] = {
    "region": "Regions",
    "pdu": "PDUs",
    "team": "Teams",
    "practitioner": "Practitioners",
    "grade": "Grades",
}
BY: Final = Filter("by", "Rows", choices=tuple(BY_NAMES.items()), in_panel=False)
GRADE: Final = Filter("grade", "Grade", "choices", choices=(*GRADE_NAMES.items(), (NO_GRADE, "None given")))

WHO: Final = (
    Column(
        "name",
        "Name",
        of=lambda line: line.name,
        always=True,
        url=lambda line: line.url,
        note=lambda line: line.note,
        note_label="Code",
        own_cell=True,
    ),
    Column("team", "Team", of=lambda line: line.row.team_name, url=lambda line: line.team_url),
    Column("grade", "Grade", of=lambda line: line.row.grade, without=lambda line: "none given"),
)
PRACTITIONERS: Final = Column(
    "practitioners", "Practitioners", Kind.WHOLE, lambda line: line.row.practitioners, default=False
)


def count(key: str, label: str, url: Callable[[Any], str] | None = None, *, default: bool = True) -> Column:
    """A column of one of the numbers; a 0 leads nowhere."""
    return Column(key, label, Kind.WHOLE, lambda line: line.row.numbers[key], default=default, url=_leading(key, url))


def count_of_people(key: str, label: str) -> Column:
    """A column of a number whose cases the extract doesn't name: of a place it opens to who has most of them."""
    return count(key, label, lambda line: line.who_has_most(key))


def _leading(key: str, url: Callable[[Any], str] | None) -> Callable[[Any], str] | None:
    return None if url is None else lambda line: url(line) if line.row.numbers[key] else ""


def share(key: str, label: str, of: str) -> Column:
    """A column of how much of another number one is, in percent."""
    return Column(
        f"{key}-percent",
        f"{label}, %",
        Kind.PERCENT,
        lambda line: percentage(line.row.numbers[key], line.row.numbers[of]),
        default=False,
        sortable=False,
        decimals=1,
    )


def percentage(part: int, whole: int) -> float | None:
    """How much one number is of another, in percent; None of nothing."""
    return 100 * part / whole if whole else None


def hidden_columns(by: By, level: Level) -> tuple[str, ...]:
    """Columns that say nothing of such rows: a place has no grade, and in a team all are of that team."""
    if by != "practitioner":
        return ("team", "grade")
    return ("team",) if level in ("team", "practitioner") else ()
