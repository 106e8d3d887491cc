"""How much there is on each of the pages of allocation."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db import connection
from django.utils import timezone

from londonnet.platform.access.policy import Reach

from ..practitioner_sql import NOBODYS, PLACES
from .batches import HISTORY_DAYS
from .scope import IN_SCOPE, scope_parameters

_PLACES_IN_SCOPE: Final = f"SELECT place.id FROM organisation_practitionerinteam place {PLACES} WHERE {IN_SCOPE}"  # noqa: S608
_OURS: Final = "(made.from_place_id IN (SELECT id FROM ours) OR made.to_place_id IN (SELECT id FROM ours))"
_COUNTS: Final = f"""
WITH ours AS ({_PLACES_IN_SCOPE})
SELECT
    (SELECT count(*) FROM caseload_case held
        JOIN organisation_practitionerinteam place ON place.id = held.place_id {PLACES}
        WHERE held.snapshot_id = %(snapshot)s AND {NOBODYS} AND {IN_SCOPE}),
    (SELECT count(*) FROM caseload_allocation made
        WHERE made.state = 'standing' AND {_OURS}),
    (SELECT count(DISTINCT made.batch) FROM caseload_allocation made
        WHERE made.made_at >= %(since)s AND {_OURS})
"""  # noqa: S608  # our own SQL


@dataclass(frozen=True, slots=True)
class Counts:
    """Cases that nobody has, differences with the national record, and moves of the last thirty days."""

    unallocated: int
    differences: int
    moves: int


def counts(scope: Reach, *, snapshot_id: int, now: datetime | None = None) -> Counts:
    """How much there is in a part of the trust. One query.

    Args:
        scope: the part of the trust.
        snapshot_id: the extract in force.
        now: the moment from which the thirty days are counted back.
    """
    since = (now or timezone.now()) - timedelta(days=HISTORY_DAYS)
    asked = {"snapshot": snapshot_id, "since": since, **scope_parameters(scope)}
    with connection.cursor() as cursor:
        cursor.execute(_COUNTS, asked)
        return Counts(*cursor.fetchone())
