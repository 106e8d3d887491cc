"""The run that readers see, and days that are kept."""

from datetime import date
from typing import Final

from django.db import connection

from .rows import FiguresInForce

_IN_FORCE: Final = """
SELECT run.id, run.computed_at, run.day, snapshot.datestamp, snapshot.loaded_at, run.weight_version_id, snapshot.id
FROM workload_currentfigures pointer
JOIN workload_figurerun run ON run.id = pointer.run_id
JOIN caseload_snapshot snapshot ON snapshot.id = run.snapshot_id
"""
_KEPT: Final = """
SELECT 0, kept_at, day, coalesce(datestamp, day), kept_at, coalesce(weight_version, 0), 0, day
FROM workload_keptday WHERE day = %(day)s
"""


def figures_in_force() -> FiguresInForce | None:
    """The run that readers see; None while no extract has been loaded. One query."""
    with connection.cursor() as cursor:
        cursor.execute(_IN_FORCE)
        found = cursor.fetchone()
    return FiguresInForce(*found) if found else None


def figures_as_at(day: date) -> FiguresInForce | None:
    """The figures of a day that is kept; None where it isn't. One query."""
    with connection.cursor() as cursor:
        cursor.execute(_KEPT, {"day": day})
        found = cursor.fetchone()
    return FiguresInForce(*found) if found else None
