"""Numbers by practitioner, place or grade, a page of them at a time, with what they come to: one statement each.

A list gives what it counts as `facts`, one row for each practitioner-in-team, and what it shows as sums over them.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Literal

from django.db import connection

from .everyone import Everyone, Parameter
from .numbers_sql import GRADE, ROW, TOTAL, statement
from .rows import Level

By = Literal["region", "pdu", "team", "practitioner", "grade"]


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which rows, in which order.

    Attributes:
        by: what a row is about.
        sort: "name", "grade", "team", "practitioners" or one of the numbers; those alike are sorted by name.
        page: from 1; beyond the last it is the last.
        size: rows of a page; 0 for all of them.
        start: how many rows are left out before the first one given, for readers who don't turn pages.
    """

    by: By
    sort: str = "name"
    descending: bool = False
    page: int = 1
    size: int = 0
    start: int | None = None


@dataclass(frozen=True, slots=True)
class NumbersRow:
    """The numbers of one practitioner-in-team, place or grade, or of all together.

    Attributes:
        code: of the place or grade; a practitioner's is their om_key.
        team_code: of a practitioner; else empty, and so are the team's name and the grade.
        practitioners: how many practitioners-in-team it has.
        numbers: by the names that were asked for.
    """

    code: str
    name: str
    team_code: str
    team_name: str
    grade: str
    practitioners: int
    numbers: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Numbers:
    """A page of rows, how many rows there are in all, what all of them come to, and each grade by itself."""

    together: NumbersRow
    rows: tuple[NumbersRow, ...]
    count: int
    grades: tuple[NumbersRow, ...]


@dataclass(frozen=True, slots=True)
class Counted:
    """What a list counts and shows.

    Attributes:
        facts: a statement that gives `place_id` and columns; `{only}` stands where it may be narrowed to the people.
        sums: what is shown, as SQL over `facts` of several people, by name.
        parameters: those of the statement.
        everybody: whether people of whom there are no facts are in it.
        of_parts: the facts of all who are of one grade in one part, told of one of them: where rows are large parts
            or grades there are fewer then. `{people}` and `{part}` stand for who they are and for the part's column.
            The same as `facts` if empty.
        of_grades: the facts of all who are of one grade in the trust, told of one of them. The same if empty.
        sorting: the facts with no more than what sorting by a number takes. The same as `facts` if None.
    """

    facts: str
    sums: Mapping[str, str]
    parameters: Mapping[str, Parameter] = field(default_factory=dict)
    everybody: bool = True
    of_parts: str = ""
    of_grades: str = ""
    sorting: Callable[[str], str] | None = None

    def of(self, everyone: Everyone, by: By) -> str:
        """The facts for rows of that kind."""
        if by == "grade" and self.of_grades and not everyone.is_narrowed:
            return self.of_grades.format(only="")
        if by in ("practitioner", "team") or not self.of_parts:
            return self.facts.format(only=everyone.only)
        part = "" if by == "grade" else f"people.{by}_id, "
        return self.of_parts.format(only=everyone.only, people=f"({everyone.inline}) people", part=part)


_EVERY_ROW: Final = 10_000_000


def rows_below(level: Level) -> tuple[By, ...]:
    """What the rows of a list can be about, one level down first; a practitioner's only about themselves."""
    if level == "practitioner":
        return ("practitioner",)
    places: tuple[By, ...] = ("region", "pdu", "team", "practitioner")
    return (*places[("trust", "region", "pdu", "team").index(level) :], "grade")


def numbers(everyone: Everyone, wanted: Wanted, counted: Counted) -> Numbers:
    """A page of the numbers asked for. One query."""
    paging = {"page": wanted.page, "size": wanted.size or _EVERY_ROW, "start": wanted.start}
    with connection.cursor() as cursor:
        cursor.execute(statement(everyone, wanted, counted), {**everyone.parameters, **counted.parameters, **paging})
        found = [_row(tuple(counted.sums), *row) for row in cursor.fetchall()]
    by_kind = {kind: tuple(row for its_kind, _, row in found if its_kind == kind) for kind in (TOTAL, GRADE, ROW)}
    return Numbers(by_kind[TOTAL][0], by_kind[ROW], found[0][1], by_kind[GRADE])


def _row(
    names: tuple[str, ...],
    kind: int,
    count: int,
    _number: int,
    code: str,
    name: str,
    team_code: str,
    team_name: str,
    grade: str,
    practitioners: int,
    *values: Any,
) -> tuple[int, int, NumbersRow]:
    given = dict(zip(names, values, strict=True))
    return kind, count, NumbersRow(code, name, team_code, team_name, grade, practitioners, given)
