"""What given moves would do to everybody concerned, before they are made."""

from collections.abc import Sequence
from dataclasses import dataclass

from londonnet.apps.caseload.counting import CountKey
from londonnet.apps.workload.moves import NO_CHANGE, Effect, changes
from londonnet.apps.workload.selectors.allocation.candidates import Candidate
from londonnet.apps.workload.selectors.allocation.cases import OpenCase
from londonnet.apps.workload.weights import WeightSet


@dataclass(frozen=True, slots=True)
class Concerned:
    """Somebody who gives cases or gets some, now and after."""

    who: Candidate
    effect: Effect


def concerned(
    moving: Sequence[tuple[OpenCase, int]], people: Sequence[Candidate], weights: WeightSet
) -> tuple[Concerned, ...]:
    """Everybody whom these moves concern, by name; a post for cases that nobody has is nobody.

    Args:
        moving: cases, with the number of who is to get them.
        people: those concerned, as `candidates` reads them.
        weights: those in force.
    """
    held: dict[CountKey, int] = {}
    for case, _ in moving:
        held |= case.counts
    changed = changes([case.to(place_id) for case, place_id in moving], held, weights)
    return tuple(Concerned(one, one.with_change(changed.get(one.place_id, NO_CHANGE))) for one in people)
