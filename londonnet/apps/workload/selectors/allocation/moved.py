"""What was moved here, case by case: one batch, and what the national record doesn't say yet."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from django.db import connection

from londonnet.apps.caseload.models import Allocation, Location
from londonnet.apps.caseload.tiers import tier_name
from londonnet.platform.access.policy import EVERYTHING, Place, Reach

from ..practitioner_sql import NAME, PLACES
from .scope import scope_parameters

ROWS: Final = 50
_ENDS: Final = f"""
SELECT place.id, practitioner.om_key, {NAME} AS name, team.code AS team_code, team.name AS team_name,
    pdu.code AS pdu_code, region.code AS region_code
FROM organisation_practitionerinteam place {PLACES}
"""  # noqa: S608  # our own SQL
_END_COLUMNS: Final = ", ".join(
    f"{end}.{column}"
    for end in ("giver", "taker")
    for column in ("id", "om_key", "name", "team_code", "team_name", "pdu_code", "region_code")
)


def _in_scope(end: str) -> str:
    return (
        f"(%(everything)s OR {end}.team_code = ANY(%(team_codes)s) OR {end}.pdu_code = ANY(%(pdu_codes)s)"
        f" OR {end}.region_code = ANY(%(region_codes)s))"
    )


EITHER_END: Final = f"({_in_scope('giver')} OR {_in_scope('taker')})"
BOTH_ENDS: Final = f"({_in_scope('giver')} AND {_in_scope('taker')})"
MADE: Final = f"""
FROM caseload_allocation made
JOIN ({_ENDS}) giver ON giver.id = made.from_place_id
JOIN ({_ENDS}) taker ON taker.id = made.to_place_id
LEFT JOIN caseload_allocationreason reason ON reason.id = made.reason_id
"""
_MOVED: Final = f"""
SELECT made.id, made.batch, made.crn, made.kind, made.state, made.tier, made.location, coalesce(reason.name, ''),
    made.notes, made.made_on, made.made_at, made.made_by_name, made.ended_at, made.ended_by_name,
    coalesce(holder.name, ''), coalesce(holder.team_name, ''), {BOTH_ENDS}, made.made_on < extract.datestamp,
    {_END_COLUMNS}, count(*) OVER ()
{MADE}
JOIN caseload_snapshot extract ON extract.id = %(snapshot)s
LEFT JOIN caseload_case held
    ON held.snapshot_id = extract.id AND held.crn = made.crn AND made.made_on < extract.datestamp
LEFT JOIN ({_ENDS}) holder ON holder.id = held.place_id
WHERE {EITHER_END} AND {{which}}
ORDER BY {{order}}, made.id LIMIT %(size)s OFFSET %(first)s
"""  # our own SQL
_CONTRADICTED: Final = "made.made_on < extract.datestamp"
_SORTED_BY: Final = {
    "crn": "made.crn",
    "made": "made.made_at",
    "ours": "taker.name",
    "record": "holder.name",
    "giver": "giver.name",
    "by": "made.made_by_name",
}
"""What differences can be sorted by."""


@dataclass(frozen=True, slots=True)
class End:
    """Who gave a case, or got it."""

    place_id: int
    om_key: str
    name: str
    team_code: str
    team_name: str
    pdu_code: str
    region_code: str

    @property
    def place(self) -> Place:
        """Where they belong, for the access policy."""
        return Place(self.om_key, self.team_code, self.pdu_code, self.region_code)


@dataclass(frozen=True, slots=True)
class Moved:
    """One case that was moved here.

    Attributes:
        holder: with whom the national record says it is; empty where the record doesn't name it any more, or no later
            extract has been loaded.
        can_be_changed: whether both ends are within reach.
        is_compared: whether there is an extract of a later day than the one that it was made on.
    """

    allocation_id: int
    batch: UUID
    crn: str
    kind: Allocation.Kind
    state: Allocation.State
    tier: str
    location: str
    reason: str
    notes: str
    made_on: date
    made_at: datetime
    made_by: str
    ended_at: datetime | None
    ended_by: str
    holder: str
    holder_team: str
    can_be_changed: bool
    is_compared: bool
    giver: End
    taker: End

    @property
    def key(self) -> str:
        """What its row is known by while a page follows changes."""
        return str(self.allocation_id)

    @property
    def stands(self) -> bool:
        """Whether it can still be undone."""
        return self.state is Allocation.State.STANDING

    @property
    def places(self) -> tuple[Place, Place]:
        """Where both ends belong, for the access policy."""
        return self.giver.place, self.taker.place


@dataclass(frozen=True, slots=True)
class Differences:
    """Some of the differences with the national record, and how many there are altogether."""

    rows: tuple[Moved, ...] = ()
    total: int = 0


def batch_of(batch: UUID, scope: Reach, *, snapshot_id: int) -> tuple[Moved, ...]:
    """What was moved together, as far as either end is within reach. One query."""
    return _read("made.batch = %(batch)s", "taker.name", scope, {"batch": batch, "snapshot": snapshot_id}).rows


def differences(
    scope: Reach,
    *,
    snapshot_id: int,
    is_compared: bool | None = None,
    sort: str = "made",
    descending: bool = False,
    first: int = 0,
    size: int | None = ROWS,
) -> Differences:
    """What was moved here and the national record doesn't say yet; what an extract contradicts comes first. One query.

    Args:
        scope: the part of the trust that either end belongs to.
        snapshot_id: the extract in force.
        is_compared: only those that an extract of a later day contradicts, or only those without one; all if None.
        sort: one of `crn`, `made`, `ours`, `record`, `giver` and `by`.
        descending: the other way round.
        first: how many are left out before the first one given.
        size: how many are given at most; all if None.
    """
    which = "made.state = 'standing'"
    if is_compared is not None:
        which += f" AND {_CONTRADICTED if is_compared else f'NOT {_CONTRADICTED}'}"
    order = f"{_CONTRADICTED} DESC, {_SORTED_BY[sort]} {'DESC' if descending else 'ASC'} NULLS LAST, made.made_at"
    return _read(which, order, scope, {"snapshot": snapshot_id, "first": first, "size": size})


def move_called(allocation_id: int, *, snapshot_id: int) -> Moved | None:
    """One move of a case, wherever it is; whoever calls asks the access policy about both ends. One query."""
    asked = {"snapshot": snapshot_id, "allocation": allocation_id}
    return next(iter(_read("made.id = %(allocation)s", "made.id", EVERYTHING, asked).rows), None)


def _read(which: str, order: str, scope: Reach, asked: Mapping[str, Any]) -> Differences:
    statement = _MOVED.format(which=which, order=order)
    with connection.cursor() as cursor:
        cursor.execute(statement, {"first": 0, "size": None, **asked, **scope_parameters(scope)})
        found = cursor.fetchall()
    return Differences(tuple(_moved(row) for row in found), found[0][-1] if found else 0)


def _moved(row: tuple[Any, ...]) -> Moved:
    kind, state, tier, location = row[3:7]
    known: tuple[Any, ...] = (
        *row[:3],
        Allocation.Kind(kind),
        Allocation.State(state),
        tier_name(tier),
        str(Location(location).label),
        *row[7:18],
        End(*row[18:25]),
        End(*row[25:32]),
    )
    return Moved(*known)
