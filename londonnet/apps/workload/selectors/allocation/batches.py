"""What was moved in the last thirty days, batch by batch."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from django.db import connection
from django.utils import timezone

from londonnet.apps.caseload.models import Allocation
from londonnet.platform.access.policy import Reach

from .moved import BOTH_ENDS, EITHER_END, MADE
from .scope import scope_parameters

HISTORY_DAYS: Final = 30
ROWS: Final = 50
_HISTORY: Final = f"""
SELECT made.batch, min(made.made_at), min(made.made_by_name), min(made.kind), coalesce(min(reason.name), ''),
    count(*), count(*) FILTER (WHERE made.state = 'standing'), min(made.crn), array_agg(DISTINCT made.state),
    array_agg(DISTINCT giver.name), array_agg(DISTINCT taker.name), array_agg(DISTINCT taker.team_name),
    bool_and({BOTH_ENDS})
        AND count(*) = (SELECT count(*) FROM caseload_allocation whole WHERE whole.batch = made.batch),
    count(*) OVER ()
{MADE}
WHERE {EITHER_END} AND made.made_at >= %(since)s
GROUP BY made.batch ORDER BY min(made.made_at) DESC, made.batch LIMIT %(size)s OFFSET %(first)s
"""  # noqa: S608  # our own SQL


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


def history(scope: Reach, *, first: int = 0, size: int | None = ROWS, now: datetime | None = None) -> History:
    """What was moved in the last thirty days. One query.

    Args:
        scope: the part of the trust that either end belongs to.
        first: how many batches are left out before the first one given.
        size: how many are given at most; all if None.
        now: the moment from which it is counted back.
    """
    since = (now or timezone.now()) - timedelta(days=HISTORY_DAYS)
    with connection.cursor() as cursor:
        cursor.execute(_HISTORY, {"since": since, "first": first, "size": size, **scope_parameters(scope)})
        found = cursor.fetchall()
    return History(tuple(_batch(*row[:-1]) for row in found), found[0][-1] if found else 0)


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
