"""Pools: as many trusts as one likes, few connections and few threads, and none is closed under somebody's hands."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from psycopg import conninfo

from londonnet.platform.trusts import Trust
from londonnet.platform.trusts.cluster import trust_params
from londonnet.platform.trusts.pools import PoolKey, Pools

NOWHERE: dict[str, Any] = {"host": "127.0.0.1", "port": 1, "connect_timeout": 1}


@pytest.fixture
def pools() -> Iterator[Pools]:
    made = Pools(pool_size=2, total=8)
    yield made
    made.close()


def key(number: int) -> PoolKey:
    return f"trust_{number}", False


def test_two_hundred_trusts_cost_no_more_threads_and_pools_than_a_few(pools: Pools) -> None:
    before = threading.active_count()
    for number in range(200):
        pools.pool(key(number), lambda: NOWHERE)
    assert pools.open_databases() == [f"trust_{number}" for number in range(196, 200)]
    # A psycopg pool has a worker and a scheduler.
    assert threading.active_count() - before <= 4 * 2


def test_the_least_recently_used_pool_makes_room(pools: Pools) -> None:
    for number in (1, 2, 3, 4, 1, 5):
        pools.pool(key(number), lambda: NOWHERE)
    assert pools.open_databases() == ["trust_3", "trust_4", "trust_1", "trust_5"]


def test_a_pool_that_has_lent_a_connection_is_not_closed(pools: Pools, fresh_trust: Trust) -> None:
    used = (fresh_trust.database, False)
    with pools.pool(used, lambda: trust_params(fresh_trust)).connection() as connection:
        for number in range(20):
            pools.pool(key(number), lambda: NOWHERE)
        assert fresh_trust.database in pools.open_databases()
        assert conninfo.conninfo_to_dict(connection.info.dsn)["dbname"] == fresh_trust.database
    for number in range(20, 40):
        pools.pool(key(number), lambda: NOWHERE)
    assert fresh_trust.database not in pools.open_databases()
    assert len(pools.open_databases()) == 4


def test_a_pool_that_somebody_is_about_to_borrow_from_is_not_closed(pools: Pools, fresh_trust: Trust) -> None:
    used = (fresh_trust.database, False)
    with pools.asking(used):
        found = pools.pool(used, lambda: trust_params(fresh_trust))
        for number in range(20):
            pools.pool(key(number), lambda: NOWHERE)
        with found.connection() as connection:
            assert connection.execute("SELECT current_database()").fetchone() == (fresh_trust.database,)


def test_a_pool_starts_with_no_connection_and_lends_no_more_than_its_size(pools: Pools, fresh_trust: Trust) -> None:
    pool = pools.pool((fresh_trust.database, False), lambda: trust_params(fresh_trust))
    assert pool.get_stats()["pool_size"] == 0
    everybody_has_one = threading.Barrier(2)

    def borrow(_: int) -> None:
        with pool.connection() as connection:
            everybody_has_one.wait(timeout=30)
            connection.execute("SELECT 1")

    with ThreadPoolExecutor(6) as threads:
        list(threads.map(borrow, range(6)))
    assert pool.get_stats()["connections_num"] == 2
