"""The columns of a list: what each is called, what kind of value it holds and how that is read from a row."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any, TypeVar

from londonnet.platform.ui import formatting

Row = TypeVar("Row")


class Kind(StrEnum):
    """What a column holds, and so how it is written, aligned, sorted first and exported."""

    TEXT = "text"
    WHOLE = "whole"
    ONE_DECIMAL = "one_decimal"
    PERCENT = "percent"
    HOURS = "hours"
    DATE = "date"
    MOMENT = "moment"
    BAR = "bar"


NUMBERS = frozenset({Kind.WHOLE, Kind.ONE_DECIMAL, Kind.PERCENT, Kind.HOURS})


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a list.

    Attributes:
        key: its name in addresses: `?columns=name,capacity&sort=-capacity`.
        label: its heading.
        kind: what it holds.
        of: reads its value from a row, for the page, for sorting and for exports; None where there is no value.
        default: whether it is shown to somebody who has chosen no columns.
        always: whether it can't be hidden.
        sortable: whether the list can be sorted by it.
        comes_sorted: whether rows come in the order of this column; they are then left in it, or turned round.
        decimals: places after the point of a percentage or a bar; colour goes by the unrounded figure all the same.
        url: reads from a row where the cell leads.
        note: reads from a row what stands in small below the value; an export gives it a column of its own.
        note_label: what that column is called.
        without: reads from a row the words that stand where there is no value: "not measured", never a zero.
        own_cell: whether the page that shows the list prints the cell itself, as a caller of `list_table`.
        one_line: whether its text is never broken into lines; dates aren't.
    """

    key: str
    label: str
    kind: Kind = Kind.TEXT
    of: Callable[[Any], Any] = lambda row: None
    default: bool = True
    always: bool = False
    sortable: bool = True
    comes_sorted: bool = False
    decimals: int = 0
    url: Callable[[Any], str] | None = None
    note: Callable[[Any], str] | None = None
    note_label: str = ""
    without: Callable[[Any], str | None] | None = None
    own_cell: bool = False
    one_line: bool = False

    @property
    def numeric(self) -> bool:
        """Whether its values stand to the right."""
        return self.kind in NUMBERS

    @property
    def largest_first(self) -> bool:
        """Whether it is first sorted downwards, although it stands to the left."""
        return self.kind is Kind.BAR

    def words(self, row: Any) -> str:
        """What stands in the cell where there is no value."""
        said = self.without(row) if self.without else None
        return (said[:1].upper() + said[1:]) if said else formatting.NOT_KNOWN

    def text(self, row: Any) -> str:
        """The value as people read it."""
        value = self.of(row)
        if value is None or value == "":
            return self.words(row)
        return _written(value, self)

    def sort_value(self, row: Any) -> Any:
        """What a row is sorted by in this column; None sorts it last."""
        value = self.of(row)
        return None if value == "" else value


@dataclass(frozen=True, slots=True)
class Sort:
    """What a list is sorted by."""

    key: str
    descending: bool = False

    def __str__(self) -> str:
        return f"-{self.key}" if self.descending else self.key


def read_sort(text: str) -> Sort:
    """The sort that `-points` stands for."""
    return Sort(text.removeprefix("-"), text.startswith("-"))


def ordered(rows: Sequence[Row], columns: Iterable[Column], sort: Sort) -> list[Row]:
    """The rows in that order; those without a value stand last either way, those alike stay as they came."""
    column = next(column for column in columns if column.key == sort.key)
    if column.comes_sorted:
        return list(reversed(rows)) if sort.descending else list(rows)
    valued = [(value, row) for row in rows if (value := column.sort_value(row)) is not None]
    valued.sort(key=lambda pair: pair[0], reverse=sort.descending)
    return [row for _, row in valued] + [row for row in rows if column.sort_value(row) is None]


def _written(value: Any, column: Column) -> str:
    match column.kind:
        case Kind.WHOLE:
            return formatting.whole(value)
        case Kind.ONE_DECIMAL:
            return formatting.one_decimal(value)
        case Kind.PERCENT | Kind.BAR:
            return f"{formatting.one_decimal(value) if column.decimals else formatting.whole(value)}%"
        case Kind.HOURS:
            return formatting.hours(Decimal(value))
        case Kind.DATE:
            return formatting.date(value)
        case Kind.MOMENT:
            return formatting.datetime(value)
        case _:
            return str(value)
