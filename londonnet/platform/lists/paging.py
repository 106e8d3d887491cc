"""The pages of a list."""

from dataclasses import dataclass

from .asking import Asked


@dataclass(frozen=True, slots=True)
class Page:
    """A page of a list: its number among how many, and which rows it takes; an export takes all of them."""

    number: int
    pages: int
    total: int
    first: int
    size: int


def page_of(asked: Asked, total: int) -> Page:
    """The page asked for, or the last one there is; everything for an export and for lists without pages.

    Args:
        asked: what is asked of the list.
        total: how many rows there are after the filters.
    """
    if asked.format or not asked.spec.size:
        return Page(1, 1, total, 0, total)
    size = asked.spec.size
    pages = max(1, -(-total // size))
    number = min(asked.page, pages)
    return Page(number, pages, total, (number - 1) * size, size)
