"""Django's own PostgreSQL backend, with the database chosen by the trust that is entered.

The wrapper that Django keeps for a thread serves whichever trust is entered; its connection is borrowed from that
trust's pool and belongs to that trust alone. With no trust entered nothing can be reached; under another trust
than the one it was opened for, a connection refuses every statement.
"""

from typing import Any

from django.db.backends.postgresql import base
from django.db.backends.utils import CursorDebugWrapper, CursorWrapper
from psycopg import Connection
from psycopg_pool import ConnectionPool

from londonnet.platform.trusts.cluster import trust_params
from londonnet.platform.trusts.pools import POOLS, PoolKey
from londonnet.platform.trusts.scope import WrongTrust, entered


class GuardedCursor(CursorWrapper):
    """A cursor that works only under the trust that its connection was opened for."""

    def __getattr__(self, attr: str) -> Any:
        if attr != "close":
            self.db.guard()
        return super().__getattr__(attr)

    def _execute_with_wrappers(self, *args: Any, **kwargs: Any) -> Any:
        self.db.guard()
        return super()._execute_with_wrappers(*args, **kwargs)  # type: ignore[misc]  # absent from the stubs


class GuardedDebugCursor(GuardedCursor, CursorDebugWrapper):
    """The same, keeping the log of statements that tests count."""


class DatabaseWrapper(base.DatabaseWrapper):
    """The connection of one thread to whichever trust is entered."""

    opened_for: PoolKey | None = None

    def guard(self) -> None:
        """Refuse to work under another trust than the one that the connection was opened for.

        Raises:
            NoTrustEntered: no trust is entered.
            WrongTrust: the connection belongs to another.
        """
        if self.opened_for != entered().key:
            raise WrongTrust

    @property
    def pool(self) -> "ConnectionPool[Connection[Any]] | None":
        """The pool of the trust that is entered; an owner's connection has none."""
        current = entered()
        return None if current.as_owner else POOLS.pool(current.key, self.get_connection_params)

    def get_connection_params(self) -> dict[str, Any]:
        """Django's own parameters, with the server, database and login of the trust that is entered."""
        current = entered()
        return {**super().get_connection_params(), **trust_params(current.trust, as_owner=current.as_owner)}

    def connect(self) -> None:
        """Borrow a connection for the trust that is entered."""
        self.opened_for = entered().key
        super().connect()

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """Borrow from the trust's pool, which stays open until that is done."""
        with POOLS.asking(entered().key):
            return super().get_new_connection(conn_params)

    def ensure_connection(self) -> None:
        """Borrow a connection if there's none, and make sure that it is this trust's."""
        super().ensure_connection()
        self.guard()

    def close_pool(self) -> None:
        """Close the pool of the database in use; called where Django's settings change."""
        if self.opened_for:
            POOLS.close(self.opened_for[0])

    def _close(self) -> None:
        if self.connection is not None:
            lender = getattr(self.connection, "_pool", None)
            with self.wrap_database_errors:
                if lender is None:
                    self.connection.close()
                else:
                    lender.putconn(self.connection)
            self.opened_for = None

    def give_back(self) -> None:
        """End the use of the connection: the scope of the trust is being left."""
        self.close()
        self.closed_in_transaction = False
        self.connection = None
        self.opened_for = None

    def make_cursor(self, cursor: Any) -> GuardedCursor:
        """A cursor under guard."""
        return GuardedCursor(cursor, self)

    def make_debug_cursor(self, cursor: Any) -> GuardedDebugCursor:
        """A cursor under guard that logs its statements."""
        return GuardedDebugCursor(cursor, self)
