"""The run that readers see."""

from django.db import connection

from .rows import FiguresInForce

_IN_FORCE = """
SELECT run.id, run.computed_at, run.day, snapshot.datestamp, snapshot.loaded_at, run.weight_version_id, snapshot.id
FROM workload_currentfigures pointer
JOIN workload_figurerun run ON run.id = pointer.run_id
JOIN caseload_snapshot snapshot ON snapshot.id = run.snapshot_id
"""


def figures_in_force() -> FiguresInForce | None:
    """The run that readers see; None while no extract has been loaded. One query."""
    with connection.cursor() as cursor:
        cursor.execute(_IN_FORCE)
        found = cursor.fetchone()
    return FiguresInForce(*found) if found else None
