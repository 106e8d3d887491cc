"""What a token can be made for: reading or writing in one application."""

from dataclasses import dataclass

from londonnet.platform.access import policy
from londonnet.platform.access.models import User
from londonnet.platform.registry import enabled

from .mounting import operations


@dataclass(frozen=True, slots=True)
class ScopeOffered:
    """A scope that a user may give to a token: as ``workload:read``, and as people read it."""

    name: str
    label: str


_LABELS = (("read", "read"), ("write", "change"))


def scopes_for(user: User) -> tuple[ScopeOffered, ...]:
    """The scopes whose operations a user may call, in the order of the applications; reading before writing."""
    open_to_them = {f"{one.application}:{one.scope}" for one in operations() if policy.may(user, one.permission)}
    offered = (
        ScopeOffered(f"{manifest.name}:{kind}", f"{manifest.label}: {label}")
        for manifest in enabled()
        for kind, label in _LABELS
    )
    return tuple(scope for scope in offered if scope.name in open_to_them)
