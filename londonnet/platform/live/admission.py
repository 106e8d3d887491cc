"""Whether somebody may listen, and to what. Called in threads: each call enters the trust for itself."""

from collections.abc import Iterable
from dataclasses import dataclass

from londonnet.platform.trusts import Trust, registry, trust_scope
from londonnet.platform.trusts.registry import UnknownTrust

from .sessions import session_user
from .topics import granted


@dataclass(frozen=True, slots=True)
class Admission:
    """What was found about somebody who wants to listen.

    Args:
        user_id: who it is.
        topics: what they may listen to.
        refused: whether they asked for something else as well.
    """

    user_id: int
    topics: frozenset[str]
    refused: bool


def admit(trust: Trust, session_key: str, topics: Iterable[str]) -> Admission | None:
    """Whether a session of a trust may listen, and to which of the topics; None if it is nobody's.

    Raises:
        DatabaseError: the trust's database can't be reached.
    """
    asked = frozenset(topics)
    if not session_key or not _is_open(trust):
        return None
    with trust_scope(trust):
        user = session_user(session_key)
        if user is None:
            return None
        allowed = granted(user, asked)
        return Admission(user.pk, allowed, allowed != asked)


def _is_open(trust: Trust) -> bool:
    try:
        return registry.by_slug(trust.slug) == trust
    except UnknownTrust:
        return False
