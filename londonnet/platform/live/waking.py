"""Having live connections look again at once whether they may go on, rather than at their next regular look."""

import hashlib
from typing import Any

from londonnet.platform.audit import wake


def of_user(user_id: int) -> str:
    """What the connections of a user listen to besides their topics."""
    return f"live:user:{user_id}"


def of_session(session_key: str) -> str:
    """What the connections of a session listen to; the key itself is a secret and isn't sent about."""
    return f"live:session:{hashlib.sha256(session_key.encode()).hexdigest()[:32]}"


def rights_changed(user_id: int) -> None:
    """Say, in the transaction that changes it, that what a user may do has changed."""
    wake((of_user(user_id),))


def session_ended(sender: object, instance: Any, **_: Any) -> None:
    """A session was deleted: signed out, or ended by somebody. Told when the deletion commits."""
    wake((of_session(instance.session_key),))
