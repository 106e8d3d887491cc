"""What was moved here: one batch, what the national record doesn't say yet, and the last thirty days."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final
from uuid import UUID

from django.db import connection
from django.utils import timezone

from londonnet.apps.caseload.models import Allocation, Location
from londonnet.apps.caseload.tiers import tier_name
from londonnet.platform.access.policy import EVERYTHING, Place, Reach

from .scope import NAME, PLACES, scope_parameters

HISTORY_DAYS: Final = 30
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


_EITHER_END: Final = f"({_in_scope('giver')} OR {_in_scope('taker')})"
_BOTH_ENDS: Final = f"({_in_scope('giver')} AND {_in_scope('taker')})"
_MADE: Final = f"""
FROM caseload_allocation made
JOIN ({_ENDS}) giver ON giver.id = made.from_place_id
JOIN ({_ENDS}) taker ON taker.id = made.to_place_id
LEFT JOIN caseload_allocationreason reason ON reason.id = made.reason_id
"""
_MOVED: Final = f"""
SELECT made.id, made.batch, made.crn, made.kind, made.state, made.tier, made.location, coalesce(reason.name, ''),
    made.notes, made.made_on, made.made_at, made.made_by_name, made.ended_at, made.ended_by_name,
    coalesce(holder.name, ''), coalesce(holder.team_name, ''), {_BOTH_ENDS}, {_END_COLUMNS}
{_MADE}
LEFT JOIN caseload_case held ON held.snapshot_id = %(snapshot)s AND held.crn = made.crn
LEFT JOIN ({_ENDS}) holder ON holder.id = held.place_id
WHERE {_EITHER_END} AND {{which}}
"""  # our own SQL
_OF_BATCH: Final = _MOVED.format(which="made.batch = %(batch)s") + "ORDER BY taker.name, made.id"
_CALLED: Final = _MOVED.format(which="made.id = %(allocation)s")
_DIFFERENT: Final = "made.state = 'standing' AND made.made_on < %(datestamp)s"
_DIFFERENCES: Final = _MOVED.format(which=_DIFFERENT) + "ORDER BY made.made_at, made.id LIMIT %(size)s OFFSET %(first)s"
_HISTORY: Final = f"""
SELECT made.batch, min(made.made_at), min(made.made_by_name), min(made.kind), coalesce(min(reason.name), ''),
    count(*), count(*) FILTER (WHERE made.state = 'standing'), min(made.crn), array_agg(DISTINCT made.state),
    array_agg(DISTINCT giver.name), array_agg(DISTINCT taker.name), array_agg(DISTINCT taker.team_name),
    bool_and({_BOTH_ENDS}), count(*) OVER ()
{_MADE}
WHERE {_EITHER_END} AND made.made_at >= %(since)s
GROUP BY made.batch ORDER BY min(made.made_at) DESC, made.batch LIMIT %(size)s OFFSET %(first)s
"""  # our own SQL


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
        holder: with whom the national record says it is; empty where the record doesn't name it any more.
        can_be_changed: whether both ends are within reach.
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
class Batch:
    """What was moved together, as a line of the history.

    Attributes:
        crn: the case, where it is one.
        standing: how many of the cases stand as they were moved, so that undoing takes them back.
        can_be_changed: whether both ends of all of it are within reach.
    """

    batch: UUID
    made_at: datetime
    made_by: str
    kind: Allocation.Kind
    reason: str
    cases: int
    standing: int
    crn: str
    states: tuple[Allocation.State, ...]
    givers: tuple[str, ...]
    takers: tuple[str, ...]
    teams: tuple[str, ...]
    can_be_changed: bool

    @property
    def key(self) -> str:
        """What its row is known by while a page follows changes."""
        return str(self.batch)

    @property
    def became(self) -> str:
        """What became of it: of all its cases together, or of some each."""
        return ", ".join(state.label for state in self.states)


@dataclass(frozen=True, slots=True)
class History:
    """Some of the batches, the latest first, and how many there are altogether."""

    rows: tuple[Batch, ...] = ()
    total: int = 0


def batch_of(batch: UUID, scope: Reach, *, snapshot_id: int) -> tuple[Moved, ...]:
    """What was moved together, as far as either end is within reach. One query."""
    return _read(_OF_BATCH, scope, {"batch": batch, "snapshot": snapshot_id})


def differences(
    scope: Reach, *, snapshot_id: int, datestamp: date, first: int = 0, size: int | None = None
) -> tuple[Moved, ...]:
    """What was moved here and a later extract doesn't say yet, the oldest first. One query.

    Args:
        scope: the part of the trust that either end belongs to.
        snapshot_id: the extract in force.
        datestamp: the day that it describes.
        first: how many are left out before the first one given.
        size: how many are given at most; all if None.
    """
    asked = {"snapshot": snapshot_id, "datestamp": datestamp, "first": first, "size": size}
    return _read(_DIFFERENCES, scope, asked)


def difference_called(allocation_id: int, *, snapshot_id: int) -> Moved | None:
    """One move of a case, wherever it is; whoever calls asks the access policy about both ends. One query."""
    return next(iter(_read(_CALLED, EVERYTHING, {"snapshot": snapshot_id, "allocation": allocation_id})), None)


def history(scope: Reach, *, first: int = 0, size: int = ROWS, now: datetime | None = None) -> History:
    """What was moved in the last thirty days. One query.

    Args:
        scope: the part of the trust that either end belongs to.
        first: how many batches are left out before the first one given.
        size: how many are given at most.
        now: the moment from which it is counted back.
    """
    since = (now or timezone.now()) - timedelta(days=HISTORY_DAYS)
    with connection.cursor() as cursor:
        cursor.execute(_HISTORY, {"since": since, "first": first, "size": size, **scope_parameters(scope)})
        found = cursor.fetchall()
    return History(tuple(_batch(*row[:-1]) for row in found), found[0][-1] if found else 0)


def _read(statement: str, scope: Reach, asked: Mapping[str, Any]) -> tuple[Moved, ...]:
    with connection.cursor() as cursor:
        cursor.execute(statement, {**asked, **scope_parameters(scope)})
        return tuple(_moved(row) for row in cursor.fetchall())


def _moved(row: tuple[Any, ...]) -> Moved:
    kind, state, tier, location = row[3:7]
    known: tuple[Any, ...] = (
        *row[:3],
        Allocation.Kind(kind),
        Allocation.State(state),
        tier_name(tier),
        str(Location(location).label),
        *row[7:17],
        End(*row[17:24]),
        End(*row[24:31]),
    )
    return Moved(*known)


def _batch(*row: Any) -> Batch:
    batch, made_at, made_by, kind, reason, cases, standing, crn, states, givers, takers, teams, can_be_changed = row
    return Batch(
        batch,
        made_at,
        made_by,
        Allocation.Kind(kind),
        reason,
        cases,
        standing,
        crn if cases == 1 else "",
        tuple(Allocation.State(state) for state in states),
        tuple(givers),
        tuple(takers),
        tuple(teams),
        can_be_changed,
    )
