"""Moving cases and their counts within the extract in force, so that every list and figure says the same."""

from collections.abc import Sequence
from typing import Final

from django.db import connection

from ..counting import CaseToMove, counts_after, keys_of
from ..selectors import held_counts, key_columns

_MOVE: Final = """
UPDATE caseload_case held SET place_id = moved.place_id, tier = moved.tier
FROM unnest(%s::text[], %s::bigint[], %s::smallint[]) moved (crn, place_id, tier)
WHERE held.snapshot_id = %s AND held.crn = moved.crn
"""
_TAKE_OUT: Final = """
DELETE FROM caseload_casecount counted
USING unnest(%s::smallint[], %s::bigint[], %s::smallint[], %s::smallint[]) gone (sheet, place_id, location, tier)
WHERE counted.snapshot_id = %s AND counted.sheet = gone.sheet AND counted.place_id = gone.place_id
    AND counted.location = gone.location AND counted.tier = gone.tier
"""
_PUT: Final = """
INSERT INTO caseload_casecount (snapshot_id, sheet, place_id, location, tier, count)
SELECT %s, kept.* FROM unnest(%s::smallint[], %s::bigint[], %s::smallint[], %s::smallint[], %s::integer[]) kept
ON CONFLICT (snapshot_id, sheet, place_id, location, tier) DO UPDATE SET count = excluded.count
"""


def move_cases(snapshot_id: int, cases: Sequence[CaseToMove]) -> set[int]:
    """Move these cases and what is counted of them. Four statements at most, however many cases.

    Returns:
        Whose counts may have changed: practitioners-in-team by number.
    """
    if not cases:
        return set()
    changed = counts_after(cases, held_counts(snapshot_id, keys_of(cases)))
    with connection.cursor() as cursor:
        places, tiers = [case.to_place_id for case in cases], [case.to_tier for case in cases]
        cursor.execute(_MOVE, [[case.crn for case in cases], places, tiers, snapshot_id])
        gone = [key for key, count in changed.items() if not count]
        if gone:
            cursor.execute(_TAKE_OUT, [*key_columns(gone), snapshot_id])
        kept = {key: count for key, count in changed.items() if count}
        if kept:
            cursor.execute(_PUT, [snapshot_id, *key_columns(kept), list(kept.values())])
    return {place for case in cases for place in (case.place_id, case.to_place_id)}
