"""The staff directory: at most four queries, however many people there are."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db.models import Exists, F, Min, OuterRef, Q, QuerySet

from londonnet.apps.organisation.models import Practitioner, PractitionerInTeam, Team
from londonnet.platform.search.matching import EVERY_WORD_STARTS, Match, forgiving, matching

from .places import full_name

ROWS: Final = 50
SORTS: Final = ("name", "-name", "team", "-team", "key", "-key")
_TEAMS_SEARCHED: Final = 20


@dataclass(frozen=True, slots=True)
class InTeam:
    """A team of someone in the directory, and their grade there."""

    code: str
    name: str
    grade: str


@dataclass(frozen=True, slots=True)
class StaffRow:
    """Someone in the directory; `left_on` when they are in no team any more."""

    om_key: str
    name: str
    teams: tuple[InTeam, ...]
    left_on: date | None


@dataclass(frozen=True, slots=True)
class Directory:
    """One page of the directory."""

    rows: tuple[StaffRow, ...]
    total: int
    page: int
    pages: int


def directory(search: str = "", page: int = 1, *, sort: str = "", with_left: bool = False) -> Directory:
    """People by name, or those that a search means: by name, om_key, or the name or code of their team.

    Args:
        search: what someone typed; spelling is forgiven.
        page: from 1; beyond the last it is the last.
        sort: one of `SORTS`; empty for the best match first, or by name where nothing is searched.
        with_left: also those who are in no team any more.
    """
    with forgiving():
        people = _people(search, with_left)
        total = people.count()
        pages = max(1, -(-total // ROWS))
        page = min(max(page, 1), pages)
        found = list(_sorted(people, search, sort)[(page - 1) * ROWS : page * ROWS])
        teams, left_on = _teams(row[0] for row in found)
    rows = tuple(
        StaffRow(om_key, full_name(forename, surname, om_key), tuple(teams[pk]), None if teams[pk] else left_on.get(pk))
        for pk, om_key, forename, surname in found
    )
    return Directory(rows, total, page, pages)


def _people(search: str, with_left: bool) -> QuerySet[Practitioner]:
    people = Practitioner.objects.all()
    here = PractitionerInTeam.objects.filter(practitioner=OuterRef("pk"), ended_on=None)
    if not with_left:
        people = people.filter(Exists(here))
    if not search:
        return people
    match = _match(search)
    condition = match.condition
    if team_ids := _teams_meant(search):
        condition |= Q(Exists(here.filter(team_id__in=team_ids)))
    return people.filter(condition)


def _match(search: str) -> Match:
    return Match.of(search, key="sort_key", identifiers=("om_key",))


def _teams_meant(search: str) -> list[int]:
    """Teams with that code, or in whose names every word typed begins a word."""
    teams = matching(Team.objects.all(), search, key="search_key", identifiers=("code",))
    meant = teams.filter(score__gte=EVERY_WORD_STARTS)
    return list(meant.values_list("pk", flat=True)[:_TEAMS_SEARCHED])


def _sorted(
    people: QuerySet[Practitioner], search: str, sort: str
) -> "QuerySet[Practitioner, tuple[int, str, str, str]]":
    order = ["sort_key", "om_key"]
    if sort in ("team", "-team"):
        people = people.annotate(team_key=Min("places__team__search_key", filter=Q(places__ended_on=None)))
        key = F("team_key")
        people = people.order_by(key.desc(nulls_last=True) if sort[0] == "-" else key.asc(nulls_last=True), *order)
    elif sort in ("key", "-key"):
        people = people.order_by(sort.replace("key", "om_key"))
    elif search and not sort:
        people = people.annotate(score=_match(search).score).order_by("-score", *order)
    else:
        people = people.order_by(*(("-sort_key", "-om_key") if sort == "-name" else order))
    return people.values_list("pk", "om_key", "forename", "surname")


def _teams(practitioner_ids: Iterable[int]) -> tuple[dict[int, list[InTeam]], dict[int, date]]:
    """The teams that people are in, and the last day on which any of their places ended."""
    teams: dict[int, list[InTeam]] = defaultdict(list)
    left_on: dict[int, date] = {}
    places = PractitionerInTeam.objects.filter(practitioner_id__in=list(practitioner_ids)).values_list(
        "practitioner_id", "ended_on", "team__code", "team__name", "grade"
    )
    for pk, ended_on, *team in places.order_by("team__search_key", "team__code"):
        if ended_on is None:
            teams[pk].append(InTeam(*team))
        else:
            left_on[pk] = max(ended_on, left_on.get(pk, ended_on))
    return teams, left_on
