"""A declared list: its columns, filters and order, known by its name."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from .columns import Column
from .filters import Filter

_declared: Final[dict[str, "ListSpec"]] = {}


@dataclass(frozen=True, slots=True)
class ListSpec:
    """A list.

    Attributes:
        name: `<application>.<list>`: saved views and exports go by it.
        columns: all its columns, in the order that they are shown.
        filters: what it can be narrowed by.
        noun: what one row is.
        default_sort: what it is sorted by when nobody asks for anything else, with "-" in front for downwards.
        size: how many rows a page has; 0 for all of them on one.
    """

    name: str
    columns: tuple[Column, ...]
    filters: tuple[Filter, ...] = ()
    noun: str = "row"
    default_sort: str = "name"
    size: int = 50

    @property
    def keys(self) -> tuple[str, ...]:
        """The parameters that ask something of the list."""
        return ("columns", "sort", *(key for one in self.filters for key in one.keys))

    def filter(self, key: str) -> Filter:
        """One of its filters."""
        return next(one for one in self.filters if one.key == key)

    def with_choices(self, choices: Mapping[str, tuple[tuple[str, str], ...]]) -> "ListSpec":
        """The same list, with choices that are only known when it is shown."""
        filters = (replace(one, choices=choices.get(one.key, one.choices)) for one in self.filters)
        return replace(self, filters=tuple(filters))


def declare(spec: ListSpec) -> ListSpec:
    """Make a list known, so that views of it can be saved; once for each name.

    Raises:
        ValueError: two lists have one name, two of its parts one key, or it can't be sorted as it says.
    """
    if spec.name in _declared:
        raise ValueError(f"Two lists are called {spec.name}.")
    keys = [column.key for column in spec.columns]
    if len(set(keys)) < len(keys) or len(set(spec.keys)) < len(spec.keys):
        raise ValueError(f"Two parts of {spec.name} have one key.")
    if spec.default_sort.removeprefix("-") not in keys:
        raise ValueError(f"{spec.name} can't be sorted by {spec.default_sort}.")
    _declared[spec.name] = spec
    return spec


def declared(name: str) -> ListSpec | None:
    """The list of that name; None where there is none."""
    return _declared.get(name)
