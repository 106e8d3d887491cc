"""Both kinds of PostgreSQL must serve: the machine's own, and the wheel's."""

from collections.abc import Iterator
from typing import Literal

import psycopg
import pytest

from londonnet.platform.embedded import binaries
from londonnet.platform.embedded.addresses import NoDatabase, ServerAddress
from londonnet.platform.embedded.throwaway import empty_server


@pytest.fixture(scope="module", params=["machine", "wheel"])
def each(request: pytest.FixtureRequest) -> Iterator[ServerAddress]:
    choice: Literal["machine", "wheel"] = request.param
    try:
        binaries.chosen(choice)
    except NoDatabase as error:
        pytest.skip(error.message)
    with empty_server(choice) as address:
        yield address


def test_it_is_recent_enough_and_says_what_it_is(each: ServerAddress) -> None:
    with psycopg.connect(each.dsn()) as connection:
        assert connection.info.server_version // 10000 == each.version
    assert each.version is not None and each.version >= 15


@pytest.mark.parametrize("extension", ["pg_trgm", "unaccent", "btree_gist"])
def test_it_has_the_extensions_that_are_used(each: ServerAddress, extension: str) -> None:
    with psycopg.connect(each.dsn(), autocommit=True) as connection:
        connection.execute(f"CREATE EXTENSION {extension}".encode())


def test_its_login_may_create_databases_and_logins(each: ServerAddress) -> None:
    with psycopg.connect(each.dsn(), autocommit=True) as connection:
        connection.execute("CREATE ROLE someone LOGIN")
        connection.execute("CREATE DATABASE somewhere OWNER someone")


def test_the_machines_own_are_preferred() -> None:
    try:
        machine = binaries.chosen("machine")
    except NoDatabase:
        assert binaries.chosen("auto").source == "wheel"
    else:
        assert binaries.chosen("auto") == machine


def test_data_is_served_by_the_version_that_made_it_wherever_that_is() -> None:
    wheel = binaries.chosen("wheel")
    assert binaries.chosen("auto", data_version=wheel.version).version == wheel.version


def test_data_of_a_version_that_is_not_here_is_said_with_what_to_do() -> None:
    with pytest.raises(NoDatabase, match=r"made by PostgreSQL 9.*apt-get install postgresql-9.*--fresh"):
        binaries.chosen("auto", data_version=9)


def test_a_machine_without_any_is_told_the_ways_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(binaries, "OLDEST_VERSION", 99)
    with pytest.raises(NoDatabase, match=r"apt-get install postgresql; .* or set DATABASE_URL"):
        binaries.chosen("auto")
