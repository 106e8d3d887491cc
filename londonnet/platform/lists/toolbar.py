"""What the toolbar above a list prints: chips, fields and links, worked out from what is asked."""

from dataclasses import dataclass

from django.http import QueryDict

from . import filters
from .asking import STANDARD, Asked, again
from .filters import Filter
from .wanted import written

Fields = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Chip:
    """Something that the list is narrowed to, and the address without it."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class ViewLink:
    """A saved view in the toolbar."""

    pk: int
    name: str
    url: str
    is_default: bool
    is_current: bool


@dataclass(frozen=True, slots=True)
class Toolbar:
    """The toolbar of a list.

    Attributes:
        chips: what the list is narrowed to.
        clear_url: the list without any filter.
        filters: those that the panel offers.
        filter_fields: what the filter's form carries along.
        column_fields: what the form of the columns carries along.
        standard_columns_url: the list with the columns that everybody gets.
        views: the saved views.
        standard_url: the list as everybody gets it.
        query: what a view saved now would keep.
        back: the page, without anything asked of the list.
    """

    chips: tuple[Chip, ...]
    clear_url: str
    filters: tuple[Filter, ...]
    filter_fields: Fields
    column_fields: Fields
    standard_columns_url: str
    views: tuple[ViewLink, ...]
    standard_url: str
    query: str
    back: str


def toolbar(asked: Asked) -> Toolbar:
    """The toolbar of what is asked."""
    filter_keys = [key for filter_ in asked.spec.filters for key in filter_.keys]
    fixed = asked.fixed.urlencode()
    back = f"{asked.path}?{fixed}" if fixed else asked.path
    return Toolbar(
        chips=tuple(_chips(asked)),
        clear_url=_without(asked, *filter_keys),
        filters=tuple(filter_ for filter_ in asked.spec.filters if filter_.in_panel),
        filter_fields=_fields(asked, *filter_keys),
        column_fields=_fields(asked, "columns"),
        standard_columns_url=_without(asked, "columns"),
        views=tuple(_link(asked, view.pk, view.name, view.is_default) for view in asked.views),
        standard_url=f"{asked.path}{again(asked.fixed, QueryDict(), STANDARD)}",
        query=written(asked.spec, asked.wanted, to_keep=True).urlencode(),
        back=back,
    )


def narrowed_in_words(asked: Asked) -> tuple[str, ...]:
    """What the list is narrowed to, in words: for exports."""
    return tuple(words for one in asked.spec.filters for _, _, words in filters.said(one, asked.values))


def _chips(asked: Asked) -> list[Chip]:
    pieces = [piece for one in asked.spec.filters for piece in filters.said(one, asked.values)]
    return [Chip(words, _without_value(asked, key, value)) for key, value, words in pieces]


def _without(asked: Asked, *keys: str) -> str:
    return asked.path + asked.with_values(dict.fromkeys(keys, ()))


def _without_value(asked: Asked, key: str, value: str) -> str:
    return asked.path + asked.with_values({key: [other for other in asked.values[key] if other != value]})


def _fields(asked: Asked, *but: str) -> Fields:
    """Hidden fields of a form that asks for the same except what its own fields ask for."""
    kept = asked.GET.copy()
    for key in (*but, "page"):
        kept.pop(key, None)
    kept.setdefault("view", STANDARD)  # a form that asks for nothing asks for the standard
    return tuple((key, value) for key, values in kept.lists() for value in values)


def _link(asked: Asked, pk: int, name: str, is_default: bool) -> ViewLink:
    query = asked.fixed.copy()
    query["view"] = str(pk)
    is_current = asked.view is not None and asked.view.pk == pk and not asked.is_changed
    return ViewLink(pk, name, f"{asked.path}?{query.urlencode()}", is_default, is_current)
