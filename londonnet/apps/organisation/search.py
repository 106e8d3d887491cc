"""Staff, teams and PDUs for the search box: two queries for staff, one for each of the others."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from londonnet.platform.access.policy import may
from londonnet.platform.registry import SearchResult
from londonnet.platform.search.matching import matching

from . import addresses

if TYPE_CHECKING:
    from londonnet.platform.access.models import User

# Models are imported where they are used: manifests, and so hooks, are read before models may be.


def find_staff(user: User, typed: str, limit: int) -> Sequence[SearchResult]:
    """Practitioners by name or om_key, with the teams that they are in."""
    if not may(user, "organisation.directory"):
        return ()
    from .models import Practitioner

    found = matching(Practitioner.objects.all(), typed, key="sort_key", identifiers=("om_key",))
    rows = list(found.values_list("id", "om_key", "forename", "surname", "score")[:limit])
    teams = _teams(practitioner_id for practitioner_id, *_ in rows)
    return [
        SearchResult(
            "Staff",
            f"{forename} {surname}".strip() or om_key,
            f"{om_key}, {' and '.join(teams[practitioner_id]) or 'has left'}",
            addresses.practitioner(om_key),
            score,
        )
        for practitioner_id, om_key, forename, surname, score in rows
    ]


def find_teams(user: User, typed: str, limit: int) -> Sequence[SearchResult]:
    """Teams by name or code, with their PDU."""
    if not may(user, "organisation.directory"):
        return ()
    from .models import Team

    found = matching(Team.objects.all(), typed, key="search_key", identifiers=("code",))
    rows = found.values_list("code", "name", "pdu__name", "score")[:limit]
    return [
        SearchResult("Team", name, f"{code}, {pdu}", addresses.team(code), score) for code, name, pdu, score in rows
    ]


def find_pdus(user: User, typed: str, limit: int) -> Sequence[SearchResult]:
    """PDUs by name or code, with their region."""
    if not may(user, "organisation.directory"):
        return ()
    from .models import Pdu

    found = matching(Pdu.objects.all(), typed, key="search_key", identifiers=("code",))
    rows = found.values_list("code", "name", "region__name", "score")[:limit]
    return [
        SearchResult("PDU", name, f"{code}, {region}", addresses.pdu(code), score) for code, name, region, score in rows
    ]


def _teams(practitioner_ids: Iterable[int]) -> dict[int, list[str]]:
    from .models import PractitionerInTeam

    teams: dict[int, list[str]] = defaultdict(list)
    places = PractitionerInTeam.objects.filter(practitioner_id__in=list(practitioner_ids), ended_on=None)
    for practitioner_id, team in places.values_list("practitioner_id", "team__name").order_by("team__search_key"):
        teams[practitioner_id].append(team)
    return teams
