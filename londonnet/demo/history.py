"""Past figures of the demo service, as the CSV file that another tool's history comes by."""

import csv
import io
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from random import Random
from typing import Final

from londonnet.apps.workload.selectors import PractitionerRow

DAYS: Final = 91
HEADINGS: Final = (
    "day",
    "om_key",
    "team_code",
    "grade",
    "cases",
    "t2a_cases",
    "points_total",
    "contracted_hours",
    "reduction_hours",
    "available",
    "capacity_note",
)
_WANDERS: Final = 0.012
_FURTHEST: Final = 0.25


def history_csv(rows: Sequence[PractitionerRow], *, last_day: date, seed: int) -> bytes:
    """How everybody may have come to hold what they hold now: a file of the thirteen weeks that end on a day."""
    written = io.StringIO(newline="")
    writer = csv.writer(written)
    writer.writerow(HEADINGS)
    random = Random(seed)  # noqa: S311 - made-up figures need no secrecy, and the seed must give them again
    for row in rows:
        for before, share in enumerate(_backwards(random)):
            writer.writerow(_past(row, last_day - timedelta(days=before), share))
    return written.getvalue().encode()


def _backwards(random: Random) -> Iterator[float]:
    """What somebody held, day by day into the past, as a share of what they hold now: it wanders, and drifts."""
    share, drift = 1.0, random.uniform(-0.0015, 0.0015)
    for _ in range(DAYS):
        yield share
        share += drift + random.gauss(0, _WANDERS)
        share = min(max(share, 1 - _FURTHEST), 1 + _FURTHEST)


def _past(row: PractitionerRow, day: date, share: float) -> tuple[object, ...]:
    return (
        day.isoformat(),
        row.om_key,
        row.team_code,
        row.grade,
        round(row.cases * share),
        round(row.t2a_cases * share),
        round(row.points.total * share),
        "" if row.contracted_hours is None else row.contracted_hours,
        row.reduction_hours,
        row.available,
        row.capacity_note or "",
    )
