"""Which trusts are in use at present, where there are more than the worker can listen to at once."""

import contextlib
import time
from collections import defaultdict
from collections.abc import Sequence

import psycopg

from londonnet.platform.trusts import Trust

from .ears import Connection, open_connection, worker_name

_WHO_IS_CONNECTED = (
    "SELECT DISTINCT datname::text FROM pg_stat_activity WHERE datname = ANY(%s) AND application_name <> %s"
)
Server = tuple[str | None, int | None]


class Activity:
    """When each trust was last seen in use.

    A job can only come from somebody connected to its trust, and one query of any database tells who is connected
    to all databases of that server.
    """

    def __init__(self) -> None:
        self._seen: dict[str, float] = {}
        self._scouts: dict[Server, Connection] = {}

    def in_use(self, trusts: Sequence[Trust], most: int) -> list[Trust]:
        """The trusts used most recently, at most so many; those never seen in use aren't among them."""
        self._look(trusts)
        known = [trust for trust in trusts if trust.database in self._seen]
        return sorted(known, key=lambda trust: -self._seen[trust.database])[:most]

    def close(self) -> None:
        """Give the connections up."""
        for scout in self._scouts.values():
            scout.close()
        self._scouts.clear()

    def _look(self, trusts: Sequence[Trust]) -> None:
        by_server: dict[Server, list[Trust]] = defaultdict(list)
        for trust in trusts:
            by_server[trust.host, trust.port].append(trust)
        now = time.monotonic()
        for server, its in by_server.items():
            self._seen.update(dict.fromkeys(self._connected(server, its), now))

    def _connected(self, server: Server, trusts: Sequence[Trust]) -> list[str]:
        names = [trust.database for trust in trusts]
        with contextlib.suppress(psycopg.Error):
            scout = self._scouts.get(server)
            if scout is None or scout.closed:
                scout = self._scouts[server] = open_connection(trusts[0])
            return [row[0] for row in scout.execute(_WHO_IS_CONNECTED, [names, worker_name()])]
        return []
