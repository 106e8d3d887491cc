"""Offender management in custody: the same arithmetic on counts of its own, shown apart and in nobody's capacity.

Source: the nightly ("batch") rules of the Workload Management Tool. The counts are unfiltered, reductions take nothing
off, and "projected licence" is what the custody cases will weigh on licence.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from londonnet.apps.workload.capacity import Capacity, capacity
from londonnet.apps.workload.figures import available_for
from londonnet.apps.workload.tiers import Counts
from londonnet.apps.workload.weights import WeightSet


@dataclass(frozen=True, slots=True)
class OmicFigure:
    """What a practitioner-in-team of offender management in custody holds, or several together.

    Attributes:
        cases: how many, untiered ones too.
        custody_cases: those of them in custody.
        points: what they weigh where they are.
        projected_licence: what those in custody will weigh on licence.
        available: points that full contracted hours can carry: no reduction is taken off.
    """

    cases: int
    custody_cases: int
    points: int
    projected_licence: int
    available: int

    @property
    def capacity(self) -> Capacity:
        """What the points take of what is available; several together are the ratio of the sums."""
        return capacity(self.points, self.available, available_unreduced=self.available)


def omic_figure(counts: Counts, grade: str, own_hours: Decimal | None, weights: WeightSet) -> OmicFigure:
    """The figure of one practitioner-in-team.

    Args:
        counts: unfiltered counts of the sheet of offender management in custody.
        grade: PO, TPO, PSO, SPO, DMY, or blank, which behaves as PO.
        own_hours: their own contracted hours a week; None where those of the grade hold.
        weights: the weights.
    """
    contracted = weights.default_hours_for(grade) if own_hours is None else own_hours
    in_custody = {tier: count for (location, tier), count in counts.items() if location == "custody"}
    return OmicFigure(
        cases=sum(counts.values()),
        custody_cases=sum(in_custody.values()),
        points=sum(count * weights.case_points(cell) for cell, count in counts.items()),
        projected_licence=sum(count * weights.case_points(("licence", tier)) for tier, count in in_custody.items()),
        available=available_for(grade, contracted, Decimal(0), weights),
    )


def omic_together(members: Iterable[OmicFigure]) -> OmicFigure:
    """Several together: every column is summed."""
    each = tuple(members)
    return OmicFigure(
        cases=sum(one.cases for one in each),
        custody_cases=sum(one.custody_cases for one in each),
        points=sum(one.points for one in each),
        projected_licence=sum(one.projected_licence for one in each),
        available=sum(one.available for one in each),
    )
