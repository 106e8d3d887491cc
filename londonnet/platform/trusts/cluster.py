"""How to reach the PostgreSQL server, worked out when a connection is wanted and not before."""

from typing import Any

import psycopg

from londonnet.config.environment import ENV
from londonnet.platform.embedded import ServerAddress, address

from .naming import control_database, control_login, login_password, owner_role, runtime_role
from .trust import Trust

# One place for what every connection starts with: no round trip is spent on it.
_SESSION = "-c TimeZone=UTC -c idle_in_transaction_session_timeout=600000"


def admin_params(database: str | None = None, *, as_owner: bool = False) -> dict[str, Any]:
    """Connection parameters of the administrator's login, which creates databases and roles.

    Args:
        database: the database to connect to; None for the one that the server's address names.
        as_owner: start as the owner of all objects, for migrations.
    """
    role = f" -c role={owner_role()} -c lock_timeout=5000" if as_owner else ""
    server = address()
    return {
        **_reach(server, None, None),
        "user": server.user,
        "password": server.password,
        "dbname": database or server.database,
        "options": _SESSION + role,
        "application_name": f"{ENV.database_prefix} owner",
    }


def trust_params(trust: Trust, *, as_owner: bool = False) -> dict[str, Any]:
    """Connection parameters for a trust's database, as its own login working as runtime (or as owner)."""
    if as_owner:
        return admin_params(trust.database, as_owner=True)
    return {
        **_reach(address(), trust.host, trust.port),
        "user": trust.login,
        "password": login_password(trust.login),
        "dbname": trust.database,
        "options": f"{_SESSION} -c role={runtime_role()} -c statement_timeout={ENV.statement_seconds}s",
        "application_name": ENV.database_prefix,
    }


def control_params() -> dict[str, Any]:
    """Connection parameters of the control database, read by this room and by hosting only."""
    return {
        **_reach(address(), None, None),
        "user": control_login(),
        "password": login_password(control_login()),
        "dbname": control_database(),
        "options": _SESSION,
        "application_name": f"{ENV.database_prefix} control",
    }


def _reach(server: ServerAddress, host: str | None, port: int | None) -> dict[str, Any]:
    return {"host": host or server.host, "port": port or server.port, "connect_timeout": 10, **dict(server.options)}


def admin_connection(database: str | None = None) -> "psycopg.Connection[tuple[Any, ...]]":
    """A connection of the administrator, each statement on its own (databases can't be made in a transaction)."""
    return psycopg.connect(**admin_params(database), autocommit=True)
