"""Who is at work: a user on a page, a command, a job."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Actor:
    """Who does something: ``user``, ``command``, ``job`` or ``nobody`` (someone not signed in)."""

    kind: str
    name: str
    user_id: int | None = None
    request_id: str = ""


NOBODY = Actor("nobody", "Not signed in")
_actor: ContextVar[Actor] = ContextVar("londonnet_actor", default=NOBODY)


def current_actor() -> Actor:
    """Who is at work now."""
    return _actor.get()


@contextmanager
def acting_as(actor: Actor) -> Iterator[None]:
    """Everything recorded inside is recorded as that actor's."""
    token = _actor.set(actor)
    try:
        yield
    finally:
        _actor.reset(token)
