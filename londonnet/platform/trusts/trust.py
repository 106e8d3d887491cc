"""What the platform knows of a trust while it works for it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Trust:
    """One customer of the installation: a probation trust, with a database of its own.

    Args:
        slug: its short name in hostnames, folders and commands, for example ``demo``.
        name: its name as people read it.
        database: the name of its PostgreSQL database.
        login: the login role that its connections use.
        host: the server of its database; None for the installation's own server.
        port: the port on that host; None for the installation's own.
        is_default: whether it answers on the bare base domain (``localhost``).
    """

    slug: str
    name: str
    database: str
    login: str
    host: str | None = None
    port: int | None = None
    is_default: bool = False
