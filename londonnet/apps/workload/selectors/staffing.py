"""Contracted hours and reductions of one practitioner-in-team, and the reasons of the trust."""

from datetime import date
from decimal import Decimal
from typing import Final

from django.db import connection

from londonnet.apps.workload.hours import ReductionStatus, holds_on, reduction_status
from londonnet.apps.workload.models import ContractedHours
from londonnet.apps.workload.reasons import ReductionReason

from .rows import HoursPeriod, ReductionPeriod

TERMS_IN_FORCE: Final = """
SELECT DISTINCT ON (reason_id) reason_id, allowance_percent, maximum_percent, months_to_expiry, enabled
FROM workload_reductionterms WHERE valid_from <= %(day)s ORDER BY reason_id, valid_from DESC, id DESC
"""
"""What each reason allows on a day: its latest terms, of one day the last ones given."""

_REASONS: Final = f"""
SELECT reason.id, reason.name, reason.short_name, reason.kind, terms.allowance_percent, terms.maximum_percent,
    terms.months_to_expiry, terms.enabled
FROM workload_reductionreason reason JOIN ({TERMS_IN_FORCE}) terms ON terms.reason_id = reason.id
ORDER BY reason.position
"""  # noqa: S608  # our own SQL
_REDUCTIONS: Final = f"""
SELECT reason.short_name, reason.kind, reduction.hours, reduction.first_day, reduction.last_day,
    reduction.deleted_at IS NOT NULL, terms.enabled, reduction.notes, reduction.id
FROM workload_reduction reduction
JOIN workload_reductionreason reason ON reason.id = reduction.reason_id
JOIN ({TERMS_IN_FORCE}) terms ON terms.reason_id = reason.id
WHERE reduction.place_id = %(place)s AND reduction.superseded_by_id IS NULL
ORDER BY reduction.first_day DESC, reduction.id
"""  # noqa: S608  # our own SQL
_ORDER: Final = (ReductionStatus.ACTIVE, ReductionStatus.SCHEDULED, ReductionStatus.ARCHIVED, ReductionStatus.DELETED)


def hours_of(place_id: int, *, on: date) -> tuple[HoursPeriod, ...]:
    """A practitioner-in-team's own contracted hours, the latest first, and which hold on a day. One query."""
    periods = ContractedHours.objects.filter(place_id=place_id, superseded_by=None).order_by("-first_day")
    return tuple(
        HoursPeriod(hours, first, last, holds=holds_on(on, first, last))
        for hours, first, last in periods.values_list("hours", "first_day", "last_day")
    )


def reductions_of(place_id: int, *, on: date) -> tuple[ReductionPeriod, ...]:
    """A practitioner-in-team's reductions, active ones first; which of them count on a day. One query."""
    with connection.cursor() as cursor:
        cursor.execute(_REDUCTIONS, {"place": place_id, "day": on})
        found = [_reduction(on, *row) for row in cursor.fetchall()]
    return tuple(sorted(found, key=lambda one: _ORDER.index(one.status)))


def reasons_on(day: date) -> dict[int, ReductionReason]:
    """The reasons for a reduction and what they allow on a day, by their number, in the order of lists. One query."""
    with connection.cursor() as cursor:
        cursor.execute(_REASONS, {"day": day})
        return {number: ReductionReason(*terms) for number, *terms in cursor.fetchall()}


def _reduction(
    on: date,
    reason: str,
    kind: str,
    hours: Decimal,
    first: date,
    last: date | None,
    deleted: bool,
    enabled: bool,
    notes: str,
    number: int,
) -> ReductionPeriod:
    status = reduction_status(first, last, deleted=deleted, on=on)
    counts = enabled and status is ReductionStatus.ACTIVE
    return ReductionPeriod(reason, kind, hours, first, last, status, counts=counts, notes=notes, number=number)
