"""The figure of one practitioner-in-team, and of an organisation from those of everyone in it."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from londonnet.apps.workload.capacity import (
    NO_CAPACITY_LEFT,
    NOT_MEASURED,
    Capacity,
    available,
    capacity,
    percent_of,
)
from londonnet.apps.workload.points import Points, Workload, points, sum_points
from londonnet.apps.workload.weights import WeightSet


@dataclass(frozen=True, slots=True)
class Staffing:
    """The time of one practitioner-in-team: their grade and hours a week on one day.

    Attributes:
        grade: PO, TPO, PSO, SPO, DMY, or blank, which behaves as PO.
        own_hours: their own contracted hours; None where those of the grade hold.
        reduction_hours: what counted reductions take off.
    """

    grade: str
    own_hours: Decimal | None = None
    reduction_hours: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True)
class Figure:
    """One practitioner-in-team's workload. `contracted_hours` is None where neither they nor the grade have any."""

    cases: int
    t2a_cases: int
    points: Points
    contracted_hours: Decimal | None
    reduction_hours: Decimal
    available: int
    capacity: Capacity


@dataclass(frozen=True, slots=True)
class OrganisationFigure:
    """The workload of everyone in a team, PDU, region or trust.

    Attributes:
        practitioners: how many practitioners-in-team it has.
        points_not_measured: points, within the total, held by people who have nothing available.
        capacity: the ratio of the sums, never the mean of percentages.
    """

    practitioners: int
    cases: int
    t2a_cases: int
    points: Points
    points_not_measured: int
    available: int
    capacity: Capacity


def figure(workload: Workload, staffing: Staffing, weights: WeightSet) -> Figure:
    """The figure of one practitioner-in-team under these weights."""
    held = points(workload, weights)
    contracted = staffing.own_hours
    if contracted is None:
        contracted = weights.default_hours_for(staffing.grade)
    reduced = available_for(staffing.grade, contracted, staffing.reduction_hours, weights)
    unreduced = available_for(staffing.grade, contracted, Decimal(0), weights)
    return Figure(
        cases=workload.case_count,
        t2a_cases=workload.t2a_count,
        points=held,
        contracted_hours=contracted,
        reduction_hours=staffing.reduction_hours,
        available=reduced,
        capacity=capacity(held.total, reduced, available_unreduced=unreduced),
    )


def available_for(grade: str, contracted: Decimal | None, reduction: Decimal, weights: WeightSet) -> int:
    """The points available to somebody of this grade with these hours."""
    return available(
        target=weights.target_for(grade),
        contracted=contracted,
        reduction=reduction,
        default_hours=weights.default_hours_for(grade),
    )


def roll_up(members: Iterable[Figure]) -> OrganisationFigure:
    """The figure of an organisation from those of everyone in it."""
    each = tuple(members)
    return OrganisationFigure(
        practitioners=len(each),
        cases=sum(one.cases for one in each),
        t2a_cases=sum(one.t2a_cases for one in each),
        points=sum_points(one.points for one in each),
        points_not_measured=sum(one.points.total for one in each if one.available == 0),
        available=sum(one.available for one in each),
        capacity=_capacity_together(each),
    )


def _capacity_together(each: tuple[Figure, ...]) -> Capacity:
    can_carry = sum(one.available for one in each)
    if can_carry > 0:
        return Capacity(percent_of(sum(one.points.total for one in each), can_carry), None)
    any_left = any(one.capacity.note == NO_CAPACITY_LEFT for one in each)
    return Capacity(None, NO_CAPACITY_LEFT if any_left else NOT_MEASURED)
