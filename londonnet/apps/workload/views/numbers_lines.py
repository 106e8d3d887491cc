"""Rows of numbers as lists print them: where each leads, and the list of cases behind each number."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

from londonnet.apps.organisation.grades import grade_name
from londonnet.apps.organisation.unallocated import is_unallocated
from londonnet.apps.workload import addresses
from londonnet.apps.workload.selectors import OrganisationLevel, Within
from londonnet.apps.workload.selectors.numbers import By, NumbersRow
from londonnet.apps.workload.selectors.people import NO_GRADE

Asked = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Behind:
    """The list of cases behind numbers: whose, and what it is narrowed to. One without whose has no address."""

    whose: Asked = ()
    narrowed: Asked = ()

    def of(self, *whose: tuple[str, str]) -> "Behind":
        """The same of somebody else."""
        return Behind(whose, self.narrowed) if self.whose else self

    def also(self, *narrowed: tuple[str, str]) -> "Behind":
        """The same, narrowed further."""
        return Behind(self.whose, (*self.narrowed, *narrowed))

    def url(self, **narrowed: str) -> str:
        """The list, narrowed to a tier, a location, a flag."""
        return f"/cases?{urlencode(dict((*self.whose, *self.narrowed)) | narrowed)}" if self.whose else ""


NO_LIST: Final = Behind()
"""For those who may not see the list."""


@dataclass(frozen=True, slots=True)
class NumbersLine:
    """A row in a list.

    Attributes:
        key: what the row keeps when its numbers change.
        name: what it is about, as people read it.
        note: the code or key that stands below the name.
        url: the page of what it is about.
        team_url: of a practitioner, the page of the team.
        behind: the cases that it counts.
        row: its numbers.
    """

    key: str
    name: str
    note: str
    url: str
    team_url: str
    behind: Behind
    row: NumbersRow

    def number(self, name: str) -> int:
        """One of its numbers."""
        return int(self.row.numbers[name])

    @property
    def is_nobody(self) -> bool:
        """Whether it is a post for cases that nobody has."""
        return bool(self.row.team_code) and is_unallocated(self.row.code)

    def who_has_most(self, name: str) -> str:
        """Of a place, the list of its practitioners, those who have most of a number first; of others nothing."""
        return f"{self.url}?by=practitioner&sort=-{name}" if self.url and not self.row.team_code else ""


def cases_behind(within: Within, narrowed: Asked = (), *, team_code: str = "") -> Behind:
    """The cases of a place, or of a practitioner in a team."""
    if team_code:
        return Behind((("practitioner", within.code), ("team", team_code)), narrowed)
    return Behind((("trust", "all"),) if within.level == "trust" else ((within.level, within.code),), narrowed)


def numbers_lines(rows: Iterable[NumbersRow], by: By, page: str, behind: Behind) -> list[NumbersLine]:
    """Lines for rows, in the order given.

    Args:
        rows: the rows.
        by: what they are about.
        page: the page of a place that a row about a place leads to: "/caseload".
        behind: the cases of all rows together.
    """
    if by == "practitioner":
        return [_practitioner(row, behind) for row in rows]
    if by == "grade":
        return [_grade(row, behind) for row in rows]
    return [_place(row, by, page, behind) for row in rows]


def _practitioner(row: NumbersRow, behind: Behind) -> NumbersLine:
    return NumbersLine(
        f"{row.code}-{row.team_code}",
        row.name,
        row.code,
        addresses.practitioner(row.code, row.team_code),
        addresses.place("team", row.team_code),
        behind.of(("practitioner", row.code), ("team", row.team_code)),
        row,
    )


def _grade(row: NumbersRow, behind: Behind) -> NumbersLine:
    grade = row.code or NO_GRADE
    return NumbersLine(grade, grade_name(row.code), row.code, "", "", behind.also(("grade", grade)), row)


def _place(row: NumbersRow, level: OrganisationLevel, page: str, behind: Behind) -> NumbersLine:
    url = addresses.place(level, row.code) + page
    return NumbersLine(row.code, row.name, row.code, url, "", behind.of((level, row.code)), row)
