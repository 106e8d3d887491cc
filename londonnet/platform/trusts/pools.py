"""The pools of connections: one for each trust in use, the least used closed when there are too many."""

import threading
from collections import Counter, OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from psycopg import Connection
from psycopg_pool import ConnectionPool

from londonnet.config.environment import ENV

PoolKey = tuple[str, bool]


class Pools:
    """Pools by trust, at most as many as the process's bound on connections allows.

    A psycopg pool starts threads of its own and may hold its full size in connections, so the number of pools
    is the bound on all connections divided by the size of one pool.
    """

    def __init__(self, pool_size: int, total: int) -> None:
        self._pool_size = pool_size
        self._most_pools = max(1, total // pool_size)
        self._pools: OrderedDict[PoolKey, ConnectionPool[Connection[Any]]] = OrderedDict()
        self._asking: Counter[PoolKey] = Counter()
        self._lock = threading.Lock()

    def pool(self, key: PoolKey, kwargs: Callable[[], dict[str, Any]]) -> ConnectionPool[Connection[Any]]:
        """The open pool of that key, made if need be; the least recently used idle one makes room for it."""
        with self._lock:
            found = self._pools.get(key)
            if found is None:
                self._make_room()
                found = self._pools[key] = ConnectionPool(
                    kwargs={**kwargs(), "autocommit": True},
                    min_size=0,
                    max_size=self._pool_size,
                    num_workers=1,
                    timeout=20,
                    max_idle=120,
                    open=True,
                    name=f"trust-{key[0]}",
                )
            self._pools.move_to_end(key)
            return found

    @contextmanager
    def asking(self, key: PoolKey) -> Iterator[None]:
        """For the length of the block, that pool isn't closed to make room: somebody is about to borrow from it."""
        with self._lock:
            self._asking[key] += 1
        try:
            yield
        finally:
            with self._lock:
                self._asking[key] -= 1
                self._asking += Counter()  # keys that nobody asks for are dropped

    def _make_room(self) -> None:
        idle = [key for key, pool in self._pools.items() if not self._asking[key] and not _is_lending(pool)]
        while len(self._pools) >= self._most_pools and idle:
            self._pools.pop(idle.pop(0)).close()

    def close(self, database: str | None = None) -> None:
        """Close the pools of one database, or all of them."""
        with self._lock:
            for key in [key for key in self._pools if database in (None, key[0])]:
                self._pools.pop(key).close()

    def open_databases(self) -> list[str]:
        """The databases that have a pool now, the least recently used first."""
        return [key[0] for key in self._pools]


def _is_lending(pool: ConnectionPool[Connection[Any]]) -> bool:
    stats = pool.get_stats()
    return stats.get("pool_size", 0) > stats.get("pool_available", 0)


POOLS = Pools(ENV.pool_connections, ENV.total_connections)
