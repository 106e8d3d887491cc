"""What the pages of regions, PDUs, teams and practitioners show. Each takes three queries."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q

from londonnet.apps.organisation.errors import NotKnown
from londonnet.apps.organisation.models import NameChange, Pdu, Practitioner, PractitionerInTeam, Team
from londonnet.platform.access.policy import Place

from .places import Above, above, full_name


@dataclass(frozen=True, slots=True)
class OldName:
    """A name that something had until a day."""

    name: str
    until: date


@dataclass(frozen=True, slots=True)
class Member:
    """A practitioner in a team."""

    om_key: str
    name: str
    grade: str
    grade_code: str
    since: date
    left_on: date | None


@dataclass(frozen=True, slots=True)
class TeamPlace:
    """A team that a practitioner is or was in."""

    team_code: str
    team_name: str
    pdu_code: str
    pdu_name: str
    region_code: str
    grade: str
    grade_code: str
    since: date
    left_on: date | None


@dataclass(frozen=True, slots=True)
class Part:
    """A PDU of a region or a team of a PDU, and how many people work there now."""

    code: str
    name: str
    practitioners: int


@dataclass(frozen=True, slots=True)
class PlacePage:
    """What the page of a region or a PDU shows."""

    code: str
    name: str
    place: Place
    above: tuple[Above, ...]
    parts: tuple[Part, ...]
    old_names: tuple[OldName, ...]


@dataclass(frozen=True, slots=True)
class TeamPage:
    """What a team's page shows."""

    code: str
    name: str
    ldu_name: str
    place: Place
    above: tuple[Above, ...]
    members: tuple[Member, ...]
    former: tuple[Member, ...]
    old_names: tuple[OldName, ...]


@dataclass(frozen=True, slots=True)
class PractitionerPage:
    """What a practitioner's page shows."""

    om_key: str
    name: str
    teams: tuple[TeamPlace, ...]
    former_teams: tuple[TeamPlace, ...]
    left_on: date | None
    old_names: tuple[OldName, ...]

    @property
    def places(self) -> tuple[Place, ...]:
        """Where the practitioner belongs now."""
        return tuple(Place(self.om_key, team.team_code, team.pdu_code, team.region_code) for team in self.teams)


def region_page(code: str) -> PlacePage:
    """A region and its PDUs. Three queries.

    Raises:
        NotKnown: there is no such region.
    """
    line = above("region", code)
    parts = Pdu.objects.filter(region__code=code).values_list("code", "name")
    people = Count("teams__places__practitioner", filter=Q(teams__places__ended_on=None), distinct=True)
    found = tuple(Part(*row) for row in parts.annotate(people=people).order_by("search_key", "code"))
    return PlacePage(code, line[-1].name, Place(region_code=code), line, found, _old_names("region", code))


def pdu_page(code: str) -> PlacePage:
    """A PDU and its teams. Three queries.

    Raises:
        NotKnown: there is no such PDU.
    """
    line = above("pdu", code)
    teams = Team.objects.filter(pdu__code=code).values_list("code", "name")
    people = Count("places", filter=Q(places__ended_on=None))
    found = tuple(Part(*row) for row in teams.annotate(people=people).order_by("search_key", "code"))
    place = Place(pdu_code=code, region_code=line[0].code)
    return PlacePage(code, line[-1].name, place, line, found, _old_names("pdu", code))


def team_page(code: str) -> TeamPage:
    """A team and its people. Three queries.

    Raises:
        NotKnown: there is no such team.
    """
    row = Team.objects.filter(code=code).values_list(
        "pdu__region__code", "pdu__region__name", "pdu__code", "pdu__name", "code", "name", "ldu__name"
    )
    found = row.first()
    if found is None:
        raise NotKnown("team", code)
    region_code, region_name, pdu_code, pdu_name, _, name, ldu_name = found
    members = _members(code)
    return TeamPage(
        code,
        name,
        ldu_name or "",
        Place(team_code=code, pdu_code=pdu_code, region_code=region_code),
        (Above("region", region_code, region_name), Above("pdu", pdu_code, pdu_name), Above("team", code, name)),
        tuple(member for member in members if member.left_on is None),
        tuple(member for member in members if member.left_on is not None),
        _old_names("team", code),
    )


def practitioner_page(om_key: str) -> PractitionerPage:
    """A practitioner, their teams and the names that they had. Three queries.

    Raises:
        NotKnown: there is no such practitioner.
    """
    person = Practitioner.objects.filter(om_key=om_key).values_list("id", "forename", "surname").first()
    if person is None:
        raise NotKnown("practitioner", om_key)
    teams = _teams_of(person[0])
    now = tuple(team for team in teams if team.left_on is None)
    former = tuple(team for team in teams if team.left_on is not None)
    left_on = None if now else max((team.left_on for team in former if team.left_on), default=None)
    name = full_name(*person[1:], om_key)
    return PractitionerPage(om_key, name, now, former, left_on, _old_names("practitioner", om_key))


def _members(team_code: str) -> list[Member]:
    rows = PractitionerInTeam.objects.filter(team__code=team_code).values_list(
        "practitioner__om_key",
        "practitioner__forename",
        "practitioner__surname",
        "grade",
        "grade_code",
        "started_on",
        "ended_on",
    )
    return [
        Member(om_key, full_name(forename, surname, om_key), grade, grade_code, since, left_on)
        for om_key, forename, surname, grade, grade_code, since, left_on in rows.order_by(
            "practitioner__sort_key", "practitioner__om_key"
        )
    ]


def _teams_of(practitioner_id: int) -> list[TeamPlace]:
    rows = PractitionerInTeam.objects.filter(practitioner_id=practitioner_id).values_list(
        "team__code",
        "team__name",
        "team__pdu__code",
        "team__pdu__name",
        "team__pdu__region__code",
        "grade",
        "grade_code",
        "started_on",
        "ended_on",
    )
    return [TeamPlace(*row) for row in rows.order_by("team__search_key", "team__code")]


def _old_names(level: str, code: str) -> tuple[OldName, ...]:
    rows = NameChange.objects.filter(level=level, code=code).values_list("name", "until").order_by("-until", "-id")
    return tuple(OldName(*row) for row in rows)
