from contextlib import closing

import psycopg
import pytest
from psycopg.conninfo import conninfo_to_dict

from londonnet.platform.embedded.addresses import NoDatabase, ServerAddress, from_url, reached
from londonnet.platform.embedded.ports import free_port


def test_percent_encoded_parts_and_query_options_are_read() -> None:
    address = from_url(
        "postgresql://ad%40min:p%2Fw%3A@db.example.org:6432/main%20one?sslmode=require&connect_timeout=3"
    )
    assert (address.host, address.port, address.user, address.password) == ("db.example.org", 6432, "ad@min", "p/w:")
    assert address.database == "main one"
    assert dict(address.options) == {"sslmode": "require", "connect_timeout": "3"}


def test_a_socket_folder_and_a_missing_port_are_read() -> None:
    address = from_url("postgres://postgres@%2Fvar%2Frun%2Fpostgresql/postgres")
    assert (address.host, address.port, address.password) == ("/var/run/postgresql", 5432, None)


def test_the_address_survives_the_way_through_its_own_url() -> None:
    address = ServerAddress("127.0.0.1", 5433, "a b", "p@ss/word%", None, "url", "x", (("sslmode", "disable"),))
    assert from_url(address.url) == address


def test_the_dsn_names_another_database_and_carries_the_options() -> None:
    parts = conninfo_to_dict(from_url("postgresql://u:p%20w@h:1/a?sslmode=disable").dsn("other one"))
    assert parts == {
        "host": "h",
        "port": "1",
        "user": "u",
        "password": "p w",
        "dbname": "other one",
        "sslmode": "disable",
    }


def test_the_password_stays_out_of_messages_and_logs() -> None:
    assert "secret" not in repr(from_url("postgresql://u:secret@h/a"))


@pytest.mark.parametrize("url", ["mysql://root@localhost/x", "postgresql://h:port/x", "nonsense"])
def test_what_is_no_postgresql_address_is_said_so(url: str) -> None:
    with pytest.raises(NoDatabase, match="Write it as postgresql://"):
        from_url(url)


def test_a_server_that_does_not_answer_is_said_so_without_the_password() -> None:
    with pytest.raises(NoDatabase, match="can't be used") as caught:
        reached(from_url(f"postgresql://u:secret@127.0.0.1:{free_port()}/a"))
    assert "secret" not in caught.value.message


def test_a_server_that_answers_is_given_its_version(empty: ServerAddress) -> None:
    with closing(psycopg.connect(empty.dsn())) as connection:
        expected = connection.info.server_version // 10000
    assert reached(from_url(empty.url)).version == expected
