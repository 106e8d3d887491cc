"""Lists in pages: `?limit=&offset=`, with how many there are in all."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any, Generic, TypeVar

from ninja import Schema
from pydantic import Field

MOST = 1000
Item = TypeVar("Item")
Row = TypeVar("Row")


class Paging(Schema):
    """Which part of a list."""

    limit: int = Field(100, ge=1, le=MOST, description="how many, at most")
    offset: int = Field(0, ge=0, le=10_000_000, description="how many to leave out from the start")


class Page(Schema, Generic[Item]):
    """A part of a list, in an order that stays."""

    total: int = Field(description="how many there are in all")
    limit: int
    offset: int
    items: list[Item]


def page_of(rows: Sequence[Row], paging: Paging, shown: Callable[[Row], Any], **others: Any) -> dict[str, Any]:
    """The part of a list that was asked for, for an answer of the schema ``Page[…]``.

    Args:
        rows: all of them, in an order that no two calls see differently.
        paging: the part that was asked for.
        shown: a row as the schema has it; called only for rows of the part.
        others: further fields of the answer.
    """
    part = rows[paging.offset : paging.offset + paging.limit]
    return part_of(part, len(rows), paging, shown, **others)


def part_of(
    rows: Iterable[Row], total: int, paging: Paging, shown: Callable[[Row], Any], **others: Any
) -> dict[str, Any]:
    """The same where the database has left out what wasn't asked for.

    Args:
        rows: those of the part.
        total: how many there are in all.
        paging: the part that was asked for.
        shown: a row as the schema has it.
        others: further fields of the answer.
    """
    return {
        **others,
        "total": total,
        "limit": paging.limit,
        "offset": paging.offset,
        "items": [shown(row) for row in rows],
    }
