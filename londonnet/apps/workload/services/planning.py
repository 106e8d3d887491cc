"""Having PostgreSQL plan for a whole trust's rows."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Final

from django.db import connection

# Rows of an extract that has just come in aren't in the planner's statistics: without these it takes the work for
# a matter of a few rows, loops over it, and spills what would fit in memory. Compiling costs more than it saves.
_PLANNING: Final = {"work_mem": "64MB", "enable_nestloop": "off", "jit": "off"}
_SET: Final = """
SELECT name, current_setting(name), set_config(name, value, true)
FROM unnest(%s::text[], %s::text[]) wanted (name, value)
"""


@contextmanager
def planning_for_much() -> Iterator[None]:
    """Have statements planned for a whole trust's rows; the caller's transaction goes on as it was."""
    before = plan_for_much()
    yield
    _set(before)


def plan_for_much() -> dict[str, str]:
    """Have the rest of a transaction that only reads planned so; what the settings were before. One statement."""
    return _set(_PLANNING)


def _set(settings: Mapping[str, str]) -> dict[str, str]:
    """Set these until the transaction ends; what they were before."""
    with connection.cursor() as cursor:
        cursor.execute(_SET, [list(settings), list(settings.values())])
        return {name: before for name, before, _ in cursor.fetchall()}
