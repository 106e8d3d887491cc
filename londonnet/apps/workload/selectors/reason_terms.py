"""Reasons for reductions with what they allow, allowed and will allow."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from londonnet.apps.workload.models import ReductionReason, ReductionTerms


@dataclass(frozen=True, slots=True)
class ReasonTerms:
    """A reason with all its terms, those that begin last first.

    Attributes:
        in_force: what it allows on the day that was asked about; None where it isn't used yet.
        to_come: what it allows later.
        version: what tells these terms from those that come later.
    """

    reason: ReductionReason
    in_force: ReductionTerms | None
    to_come: tuple[ReductionTerms, ...]
    every: tuple[ReductionTerms, ...]
    version: int


def reason_terms(day: date) -> tuple[ReasonTerms, ...]:
    """Every reason in the order of lists. Two queries."""
    of_reason: dict[int, list[ReductionTerms]] = defaultdict(list)
    for terms in ReductionTerms.objects.order_by("-valid_from", "-id"):
        of_reason[terms.reason_id].append(terms)
    return tuple(
        _with_terms(reason, of_reason[reason.pk], day) for reason in ReductionReason.objects.order_by("position")
    )


def _with_terms(reason: ReductionReason, every: list[ReductionTerms], day: date) -> ReasonTerms:
    return ReasonTerms(
        reason=reason,
        in_force=next((one for one in every if one.valid_from <= day), None),
        to_come=tuple(one for one in every if one.valid_from > day),
        every=tuple(every),
        version=max((one.pk for one in every), default=0),
    )
