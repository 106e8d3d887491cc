"""Every hook that an application may implement. Each answers nothing unless the application says otherwise."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    import click
    from django.http import HttpRequest

    from londonnet.platform.access.models import User
    from londonnet.platform.access.policy import Place
    from londonnet.platform.api.routing import ApiRouter


@dataclass(frozen=True, slots=True)
class MenuItem:
    """An entry of the main navigation; smaller orders come first."""

    label: str
    url: str
    order: int = 100


@dataclass(frozen=True, slots=True)
class Tile:
    """A tile of the home page: a template and what it prints; live when it names topics and a page to refresh from."""

    title: str
    template: str
    context: Mapping[str, Any] = field(default_factory=dict)
    order: int = 100


@dataclass(frozen=True, slots=True)
class Banner:
    """A line at the top of every page; kind is ``information``, ``warning`` or ``success``."""

    title: str
    text: str
    url: str = ""
    link_text: str = ""
    kind: str = "information"


@dataclass(frozen=True, slots=True)
class CaseAction:
    """Something to do with cases that are ticked in a list: they are sent to the address as ``case``."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class SearchResult:
    """One thing that a search found: where it is and what tells it from others."""

    kind: str
    title: str
    detail: str
    url: str
    score: float


@dataclass(frozen=True, slots=True)
class SearchSource:
    """A source of search results: ``find(user, words, limit)`` gives only what the user may see, best first."""

    name: str
    label: str
    find: Callable[[User, str, int], Sequence[SearchResult]]


@dataclass(frozen=True, slots=True)
class TopicRule:
    """Who may listen to live topics of one application (``app:level:code``)."""

    app: str
    may: Callable[[User, str], bool]


Channel = Literal["product", "email", "daily"]


@dataclass(frozen=True, slots=True)
class NoticeKind:
    """A kind of notice that users may have, each in the way that they choose.

    Args:
        name: ``<application>.<what happened>``, for example ``national.extract_late``.
        label: as people read it, in emails too: it names nobody.
        explanation: one sentence on when it comes.
        permission: who may have it at all; empty for everybody.
        default_channels: how it comes to those who chose nothing: ``product``, ``email`` (at once, besides the
            product), ``daily`` (an email once a day, besides the product); none of them is off.
        can_be_mailed: whether email is offered at all.
    """

    name: str
    label: str
    explanation: str
    permission: str = ""
    default_channels: tuple[Channel, ...] = ("product",)
    can_be_mailed: bool = True


@dataclass(frozen=True, slots=True)
class Schedule:
    """Work that starts by itself in each trust: every so many seconds, or once a day from an hour on in London."""

    name: str
    run: Callable[[], None]
    every_seconds: int | None = None
    daily: bool = False
    hour: int = 0


class Hooks:
    """What an application adds to the house. Subclass it and override what you need."""

    def menu_items(self, user: User) -> Sequence[MenuItem]:
        """Entries of the main navigation for this user."""
        return ()

    def home_tiles(self, request: HttpRequest, user: User) -> Sequence[Tile]:
        """Tiles of this user's home page."""
        return ()

    def banners(self, user: User) -> Sequence[Banner]:
        """Lines at the top of every page for this user."""
        return ()

    def search_sources(self) -> Sequence[SearchSource]:
        """Where the search box looks."""
        return ()

    def live_topics(self) -> Sequence[TopicRule]:
        """Who may listen to the application's live topics."""
        return ()

    def place_links(self, user: User, level: str, code: str, places: Sequence[Place]) -> Sequence[MenuItem]:
        """What the application has about a region, PDU, team or practitioner (``level``), for links on their page."""
        return ()

    def case_actions(self, user: User) -> Sequence[CaseAction]:
        """What this user may do with cases that are ticked in a list."""
        return ()

    def knows_scope(self, kind: str, code: str) -> bool | None:
        """Whether a team, PDU or region has that code; None from an application that can't tell."""
        return None

    def extract_notes(self, day: date) -> Sequence[str]:
        """What to say in the report of an extract that was just loaded; asked inside its transaction."""
        return ()

    def notice_kinds(self) -> Sequence[NoticeKind]:
        """Kinds of notice that the application sends to users."""
        return ()

    def scheduled_jobs(self) -> Sequence[Schedule]:
        """Work that starts by itself in each trust."""
        return ()

    def api_routes(self) -> Sequence[ApiRouter]:
        """Operations for programs, under ``/api/<application>/``: a router for each noun, imported inside."""
        return ()

    def commands(self) -> Sequence[click.Command]:
        """Commands of the ``londonnet`` program."""
        return ()

    def ready(self) -> None:
        """Import event handlers and jobs; called once, when all applications are loaded."""
