"""What a load leaves for somebody to look at: contacts without points, and hours that stayed behind in a team."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from django.db import connection

from londonnet.apps.organisation.models import PractitionerInTeam
from londonnet.platform.access.policy import Place, Reach

_CODES: Final = """
SELECT contact.contact_type_code, count(*)
FROM workload_figurerun run
JOIN caseload_supportcontact contact ON contact.snapshot_id = run.snapshot_id
LEFT JOIN workload_supportweight weight
    ON weight.version_id = run.weight_version_id AND weight.code = contact.contact_type_code
WHERE run.id = coalesce(%(run)s::bigint, (SELECT run_id FROM workload_currentfigures)) AND weight.code IS NULL
GROUP BY contact.contact_type_code ORDER BY contact.contact_type_code
"""
_BEHIND: Final = """
SELECT practitioner.om_key, coalesce(nullif(trim(practitioner.forename || ' ' || practitioner.surname), ''),
    practitioner.om_key), team.code, team.name, place.ended_on, hours.hours, coalesce(reduced.hours, 0), place.id,
    pdu.code, region.code
FROM organisation_practitionerinteam place
JOIN organisation_practitioner practitioner ON practitioner.id = place.practitioner_id
JOIN organisation_team team ON team.id = place.team_id
JOIN organisation_pdu pdu ON pdu.id = team.pdu_id
JOIN organisation_region region ON region.id = pdu.region_id
LEFT JOIN workload_contractedhours hours ON hours.place_id = place.id AND hours.superseded_by_id IS NULL
    AND hours.first_day <= %(day)s AND coalesce(hours.last_day, 'infinity') >= %(day)s
LEFT JOIN LATERAL (
    SELECT sum(reduction.hours) AS hours FROM workload_reduction reduction
    WHERE reduction.place_id = place.id AND reduction.superseded_by_id IS NULL AND reduction.deleted_at IS NULL
        AND coalesce(reduction.last_day, 'infinity') >= %(day)s
) reduced ON true
WHERE place.ended_on IS NOT NULL AND (hours.hours IS NOT NULL OR reduced.hours IS NOT NULL)
ORDER BY place.ended_on DESC, practitioner.sort_key, practitioner.om_key, team.code
"""


@dataclass(frozen=True, slots=True)
class StayedBehind:
    """Hours or reductions that still run in a team whose practitioner the extract doesn't name there any more.

    Attributes:
        ended_on: the day of the extract that named them there no more.
        contracted_hours: hours a week that hold there; None where there are none of their own.
        reduction_hours: hours a week of reductions that run or are to come there.
    """

    om_key: str
    name: str
    team_code: str
    team_name: str
    ended_on: date
    contracted_hours: Decimal | None
    reduction_hours: Decimal
    place_id: int
    pdu_code: str
    region_code: str

    @property
    def place(self) -> Place:
        """Where it belongs."""
        return Place(self.om_key, self.team_code, self.pdu_code, self.region_code)


@dataclass(frozen=True, slots=True)
class PresentPlace:
    """A team that somebody is in now."""

    place_id: int
    team_name: str
    place: Place


@dataclass(frozen=True, slots=True)
class BehindLine:
    """What stayed behind in one team, and the teams of the person that it can be taken along to."""

    behind: StayedBehind
    targets: tuple[PresentPlace, ...]


def contact_codes_without_points(*, run: int | None = None) -> dict[str, int]:
    """Codes of case-management contacts that the weights don't know, and how many contacts have them. One query.

    They count 0 in the run (the one in force if none is given).
    """
    with connection.cursor() as cursor:
        cursor.execute(_CODES, {"run": run})
        return dict(cursor.fetchall())


def stayed_behind(day: date) -> list[StayedBehind]:
    """Hours and reductions that stayed behind when people left a team, the latest leavers first. One query."""
    with connection.cursor() as cursor:
        cursor.execute(_BEHIND, {"day": day})
        return [StayedBehind(*found) for found in cursor.fetchall()]


def present_places(om_keys: Collection[str]) -> dict[str, tuple[PresentPlace, ...]]:
    """The teams that these practitioners are in now, by om_key. One query."""
    columns = ("id", "team__name", "practitioner__om_key", "team__code", "team__pdu__code", "team__pdu__region__code")
    places = PractitionerInTeam.objects.filter(practitioner__om_key__in=om_keys, ended_on=None).order_by("team__name")
    found: dict[str, tuple[PresentPlace, ...]] = {}
    for place_id, team_name, om_key, *codes in places.values_list(*columns):
        found[om_key] = (*found.get(om_key, ()), PresentPlace(place_id, team_name, Place(om_key, *codes)))
    return found


def behind_within(reach: Reach, day: date) -> list[BehindLine]:
    """What stayed behind in a team within reach, or of somebody who is in one now. Two queries."""
    every = stayed_behind(day)
    now = present_places({one.om_key for one in every})
    lines = []
    for one in every:
        targets = tuple(at for at in now.get(one.om_key, ()) if reach.covers(at.place))
        if targets or reach.covers(one.place):
            lines.append(BehindLine(one, targets))
    return lines
