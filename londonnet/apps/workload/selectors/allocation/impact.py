"""What giving away chosen cases means for those who hold them, and for whoever gets them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from londonnet.apps.caseload.counting import CountKey
from londonnet.apps.workload.moves import NO_CHANGE, Change, changes
from londonnet.apps.workload.weights import WeightSet

from .cases import OpenCase

SOMEBODY: Final = 0
"""Number of whoever gets the cases: what they add doesn't depend on who it is."""


@dataclass(frozen=True, slots=True)
class Impact:
    """What all of the cases add to whoever gets them, and take from each of those who hold them, by number."""

    gained: Change
    given: dict[int, Change]


def impact_of(cases: Sequence[OpenCase], weights: WeightSet) -> Impact:
    """What these cases mean, given to one and the same person, however many could get them."""
    held: dict[CountKey, int] = {}
    for case in cases:
        held |= case.counts
    changed = changes([case.to(SOMEBODY) for case in cases], held, weights)
    gained = changed.pop(SOMEBODY, NO_CHANGE)
    return Impact(gained, {case.place_id: changed.get(case.place_id, NO_CHANGE) for case in cases})
