"""The three lists of allocation: one way from what is asked to the page or the export."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal, Protocol

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from londonnet.apps.workload import selectors
from londonnet.apps.workload.selectors import FiguresInForce
from londonnet.apps.workload.selectors.allocation.counts import counts
from londonnet.platform.documents.exports import export_response
from londonnet.platform.lists.asking import Asked
from londonnet.platform.lists.asking import asked as ask
from londonnet.platform.lists.paging import Page, page_of
from londonnet.platform.lists.spec import ListSpec
from londonnet.platform.lists.toolbar import toolbar
from londonnet.platform.trusts.snapshot import snapshot

from ..answering import Why, answer, empty
from ..exporting import as_at_words
from .looked import looked_at
from .scope import Scope, scope_of
from .tabs import tabs

MARKING = "OFFICIAL-SENSITIVE"


class Found(Protocol):
    """Some of the rows, and how many there are altogether."""

    @property
    def rows(self) -> Sequence[Any]:
        """Those of the page."""

    @property
    def total(self) -> int:
        """All that fit the filters."""


@dataclass(frozen=True, slots=True)
class Part:
    """Which rows are read: so many from there on; all of them for an export."""

    scope: Scope
    figures: FiguresInForce
    asked: Asked
    first: int
    size: int | None


@dataclass(frozen=True, slots=True)
class Listing:
    """One of the lists.

    Attributes:
        page: the last word of its address; empty for the cases that wait.
        title: of the page and of exports, before the name of the place.
        looked_as: how the trail names it.
        spec: the list, for the part of the trust that it is about.
        read: its rows.
    """

    page: Literal["", "differences", "history"]
    title: str
    looked_as: str
    spec: Callable[[Scope, FiguresInForce], ListSpec]
    read: Callable[[Part], Found]


def listed(request: HttpRequest, listing: Listing) -> HttpResponseBase:
    """The list as a page, its live part or an export; all of it read at one moment."""
    with snapshot():
        scope = scope_of(request)
        figures = selectors.figures_in_force()
        context = _read(request, listing, scope, figures) if figures else None
    if context is None or figures is None:
        return empty(request, Why.NO_EXTRACT)
    if context["asked"].format:
        return export_response(
            request,
            context["asked"],
            context["lines"],
            title=context["title"],
            marking=MARKING,
            as_at=as_at_words(figures),
            of=scope.within or "own",
        )
    looked_at(request, f"{listing.looked_as}:{scope.within or 'own'}")
    return answer(request, f"workload/allocation/{listing.page or 'unallocated'}.html", context)


def _read(request: HttpRequest, listing: Listing, scope: Scope, figures: FiguresInForce) -> dict[str, Any]:
    asked = ask(request, listing.spec(scope, figures))
    shown = tabs(scope, counts(scope.reach, snapshot_id=figures.snapshot_id), listing.page)
    page, found = _page(listing, scope, figures, asked)
    return {
        "scope": scope,
        "title": f"{listing.title} {scope.name}",
        "tabs": shown.links,
        "has_any": shown.has_any,
        "asked": asked,
        "bar": toolbar(asked),
        "lines": found.rows,
        "page": page,
        "figures": figures,
    }


def _page(listing: Listing, scope: Scope, figures: FiguresInForce, asked: Asked) -> tuple[Page, Found]:
    """The page asked for, or the first one where there are fewer."""
    first = (asked.page - 1) * asked.spec.size
    part = Part(scope, figures, asked, 0, None) if asked.format else Part(scope, figures, asked, first, asked.spec.size)
    found = listing.read(part)
    if found.rows or not part.first:
        return page_of(asked, found.total), found
    return _page(listing, scope, figures, replace(asked, page=1))
