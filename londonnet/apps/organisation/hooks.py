"""What the organisation adds to the house."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from londonnet.platform.access.policy import may
from londonnet.platform.registry import Hooks, MenuItem, SearchSource

from . import search

if TYPE_CHECKING:
    from londonnet.platform.access.models import User


class OrganisationHooks(Hooks):
    """The staff directory, in the menu and in the search box."""

    def menu_items(self, user: User) -> Sequence[MenuItem]:
        """The staff directory."""
        return (MenuItem("Staff and teams", "/staff", order=60),) if may(user, "organisation.directory") else ()

    def knows_scope(self, kind: str, code: str) -> bool | None:
        """Whether a place of that kind has that code; before the first extract nobody can tell."""
        from .models import Pdu, Region, Team

        places = {"team": Team, "pdu": Pdu, "region": Region}[kind]._default_manager
        return places.filter(code=code).exists() if places.exists() else None

    def search_sources(self) -> Sequence[SearchSource]:
        """Staff, teams and PDUs."""
        return (
            SearchSource("staff", "Staff", search.find_staff),
            SearchSource("teams", "Teams", search.find_teams),
            SearchSource("pdus", "PDUs", search.find_pdus),
        )
