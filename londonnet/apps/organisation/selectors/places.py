"""Where things belong in the organisation, as the access policy wants to know it."""

from dataclasses import dataclass
from typing import Literal

from django.db.models import Q, QuerySet

from londonnet.apps.organisation import addresses
from londonnet.apps.organisation.errors import NotKnown
from londonnet.apps.organisation.models import Pdu, Practitioner, PractitionerInTeam, Region, Team
from londonnet.platform.access.policy import Place, Reach

Level = Literal["region", "pdu", "team"]
Trail = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Above:
    """A place that another stands in, or the place itself."""

    level: Level
    code: str
    name: str


def place_of_region(code: str) -> Place:
    """Where what belongs to a region belongs. One query.

    Raises:
        NotKnown: there is no such region.
    """
    if not Region.objects.filter(code=code).exists():
        raise NotKnown("region", code)
    return Place(region_code=code)


def place_of_pdu(code: str) -> Place:
    """Where what belongs to a PDU belongs. One query.

    Raises:
        NotKnown: there is no such PDU.
    """
    region_code = Pdu.objects.filter(code=code).values_list("region__code", flat=True).first()
    if region_code is None:
        raise NotKnown("PDU", code)
    return Place(pdu_code=code, region_code=region_code)


def place_of_team(code: str) -> Place:
    """Where what belongs to a team belongs. One query.

    Raises:
        NotKnown: there is no such team.
    """
    codes = Team.objects.filter(code=code).values_list("pdu__code", "pdu__region__code").first()
    if codes is None:
        raise NotKnown("team", code)
    return Place(team_code=code, pdu_code=codes[0], region_code=codes[1])


def place_of_practitioner(om_key: str, team_code: str) -> Place:
    """Where what belongs to a practitioner in one team belongs, also when they have left it. One query.

    Raises:
        NotKnown: they never were in that team.
    """
    places = PractitionerInTeam.objects.filter(practitioner__om_key=om_key, team__code=team_code)
    codes = places.values_list("team__pdu__code", "team__pdu__region__code").first()
    if codes is None:
        raise NotKnown("practitioner", f"{om_key} in team {team_code}")
    return Place(om_key, team_code, *codes)


def places_of_practitioner(om_key: str) -> tuple[Place, ...]:
    """Where a practitioner belongs now: one place for each team; with no team any more, only themselves. One query.

    Raises:
        NotKnown: there is no such practitioner.
    """
    rows = Practitioner.objects.filter(om_key=om_key).values_list(
        "places__ended_on", "places__team__code", "places__team__pdu__code", "places__team__pdu__region__code"
    )
    found = list(rows.order_by("places__team__code"))
    if not found:
        raise NotKnown("practitioner", om_key)
    now = tuple(Place(om_key, *codes) for ended_on, *codes in found if ended_on is None and codes[0])
    return now or (Place(staff_key=om_key),)


def above(level: Level, code: str) -> tuple[Above, ...]:
    """The region, PDU and team that lead down to a place, itself the last. One query.

    Raises:
        NotKnown: there is no such place.
    """
    row: tuple[str, ...] | None
    if level == "region":
        row = Region.objects.filter(code=code).values_list("code", "name").first()
    elif level == "pdu":
        row = Pdu.objects.filter(code=code).values_list("region__code", "region__name", "code", "name").first()
    else:
        names = ("pdu__region__code", "pdu__region__name", "pdu__code", "pdu__name", "code", "name")
        row = Team.objects.filter(code=code).values_list(*names).first()
    if row is None:
        raise NotKnown(level, code)
    levels: tuple[Level, ...] = ("region", "pdu", "team")
    return tuple(Above(one, *row[n * 2 : n * 2 + 2]) for n, one in enumerate(levels[: len(row) // 2]))


def breadcrumb(level: Level, code: str) -> Trail:
    """The directory's links that lead to a place, the place itself not among them. One query."""
    return trail_of(above(level, code)[:-1])


def trail_of(places: tuple[Above, ...]) -> Trail:
    """The directory and the pages of these places, as links."""
    pages = {"region": addresses.region, "pdu": addresses.pdu, "team": addresses.team}
    return [("Staff and teams", addresses.DIRECTORY), *((one.name, pages[one.level](one.code)) for one in places)]


def name_of_practitioner(om_key: str) -> str:
    """A practitioner's name as people read it. One query.

    Raises:
        NotKnown: there is no such practitioner.
    """
    names = Practitioner.objects.filter(om_key=om_key).values_list("forename", "surname").first()
    if names is None:
        raise NotKnown("practitioner", om_key)
    return full_name(*names, om_key)


def full_name(forename: str, surname: str, om_key: str) -> str:
    """Forename and surname, or the key where the record has neither."""
    return f"{forename} {surname}".strip() or om_key


def within(reached: Reach) -> tuple[Above, ...]:
    """The PDUs within reach, and the teams that are within reach by themselves. Two queries."""
    in_reach = Q(code__in=reached.pdu_codes) | Q(region__code__in=reached.region_codes)
    pdus = Pdu.objects.all() if reached.everything else Pdu.objects.filter(in_reach)
    teams = Team.objects.filter(code__in=reached.team_codes)
    levels: tuple[tuple[Level, QuerySet[Pdu] | QuerySet[Team]], ...] = (("pdu", pdus), ("team", teams))
    return tuple(
        Above(level, code, name)
        for level, rows in levels
        for code, name in rows.values_list("code", "name").order_by("search_key", "code")
    )
