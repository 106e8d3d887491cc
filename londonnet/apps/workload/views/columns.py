"""The columns of the lists, and how the server sorts by them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeVar

from django.http import HttpRequest

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Column:
    """A column that can be sorted by.

    Attributes:
        key: its name in `?sort=`.
        label: its heading.
        numeric: whether it holds numbers that stand to the right, and are sorted downwards first.
        largest_first: whether it is sorted downwards first although it isn't numeric: bars stand to the left.
        of: what a row is sorted by there; None keeps the order that the rows came in, which is by name.
    """

    key: str
    label: str
    numeric: bool = False
    of: Callable[[Any], Any] | None = None
    largest_first: bool = False


CAPACITY: Final = Column("capacity", "Capacity", of=lambda row: row.capacity, largest_first=True)


def _places(label: str) -> tuple[Column, ...]:
    return (
        Column("name", label),
        CAPACITY,
        Column("points", "Points held", True, lambda row: row.points.total),
        Column("available", "Points available", True, lambda row: row.available),
        Column("cases", "Cases", True, lambda row: row.cases),
        Column("practitioners", "Practitioners", True, lambda row: row.practitioners),
        Column("unmeasured", "Points of people who can’t be measured", True, lambda row: row.points_not_measured),
    )


PLACES: Final = {"region": _places("Region"), "pdu": _places("PDU"), "team": _places("Team")}

PRACTITIONERS: Final = (
    Column("name", "Practitioner"),
    CAPACITY,
    Column("grade", "Grade", of=lambda row: row.grade or None),
    Column("points", "Points held", True, lambda row: row.points.total),
    Column("available", "Points available", True, lambda row: row.available),
    Column("cases", "Cases", True, lambda row: row.cases),
    Column("t2a", "T2A cases", True, lambda row: row.t2a_cases),
    Column("hours", "Hours", True, lambda row: row.contracted_hours),
    Column("reductions", "Reductions", True, lambda row: row.reduction_hours),
)

PEOPLE: Final = (
    Column("name", "Practitioner"),
    CAPACITY,
    Column("team", "Team"),
    *(column for column in PRACTITIONERS if column.key in ("grade", "points", "available", "cases", "hours")),
)
"""Those of people of several teams: with the team, and without what the team's own list adds."""


@dataclass(frozen=True, slots=True)
class Sort:
    """What a list is sorted by."""

    key: str
    descending: bool = False

    def __str__(self) -> str:
        return f"-{self.key}" if self.descending else self.key


def asked_sort(request: HttpRequest, columns: Sequence[Column]) -> Sort:
    """What `?sort=` asks for, with "-" in front for downwards; by name when it asks for no column of the list."""
    asked = request.GET.get("sort", "")
    key = asked.removeprefix("-")
    known = any(column.key == key for column in columns)
    return Sort(key, asked.startswith("-")) if known else Sort("name")


def ordered(rows: Sequence[Row], columns: Sequence[Column], sort: Sort) -> list[Row]:
    """The rows in that order; those without a value stand last either way, those alike stay by name."""
    of = next(column.of for column in columns if column.key == sort.key)
    if of is None:
        return list(reversed(rows)) if sort.descending else list(rows)
    valued = [row for row in rows if of(row) is not None]
    return sorted(valued, key=of, reverse=sort.descending) + [row for row in rows if of(row) is None]
