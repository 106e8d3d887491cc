"""What an export holds, whatever file it becomes: a heading, and a table of values."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, Final

from londonnet.platform.lists.columns import Column, Kind

STARTS_A_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n")
"""A text that begins so is taken for a formula by spreadsheets, or hides one."""


@dataclass(frozen=True, slots=True)
class Field:
    """One column of the file: its heading, the kind of its values, and how they are read from a row."""

    label: str
    kind: Kind
    decimals: int
    of: Callable[[Any], Any]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table that leaves the house.

    Attributes:
        title: what it is.
        marking: its protective marking.
        as_at: when the figures were true, in words.
        notes: what else is to be known: filters, the version of the weights.
        fields: its columns.
        rows: its rows, as the list has them.
    """

    title: str
    marking: str
    as_at: str
    notes: tuple[str, ...]
    fields: tuple[Field, ...]
    rows: Sequence[Any]

    def values(self) -> Iterator[list[Any]]:
        """The values, row by row: numbers, dates and texts; None where there is nothing."""
        readers = [field.of for field in self.fields]
        for row in self.rows:
            yield [of(row) for of in readers]


def fields_of(columns: Sequence[Column]) -> tuple[Field, ...]:
    """The fields of an export of these columns: each with its note, as the page shows it, in a column of its own."""
    return tuple(field for column in columns for field in _fields(column))


def percentage(value: float | Decimal, places: int = 2) -> Decimal:
    """A percentage as a plain table gives it: not as short as on the page, nor as long as a fraction is."""
    return Decimal(str(value)).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


def _fields(column: Column) -> Iterator[Field]:
    yield Field(column.label, column.kind, column.decimals, _or_words(column))
    if column.note:
        yield Field(column.note_label or f"{column.label}, more", Kind.TEXT, 0, column.note)


def _or_words(column: Column) -> Callable[[Any], Any]:
    """The value, or the words that stand on the page in its place."""
    of = column.of
    if column.without is None:
        return of

    def read(row: Any) -> Any:
        value = of(row)
        return column.words(row) if value is None or value == "" else value

    return read
