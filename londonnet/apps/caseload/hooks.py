"""What the caseload adds to the house."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from londonnet.platform.access.policy import may
from londonnet.platform.registry import Hooks, MenuItem, SearchSource

from . import search

if TYPE_CHECKING:
    import click

    from londonnet.platform.access.models import User
    from londonnet.platform.access.policy import Place
    from londonnet.platform.api.routing import ApiRouter


class CaseloadHooks(Hooks):
    """Lists of cases: in the menu, on the directory's pages, and cases by CRN in the search box."""

    def menu_items(self, user: User) -> Sequence[MenuItem]:
        """The cases that the user may see."""
        return (MenuItem("Cases", "/cases", order=40),) if may(user, "caseload.list") else ()

    def place_links(self, user: User, level: str, code: str, places: Sequence[Place]) -> Sequence[MenuItem]:
        """The cases of a team, PDU, region or practitioner, if the user may see some of them."""
        if not any(may(user, "caseload.list", place) for place in places):
            return ()
        return (MenuItem("Cases", f"/cases?{urlencode({level: code})}", order=20),)

    def search_sources(self) -> Sequence[SearchSource]:
        """Cases by their exact CRN."""
        return (SearchSource("cases", "Cases", search.find_case),)

    def api_routes(self) -> Sequence[ApiRouter]:
        """Lists of cases, for programs."""
        from .api import ROUTERS

        return ROUTERS

    def commands(self) -> Sequence[click.Command]:
        """`londonnet cases`."""
        from .commands import COMMANDS

        return COMMANDS

    def ready(self) -> None:
        """Settle what was moved here with each extract, before anybody works figures out from it."""
        from . import handlers  # noqa: F401  # importing registers them
