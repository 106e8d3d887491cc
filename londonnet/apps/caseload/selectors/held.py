"""Cases and counts as they stand, for working out what a move does and for doing it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from django.db import connection

from ..counting import CaseToMove, CountKey

_CASES: Final = """
SELECT held.crn, held.place_id, held.location, held.tier, NOT (held.is_warrant OR held.is_overdue_termination),
    EXISTS (SELECT FROM caseload_t2aevent event WHERE event.snapshot_id = held.snapshot_id AND event.crn = held.crn)
FROM caseload_case held WHERE held.snapshot_id = %s AND held.crn = ANY(%s) ORDER BY held.crn
"""
_COUNTS: Final = """
SELECT counted.sheet, counted.place_id, counted.location, counted.tier, counted.count
FROM caseload_casecount counted
JOIN unnest(%s::smallint[], %s::bigint[], %s::smallint[], %s::smallint[]) wanted (sheet, place_id, location, tier)
    ON wanted.sheet = counted.sheet AND wanted.place_id = counted.place_id AND wanted.location = counted.location
    AND wanted.tier = counted.tier
WHERE counted.snapshot_id = %s
"""


@dataclass(frozen=True, slots=True)
class HeldCase:
    """A case of an extract, as a move needs to know it."""

    crn: str
    place_id: int
    location: int
    tier: int
    is_active: bool
    is_t2a: bool

    def to(self, place_id: int, tier: int | None = None) -> CaseToMove:
        """The same case with another holder, or another tier."""
        to_tier = self.tier if tier is None else tier
        return CaseToMove(
            self.crn, self.place_id, place_id, self.location, self.tier, to_tier, self.is_active, self.is_t2a
        )


def held_cases(snapshot_id: int, crns: Iterable[str], *, locked: bool = False) -> dict[str, HeldCase]:
    """Those of the cases that the extract names, by CRN. One query.

    Args:
        snapshot_id: the extract.
        crns: the cases.
        locked: nobody else may change them until the transaction ends.
    """
    with connection.cursor() as cursor:
        cursor.execute(_CASES + (" FOR UPDATE OF held" if locked else ""), [snapshot_id, sorted(set(crns))])
        return {row[0]: HeldCase(*row) for row in cursor.fetchall()}


def held_counts(snapshot_id: int, keys: Iterable[CountKey]) -> dict[CountKey, int]:
    """Those of the counts that aren't 0. One query."""
    with connection.cursor() as cursor:
        cursor.execute(_COUNTS, [*key_columns(keys), snapshot_id])
        return {(sheet, place, location, tier): count for sheet, place, location, tier, count in cursor.fetchall()}


def key_columns(keys: Iterable[CountKey]) -> list[list[int]]:
    """Keys of counts column by column, as a statement takes them."""
    rows = list(keys)
    return [[row[at] for row in rows] for at in range(4)]
