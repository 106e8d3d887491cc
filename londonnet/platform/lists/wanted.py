"""What is wanted of a list, read from the parameters of an address and written back to them in one way only."""

from dataclasses import dataclass

from django.http import QueryDict

from .columns import Column, Sort, read_sort
from .filters import Values, read
from .spec import ListSpec


@dataclass(frozen=True, slots=True)
class Wanted:
    """The columns, order and filters of a list that are asked for."""

    columns: tuple[Column, ...]
    sort: Sort
    values: Values


def wanted(spec: ListSpec, asked: QueryDict) -> Wanted:
    """What parameters ask of a list; what isn't known asks nothing."""
    values: dict[str, tuple[str, ...]] = {}
    for one in spec.filters:
        values |= read(one, asked)
    return Wanted(_columns(spec, asked), _sort(spec, asked), values)


def written(spec: ListSpec, one: Wanted, *, to_keep: bool = False) -> QueryDict:
    """The parameters that ask for it; what is standard is left out.

    Args:
        spec: the list.
        one: what is wanted.
        to_keep: whether they are to be kept: what points to a person is left out then.
    """
    query = QueryDict(mutable=True)
    for filter_ in spec.filters:
        for key in filter_.keys:
            if one.values.get(key) and not (to_keep and filter_.identifies):
                query.setlist(key, list(one.values[key]))
    if one.columns != standard_columns(spec):
        query["columns"] = ",".join(column.key for column in one.columns)
    if str(one.sort) != spec.default_sort:
        query["sort"] = str(one.sort)
    return query


def standard_columns(spec: ListSpec) -> tuple[Column, ...]:
    """The columns for somebody who has chosen none."""
    return tuple(column for column in spec.columns if column.default or column.always)


def _columns(spec: ListSpec, asked: QueryDict) -> tuple[Column, ...]:
    keys = {key for text in asked.getlist("columns") for key in text.split(",")}
    if not any(column.key in keys for column in spec.columns):
        return standard_columns(spec)
    return tuple(column for column in spec.columns if column.always or column.key in keys)


def _sort(spec: ListSpec, asked: QueryDict) -> Sort:
    sort = read_sort(asked.get("sort", ""))
    known = any(column.key == sort.key and column.sortable for column in spec.columns)
    return sort if known else read_sort(spec.default_sort)
