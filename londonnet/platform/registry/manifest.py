"""What an application says of itself."""

from dataclasses import dataclass, field
from typing import Literal

from .hooks import Hooks

ScopeKind = Literal["own", "team", "pdu", "region", "trust"]


@dataclass(frozen=True, slots=True)
class Role:
    """A role that staff can be given, and the scopes that it can be given with.

    Args:
        name: the stable name, as in ``londonnet user create --role``.
        label: as people read it.
        summary: one sentence on what it is for.
        scopes: the kinds of scope that make sense for it; the first is the usual one.
    """

    name: str
    label: str
    summary: str
    scopes: tuple[ScopeKind, ...]


@dataclass(frozen=True, slots=True)
class Permission:
    """Something that may be done, and the roles that may do it within their scope.

    Args:
        name: ``<application>.<verb or noun>``.
        label: as an auditor reads it.
        granted_to: names of roles.
        everywhere: the role's scope doesn't narrow it (a staff directory is the same for everybody).
    """

    name: str
    label: str
    granted_to: tuple[str, ...]
    everywhere: bool = False


@dataclass(frozen=True, slots=True)
class AppManifest:
    """One application of the house: ours and other people's alike.

    Args:
        name: the folder's name, and the Django application's label.
        label: as people read it.
        summary: one sentence on what it is for.
        requires: names of the applications that it imports from.
        roles: the roles that it defines.
        permissions: the permissions that it defines.
        urls: dotted path of its URL module, or None.
        hooks: what it adds to the house.
        can_be_switched_off: whether a trust may do without it.
    """

    name: str
    label: str
    summary: str
    requires: tuple[str, ...] = ()
    roles: tuple[Role, ...] = ()
    permissions: tuple[Permission, ...] = ()
    urls: str | None = None
    hooks: Hooks = field(default_factory=Hooks)
    can_be_switched_off: bool = True
