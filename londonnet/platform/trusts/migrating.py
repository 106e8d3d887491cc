"""Bringing the control database, the template and the trusts up to date; what is current is skipped."""

from collections.abc import Callable
from io import StringIO
from typing import TypeVar

from django.core.management import call_command
from django.db import connections
from django.db.migrations.executor import MigrationExecutor
from psycopg import sql

from .cluster import admin_connection
from .control_backend.base import as_owner
from .naming import runtime_role
from .router import CONTROL_APPS
from .scope import trust_scope
from .trust import Trust

T = TypeVar("T")


def as_control_owner(work: Callable[[], T]) -> T:
    """Do something in the control database as the owner of its tables."""
    connections["control"].close()
    token = as_owner.set(True)
    try:
        return work()
    finally:
        connections["control"].close()
        as_owner.reset(token)


def migrate_control() -> bool:
    """Bring the control database up to date; answers whether there was anything to do."""

    def work() -> bool:
        if _is_current("control"):
            return False
        call_command("migrate", database="control", verbosity=0, interactive=False, stdout=StringIO())
        return True

    return as_control_owner(work)


def migrate_trust(trust: Trust) -> bool:
    """Bring one trust's database (or the template) up to date; answers whether there was anything to do."""
    with trust_scope(trust, as_owner=True):
        if _is_current("default"):
            return False
        call_command("migrate", database="default", verbosity=0, interactive=False, stdout=StringIO())
    _protect_ledger(trust)
    return True


def _is_current(alias: str) -> bool:
    """Whether every migration is applied: one query. The other kind of database's tables don't count."""
    executor = MigrationExecutor(connections[alias])
    applied = set(executor.loader.applied_migrations)
    wanted = {key for key in executor.loader.disk_migrations if (key[0] in CONTROL_APPS) == (alias == "control")}
    return wanted <= applied


def _protect_ledger(trust: Trust) -> None:
    """Runtime may read which migrations are applied, never write it."""
    with admin_connection(trust.database) as inside:
        inside.execute(
            sql.SQL("REVOKE INSERT, UPDATE, DELETE ON django_migrations FROM {}").format(sql.Identifier(runtime_role()))
        )
