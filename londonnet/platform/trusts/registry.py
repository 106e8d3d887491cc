"""Who the trusts are, read from the control database and kept for a few seconds."""

import threading
import time

from django.db import connections

from londonnet.config.environment import ENV
from londonnet.platform.errors import LondonNetError

from .models import Hostname, TrustRecord
from .trust import Trust

KEPT_SECONDS = 5.0


class UnknownTrust(LondonNetError):
    """No trust has that name."""

    def __init__(self, slug: str) -> None:
        super().__init__(
            f"There is no trust called {slug!r}. Run `londonnet trust list` to see those there are.", "unknown-trust"
        )


class _Directory:
    """What the control database said last; read again when it is older than a few seconds."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self.forget()

    def forget(self) -> None:
        self._read_at = float("-inf")
        self._by_slug: dict[str, Trust] = {}
        self._by_host: dict[str, Trust] = {}
        self._off: dict[str, frozenset[str]] = {}

    def read(self) -> "_Directory":
        if time.monotonic() - self._read_at > KEPT_SECONDS:
            with self._lock:
                self._load()
        return self

    def _load(self) -> None:
        try:
            records = list(TrustRecord.objects.using("control").filter(is_open=True).order_by("slug"))
            hostnames = list(Hostname.objects.using("control").values_list("name", "trust__slug"))
        finally:
            connections["control"].close()
        by_slug = {record.slug: as_trust(record) for record in records}
        by_host = {f"{slug}.{ENV.base_domain}": trust for slug, trust in by_slug.items()}
        if default := _default_of(by_slug):
            by_host[ENV.base_domain] = default
        by_host |= {name.lower(): by_slug[slug] for name, slug in hostnames if slug in by_slug}
        self._by_slug, self._by_host = by_slug, by_host
        self._off = {record.slug: frozenset(record.applications_off) for record in records}
        self._read_at = time.monotonic()


def _default_of(by_slug: dict[str, Trust]) -> Trust | None:
    return next((trust for trust in by_slug.values() if trust.is_default), None)


_directory = _Directory()


def as_trust(record: TrustRecord) -> Trust:
    """The trust that a row of the registry describes."""
    return Trust(
        slug=record.slug,
        name=record.name,
        database=record.database,
        login=record.login,
        host=record.host or None,
        port=record.port,
        is_default=record.is_default,
    )


def forget() -> None:
    """Read the control database again at the next question."""
    _directory.forget()


def all_trusts() -> list[Trust]:
    """Every open trust, by slug."""
    return list(_directory.read()._by_slug.values())


def by_slug(slug: str) -> Trust:
    """The open trust of that slug.

    Raises:
        UnknownTrust: there is none.
    """
    found = _directory.read()._by_slug.get(slug)
    if found is None:
        raise UnknownTrust(slug)
    return found


def by_hostname(host: str) -> Trust | None:
    """The open trust that answers on a hostname (a port is passed over), or None."""
    return _directory.read()._by_host.get(host.rsplit(":", 1)[0].lower().rstrip("."))


def applications_off(trust: Trust) -> frozenset[str]:
    """The names of the applications that are switched off for a trust."""
    return _directory.read()._off.get(trust.slug, frozenset())
