"""Everything that says what one practitioner-in-team can carry on a day: for forms that show what they'd change."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final

from django.db import connection

from londonnet.apps.organisation.unallocated import is_unallocated
from londonnet.apps.workload.capacity import Capacity, capacity
from londonnet.apps.workload.figures import available_for
from londonnet.apps.workload.hours import ContractedHours, contracted_hours, holds_on
from londonnet.apps.workload.models import ContractedHours as StoredHours
from londonnet.apps.workload.periods import HoursPeriod, least_hours
from londonnet.apps.workload.weights import WeightSet
from londonnet.platform.access.policy import Place

from .practitioner_sql import NAME, PLACES
from .staffing import TERMS_IN_FORCE
from .weight_versions import weights_of

_PLACE: Final = f"""
SELECT place.id, practitioner.om_key, {NAME}, team.code, team.name, pdu.code, region.code, place.ended_on IS NOT NULL,
    coalesce(figure.grade, place.grade), figure.points_total,
    coalesce(run.weight_version_id, (SELECT max(version) FROM workload_weightversion))
FROM organisation_practitionerinteam place
{PLACES}
LEFT JOIN workload_currentfigures pointer ON true
LEFT JOIN workload_figurerun run ON run.id = pointer.run_id
LEFT JOIN workload_figure figure ON figure.run_id = run.id AND figure.place_id = place.id
WHERE practitioner.om_key = %(om_key)s AND team.code = %(team)s
"""  # noqa: S608  # our own SQL
_TAKEN: Final = f"""
SELECT reduction.id, reduction.hours, reduction.first_day, reduction.last_day
FROM workload_reduction reduction
JOIN ({TERMS_IN_FORCE}) terms ON terms.reason_id = reduction.reason_id AND terms.enabled
WHERE reduction.place_id = %(place)s AND reduction.superseded_by_id IS NULL AND reduction.deleted_at IS NULL
"""  # noqa: S608  # our own SQL


@dataclass(frozen=True, slots=True)
class HoursTaken:
    """Hours a week that a reduction takes off, while it holds."""

    number: int
    hours: Decimal
    first_day: date
    last_day: date | None


@dataclass(frozen=True, slots=True)
class Carrying:
    """What one practitioner-in-team holds, and all that says what they can carry.

    Attributes:
        has_left: whether the extract doesn't name them in the team any more.
        points: what they hold; None where they have no figure.
        own: their own contracted hours.
        version: what tells these hours from those that come later.
        taken: reductions whose reason is switched on, deleted ones not among them.
    """

    place_id: int
    place: Place
    name: str
    team_name: str
    has_left: bool
    grade: str
    points: int | None
    weights: WeightSet
    own: tuple[HoursPeriod, ...]
    version: int
    taken: tuple[HoursTaken, ...]

    def contracted_on(self, day: date, *, instead: Decimal | None = None) -> Decimal | None:
        """The contracted hours on a day; `instead` are their own in place of those that are held."""
        default = self.weights.default_hours_for(self.grade)
        own = [ContractedHours(one.hours, one.first_day, one.last_day) for one in self.own]
        return contracted_hours(own, default_hours=default, on=day) if instead is None else instead

    def least_contracted(self, first_day: date, last_day: date | None) -> Decimal | None:
        """The fewest contracted hours on any of these days: a reduction must fit into them."""
        default = self.weights.default_hours_for(self.grade)
        return least_hours(self.own, default_hours=default, first_day=first_day, last_day=last_day)

    def taken_on(self, day: date, *, without: int | None = None) -> Decimal:
        """The hours that reductions take off on a day, one of them perhaps left out."""
        held = (one for one in self.taken if one.number != without and holds_on(day, one.first_day, one.last_day))
        return sum((one.hours for one in held), Decimal(0))

    def capacity_with(self, *, contracted: Decimal | None, taken: Decimal) -> Capacity | None:
        """The capacity with these hours; None where they have no figure."""
        if self.points is None:
            return None
        can = available_for(self.grade, contracted, taken, self.weights)
        return capacity(
            self.points, can, available_unreduced=available_for(self.grade, contracted, Decimal(0), self.weights)
        )


def carrying_of(om_key: str, team_code: str, *, day: date) -> Carrying | None:
    """What a practitioner-in-team holds and can carry; None where there is no such one. Four queries.

    A post for cases that nobody has isn't one: it has no hours.

    Args:
        om_key: who.
        team_code: in which team.
        day: whose terms of the reasons count.
    """
    if is_unallocated(om_key):
        return None
    with connection.cursor() as cursor:
        cursor.execute(_PLACE, {"om_key": om_key, "team": team_code})
        found = cursor.fetchone()
        return None if found is None else _carrying(day, *found)


def _carrying(day: date, place_id: int, om_key: str, name: str, team_code: str, *rest: Any) -> Carrying:
    team_name, pdu_code, region_code, has_left, grade, points, version = rest
    columns = ("id", "place_id", "hours", "first_day", "last_day")
    periods = list(StoredHours.objects.filter(place_id=place_id, superseded_by=None).values_list(*columns))
    with connection.cursor() as cursor:
        cursor.execute(_TAKEN, {"place": place_id, "day": day})
        taken = tuple(HoursTaken(*found) for found in cursor.fetchall())
    return Carrying(
        place_id=place_id,
        place=Place(om_key, team_code, pdu_code, region_code),
        name=name,
        team_name=team_name,
        has_left=has_left,
        grade=grade,
        points=points,
        weights=weights_of(version),
        own=tuple(HoursPeriod(*period) for _, *period in periods),
        version=max((number for number, *_ in periods), default=0),
        taken=taken,
    )
