"""Entering a trust: the one way to its database, files, cache, signed values, jobs and live topics."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from django.db import connections

from londonnet.platform.errors import LondonNetError

from .trust import Trust


class NoTrustEntered(LondonNetError):
    """Something of a trust was asked for while no trust was entered."""

    status_code = 500

    def __init__(self) -> None:
        super().__init__("No trust has been entered, so nothing of any trust can be reached.", "no-trust")


class WrongTrust(LondonNetError):
    """Something that belongs to one trust was used while another was entered."""

    status_code = 500

    def __init__(self) -> None:
        super().__init__("This belongs to another trust than the one that is entered.", "wrong-trust")


class ScopeNested(LondonNetError):
    """A trust was entered while one was entered already; an open transaction would be lost in silence."""

    status_code = 500

    def __init__(self) -> None:
        super().__init__("A trust is entered already. Leave it before you enter another.", "scope-nested")


@dataclass(frozen=True, slots=True)
class Entered:
    """The trust that is entered, and in which role its database is used."""

    trust: Trust
    as_owner: bool = False

    @property
    def key(self) -> tuple[str, bool]:
        """What tells one entry's connections from another's."""
        return self.trust.database, self.as_owner


_entered: ContextVar[Entered | None] = ContextVar("londonnet_trust", default=None)


def entered() -> Entered:
    """The entry in force, with its role.

    Raises:
        NoTrustEntered: no trust is entered.
    """
    current = _entered.get()
    if current is None:
        raise NoTrustEntered
    return current


def current_trust() -> Trust:
    """The trust that is entered.

    Raises:
        NoTrustEntered: no trust is entered.
    """
    return entered().trust


def trust_or_none() -> Trust | None:
    """The trust that is entered, or None."""
    current = _entered.get()
    return current.trust if current else None


@contextmanager
def trust_scope(trust: Trust | str, *, as_owner: bool = False) -> Iterator[Trust]:
    """Enter a trust for the length of a block; its connection goes back to its pool at the end.

    Args:
        trust: the trust or its slug.
        as_owner: work as the owner of the tables; for migrations only.

    Raises:
        ScopeNested: a trust is entered already.
        UnknownTrust: no trust has that slug.
    """
    if _entered.get() is not None:
        raise ScopeNested
    if isinstance(trust, str):
        from . import registry  # the registry needs loaded models; scopes are entered later than modules load

        trust = registry.by_slug(trust)
    _entered.set(Entered(trust, as_owner))
    try:
        yield trust
    finally:
        # The connection goes back while the trust is still entered: it refuses everything afterwards.
        try:
            connections["default"].give_back()  # type: ignore[attr-defined]  # our own backend's
        finally:
            _entered.set(None)
