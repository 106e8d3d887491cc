"""One reduction with every state that it had, for a reader who may not know its reason."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final

from django.db import connection

from londonnet.apps.workload.hours import ReductionStatus, reduction_status
from londonnet.platform.access.policy import Place, Reach

from .practitioner_sql import NAME, PLACES
from .reductions import KNOWN, REASON, reader_parameters

_STATES: Final = f"""
SELECT reduction.id, reduction.replaces_id, reduction.superseded_by_id, reduction.place_id, practitioner.om_key, {NAME},
    team.code, team.name, pdu.code, region.code, reduction.reason_id, {REASON}, NOT {KNOWN}, reduction.hours,
    reduction.first_day, reduction.last_day, reduction.deleted_at IS NOT NULL,
    CASE WHEN {KNOWN} THEN reduction.notes ELSE '' END,
    load.act, load.done_by, load.loaded_at, CASE WHEN {KNOWN} THEN load.why ELSE '' END
FROM workload_reduction reduction
JOIN organisation_practitionerinteam place ON place.id = reduction.place_id
{PLACES}
JOIN workload_reductionreason reason ON reason.id = reduction.reason_id
JOIN workload_staffingload load ON load.id = reduction.loaded_by_id
WHERE place.practitioner_id = (
    SELECT own.practitioner_id FROM workload_reduction asked
    JOIN organisation_practitionerinteam own ON own.id = asked.place_id WHERE asked.id = %(number)s
)
ORDER BY reduction.id
"""  # noqa: S608  # our own SQL


@dataclass(frozen=True, slots=True)
class ReductionState:
    """What a reduction was from one change to the next, as one reader may see it.

    Attributes:
        number: of this state.
        is_in_force: whether nothing has replaced it.
        reason: its short name; "Personal" for those who may not know it.
        is_hidden: whether reason, notes and why are kept from this reader.
        act: what was done: added, changed, ended, deleted, put_back, taken_along; empty where a file brought it.
        done_by: who did it; empty where that isn't known.
    """

    number: int
    is_in_force: bool
    place_id: int
    place: Place
    name: str
    team_name: str
    reason_id: int
    reason: str
    is_hidden: bool
    hours: Decimal
    first_day: date
    last_day: date | None
    is_deleted: bool
    notes: str
    act: str
    done_by: str
    done_at: datetime
    why: str

    def status(self, day: date) -> ReductionStatus:
        """What it is on a day."""
        return reduction_status(self.first_day, self.last_day, deleted=self.is_deleted, on=day)


def reduction_history(number: int, *, personal: Reach) -> tuple[ReductionState, ...]:
    """Every state of a reduction, the latest first; empty where there is no such one. One query.

    Args:
        number: of any of its states: links to earlier ones stay good.
        personal: whose personal reasons the reader may know.
    """
    with connection.cursor() as cursor:
        cursor.execute(_STATES, {"number": number} | reader_parameters(personal))
        found = {row[0]: row for row in cursor.fetchall()}
    if number not in found:
        return ()
    numbers = chain({one: row[1] for one, row in found.items()}, number)
    return tuple(_state(*found[one]) for one in reversed(numbers))


def chain(replaces: Mapping[int, int | None], number: int) -> list[int]:
    """The numbers of what something was, is and will be, in that order.

    Args:
        replaces: the number that each one replaces; where several replace the same, the latest goes on.
        number: of any one in the chain.
    """
    followers = {before: after for after, before in sorted(replaces.items()) if before is not None}
    while number in followers:
        number = followers[number]
    numbers = [number]
    while (before := replaces.get(numbers[-1])) is not None and before in replaces:
        numbers.append(before)
    return numbers[::-1]


def _state(
    number: int, replaces: int | None, superseded_by: int | None, place_id: int, om_key: str, name: str, *rest: Any
) -> ReductionState:
    team_code, team_name, pdu_code, region_code, *others = rest
    place = Place(om_key, team_code, pdu_code, region_code)
    return ReductionState(number, superseded_by is None, place_id, place, name, team_name, *others)
