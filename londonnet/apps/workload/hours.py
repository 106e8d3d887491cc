"""Dated contracted hours and reductions, and what of them holds on a day.

The last day of a period is part of it: a reduction from 1 to 14 May still counts on 14 May.
A period without a last day goes on.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Final

from londonnet.apps.workload.reasons import ReductionReason

MOST_HOURS: Final = Decimal(168)
"""The hours of a week: nobody is contracted for more."""

ASKED_ABOVE_HOURS: Final = Decimal(48)
"""Contracted hours above these are asked about: the law allows no more a week, on average, unless somebody agrees in
writing (Working Time Regulations 1998, regulations 4 and 5). So they may be right, and are more often a slip."""


class ReductionStatus(StrEnum):
    """SCHEDULED, ACTIVE and ARCHIVED follow from the date; DELETED is set by hand and stays."""

    SCHEDULED = "SCHEDULED"
    ACTIVE = "ACTIVE"
    ARCHIVED = "ARCHIVED"
    DELETED = "DELETED"


@dataclass(frozen=True, slots=True)
class ContractedHours:
    """Hours a week that a practitioner-in-team is contracted for, from a first day to a last one."""

    hours: Decimal
    first_day: date
    last_day: date | None = None


@dataclass(frozen=True, slots=True)
class Reduction:
    """Hours a week taken off a practitioner-in-team, for a reason, from a first day to a last one."""

    hours: Decimal
    reason: ReductionReason
    first_day: date
    last_day: date | None = None
    deleted: bool = False


def holds_on(day: date, first_day: date, last_day: date | None) -> bool:
    """Whether a period holds on this day: from its first day through its last, or on and on."""
    return first_day <= day and (last_day is None or day <= last_day)


def reduction_status(first_day: date, last_day: date | None, *, deleted: bool, on: date) -> ReductionStatus:
    """What a reduction is on this day."""
    if deleted:
        return ReductionStatus.DELETED
    if on < first_day:
        return ReductionStatus.SCHEDULED
    return ReductionStatus.ACTIVE if holds_on(on, first_day, last_day) else ReductionStatus.ARCHIVED


def counts_on(day: date, reduction: Reduction) -> bool:
    """Whether a reduction takes hours off on this day: it is active and its reason is enabled."""
    status = reduction_status(reduction.first_day, reduction.last_day, deleted=reduction.deleted, on=day)
    return status is ReductionStatus.ACTIVE and reduction.reason.enabled


def reduction_hours(reductions: Iterable[Reduction], *, on: date) -> Decimal:
    """The hours a week that all counted reductions of one practitioner-in-team take off on this day."""
    return sum((one.hours for one in reductions if counts_on(on, one)), Decimal(0))


def contracted_hours(own: Iterable[ContractedHours], *, default_hours: Decimal | None, on: date) -> Decimal | None:
    """The practitioner's own contracted hours on this day, else the default of the grade, which may be none.

    Own periods don't overlap; where they did, the one that began last holds.
    """
    held = [one for one in own if holds_on(on, one.first_day, one.last_day)]
    return max(held, key=lambda one: one.first_day).hours if held else default_hours


def are_unlikely(hours: Decimal, held: Iterable[Decimal]) -> bool:
    """Whether contracted hours are asked about before they are taken: they are many, and nobody said them before.

    Args:
        hours: hours a week.
        held: those that the practitioner-in-team has or will have, whenever that is.
    """
    return hours > ASKED_ABOVE_HOURS and hours not in held


def why_too_many_hours(hours: Decimal, *, contracted: Decimal, reason: ReductionReason) -> str | None:
    """Why a reduction of these hours isn't allowed for this reason, in plain words; None where it is."""
    if hours > contracted:
        return f"{_written(hours)} hours is more than the {_written(contracted)} contracted hours"
    if hours > reason.most_hours(contracted):
        most = f"{reason.maximum_percent}% of contracted hours, which is {_written(reason.most_hours(contracted))}"
        return f"{_written(hours)} hours is more than “{reason.short_name}” allows: {most}"
    return None


def why_not_fitting(hours: Decimal, reason: ReductionReason, contracted: Decimal | None) -> str | None:
    """Why a reduction of these hours doesn't fit into contracted ones, or into the reason; None where it does.

    Args:
        hours: what is taken off a week.
        reason: why.
        contracted: the fewest contracted hours on any of its days; None where none are known.
    """
    if contracted is None:
        return "no contracted hours are known on those days: load their hours first"
    return why_too_many_hours(hours, contracted=contracted, reason=reason)


def _written(hours: Decimal) -> str:
    return f"{hours.normalize():f}"
