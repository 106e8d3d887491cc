"""Reductions in lists, for readers who may not all know the same: what is private doesn't leave the database."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Any, Final

from django.db import connection

from londonnet.apps.workload.hours import ReductionStatus, reduction_status
from londonnet.apps.workload.personal import SHOWN
from londonnet.apps.workload.reasons import PERSONAL
from londonnet.platform.access.policy import Reach

from .practitioner_sql import NAME, PLACES
from .rows import Level, Within
from .staffing import TERMS_IN_FORCE

EXPIRING_DAYS: Final = 30

KNOWN: Final = f"""(reason.kind <> '{PERSONAL}' OR %(all)s OR practitioner.om_key = ANY(%(staff_keys)s)
    OR team.code = ANY(%(team_codes)s) OR pdu.code = ANY(%(pdu_codes)s) OR region.code = ANY(%(region_codes)s))"""
"""Whether the reader may know the reason and notes of a reduction; to be used with `reader_parameters`."""
REASON: Final = f"CASE WHEN {KNOWN} THEN reason.short_name ELSE '{SHOWN}' END"
_FROM: Final = f"""
FROM workload_reduction reduction
JOIN organisation_practitionerinteam place ON place.id = reduction.place_id
{PLACES}
JOIN workload_reductionreason reason ON reason.id = reduction.reason_id
JOIN ({TERMS_IN_FORCE}) terms ON terms.reason_id = reduction.reason_id
WHERE reduction.superseded_by_id IS NULL
"""  # our own SQL
_COLUMNS: Final = f"""
reduction.id, practitioner.om_key, {NAME}, team.code, team.name, {REASON}, reason.kind, NOT {KNOWN}, reduction.hours,
reduction.first_day, reduction.last_day, reduction.deleted_at IS NOT NULL, terms.enabled,
CASE WHEN {KNOWN} THEN reduction.notes ELSE '' END
"""
_WITHIN: Final[dict[Level, str]] = {
    "trust": "AND place.ended_on IS NULL",
    "region": "AND place.ended_on IS NULL AND region.code = %(code)s",
    "pdu": "AND place.ended_on IS NULL AND pdu.code = %(code)s",
    "team": "AND place.ended_on IS NULL AND team.code = %(code)s",
    "practitioner": "AND practitioner.om_key = %(code)s",
}


_KINDS: Final = "AND (cardinality(%(kinds)s::text[]) = 0 OR reason.kind = ANY(%(kinds)s))"


class Shown(StrEnum):
    """Which reductions a list shows. Those that expire are active ones that end within thirty days."""

    ACTIVE = "active"
    EXPIRING = "expiring"
    SCHEDULED = "scheduled"
    OVER = "over"
    DELETED = "deleted"


_STANDING: Final = "reduction.deleted_at IS NULL"
_ACTIVE: Final = f"""{_STANDING} AND reduction.first_day <= %(day)s
    AND coalesce(reduction.last_day, 'infinity') >= %(day)s"""
CONDITIONS: Final = {
    Shown.ACTIVE: _ACTIVE,
    Shown.EXPIRING: f"{_ACTIVE} AND reduction.last_day <= %(soon)s",
    Shown.SCHEDULED: f"{_STANDING} AND reduction.first_day > %(day)s",
    Shown.OVER: f"{_STANDING} AND reduction.last_day < %(day)s",
    Shown.DELETED: "reduction.deleted_at IS NOT NULL",
}
"""What a reduction must be to be in each of the lists; to be used with `soon`."""
SORTS: Final = {
    "name": "practitioner.sort_key",
    "team": "team.search_key",
    "reason": REASON,
    "hours": "reduction.hours",
    "from": "reduction.first_day",
    "to": "reduction.last_day",
}
"""What lists can be sorted by. By the reason as this reader sees it: the order tells nothing more."""
_COUNTS: Final = "SELECT " + ", ".join(f"count(*) FILTER (WHERE {CONDITIONS[one]})" for one in Shown)


@dataclass(frozen=True, slots=True)
class ReductionRow:
    """A reduction as one reader may see it.

    Attributes:
        number: of the row in force; it changes with every change.
        reason: its short name; "Personal" for those who may not know it.
        is_hidden: whether reason and notes are kept from this reader.
        status: on the day that was asked about.
        counts: whether it takes hours off on that day: it is active, and its reason is switched on.
        notes: empty for those who may not read them.
    """

    number: int
    om_key: str
    name: str
    team_code: str
    team_name: str
    reason: str
    kind: str
    is_hidden: bool
    hours: Decimal
    first_day: date
    last_day: date | None
    status: ReductionStatus
    counts: bool
    notes: str


def reductions_within(
    within: Within,
    shown: Shown,
    *,
    day: date,
    personal: Reach,
    kinds: Collection[str] = (),
    sort: str = "name",
    descending: bool = False,
    first: int = 0,
    size: int | None = 50,
) -> tuple[ReductionRow, ...]:
    """Reductions of everyone in a part of the trust; of people who left a team only with `practitioner`. One query.

    Args:
        within: which part.
        shown: which of them.
        day: the day that is asked about: today in London, as a rule.
        personal: whose personal reasons the reader may know.
        kinds: only reasons of these kinds; all if none is given.
        sort: one of `SORTS`; those without a value stand last either way.
        descending: the largest first.
        first: how many are left out before the first one given.
        size: how many are given at most; None for all.
    """
    order = f"ORDER BY {SORTS[sort]} {'DESC' if descending else 'ASC'} NULLS LAST, practitioner.sort_key, reduction.id"
    statement = f"SELECT {_COLUMNS} {_FROM} {_WITHIN[within.level]} {_KINDS} AND {CONDITIONS[shown]} {order}"
    asked = _parameters(within, day, kinds) | reader_parameters(personal) | {"first": first, "size": size}
    with connection.cursor() as cursor:
        cursor.execute(f"{statement} LIMIT %(size)s OFFSET %(first)s", asked)
        return tuple(_row(day, *found) for found in cursor.fetchall())


def reduction_counts(within: Within, *, day: date, kinds: Collection[str] = ()) -> dict[Shown, int]:
    """How many reductions a part of the trust has in each of the lists. One query."""
    with connection.cursor() as cursor:
        cursor.execute(f"{_COUNTS} {_FROM} {_WITHIN[within.level]} {_KINDS}", _parameters(within, day, kinds))
        return dict(zip(Shown, cursor.fetchone(), strict=True))


def reader_parameters(personal: Reach) -> dict[str, Any]:
    """What `KNOWN` asks about the reader."""
    codes = ("staff_keys", "team_codes", "pdu_codes", "region_codes")
    return {"all": personal.everything} | {name: sorted(getattr(personal, name)) for name in codes}


def soon(day: date) -> dict[str, date]:
    """What `CONDITIONS` ask about the day."""
    return {"day": day, "soon": day + timedelta(days=EXPIRING_DAYS)}


def _parameters(within: Within, day: date, kinds: Collection[str]) -> dict[str, Any]:
    return {"code": within.code, "kinds": sorted(kinds), **soon(day)}


def _row(day: date, *found: Any) -> ReductionRow:
    *columns, first_day, last_day, deleted, enabled, notes = found
    status = reduction_status(first_day, last_day, deleted=deleted, on=day)
    counts = enabled and status is ReductionStatus.ACTIVE
    return ReductionRow(*(*columns, first_day, last_day, status, counts, notes))
