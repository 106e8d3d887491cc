"""May this user do this to this record? Asked here and nowhere else: by views, search, exports and live topics."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from londonnet.platform.errors import NotAllowed
from londonnet.platform.registry import Permission, enabled

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from .models import RoleGrant, User


@dataclass(frozen=True, slots=True)
class Place:
    """Where a record belongs in the organisation; what isn't known or doesn't apply is empty."""

    staff_key: str = ""
    team_code: str = ""
    pdu_code: str = ""
    region_code: str = ""


TRUST_WIDE = Place()


@dataclass(frozen=True, slots=True)
class Reach:
    """How far a permission carries a user: everything, or what belongs to some staff, teams, PDUs and regions."""

    everything: bool = False
    staff_keys: frozenset[str] = frozenset()
    team_codes: frozenset[str] = frozenset()
    pdu_codes: frozenset[str] = frozenset()
    region_codes: frozenset[str] = frozenset()

    @property
    def is_empty(self) -> bool:
        """Whether it reaches nothing at all."""
        return not (self.everything or self.staff_keys or self.team_codes or self.pdu_codes or self.region_codes)

    def covers(self, place: Place) -> bool:
        """Whether a record of that place is within reach."""
        return self.everything or any(
            code and code in codes
            for code, codes in (
                (place.staff_key, self.staff_keys),
                (place.team_code, self.team_codes),
                (place.pdu_code, self.pdu_codes),
                (place.region_code, self.region_codes),
            )
        )


NOTHING = Reach()
EVERYTHING = Reach(everything=True)


def reach(user: User | AnonymousUser, permission: str) -> Reach:
    """How far a permission carries a user. One query for each user object, however often it is asked."""
    known = permission_called(permission)
    if known is None or not user.is_authenticated or not user.is_active or not _lets_in(user.narrowed_to, permission):
        return NOTHING
    grants = [grant for grant in _grants(user) if grant.role in known.granted_to]
    if grants and known.everywhere:
        return EVERYTHING
    return _joined(grants, user.staff_key)


def may(user: User | AnonymousUser, permission: str, place: Place | None = None) -> bool:
    """Whether a user may do something to a record of that place; with no place, whether to any at all."""
    reached = reach(user, permission)
    return not reached.is_empty if place is None else reached.covers(place)


def require(user: User | AnonymousUser, permission: str, place: Place | None = None) -> None:
    """Stop here unless the user may.

    Raises:
        NotAllowed: they may not; shown as a page not found, so that it doesn't tell what exists.
    """
    if not may(user, permission, place):
        raise NotAllowed


def permission_called(name: str) -> Permission | None:
    """The permission of that name, if its application is switched on for this trust; else None."""
    named = {permission.name: permission for manifest in enabled() for permission in manifest.permissions}
    return named.get(name)


def note_grants(user: User, grants: Iterable[RoleGrant]) -> None:
    """Say what a user object's grants are, where they have been read with it."""
    user._grants_read = list(grants)  # type: ignore[attr-defined]  # kept with the object, so for one request


def _lets_in(narrowed_to: frozenset[str] | None, permission: str) -> bool:
    """Whether the token that acts for a user, if one does, was made for the permission's application."""
    return narrowed_to is None or permission.partition(".")[0] in narrowed_to


def _grants(user: Any) -> Iterable[RoleGrant]:
    """The user's grants, read once for each user object (so once a request)."""
    if not hasattr(user, "_grants_read"):
        user._grants_read = list(user.grants.all())
    return user._grants_read  # type: ignore[no-any-return]


def _joined(grants: Iterable[RoleGrant], staff_key: str) -> Reach:
    codes: dict[str, set[str]] = {"team": set(), "pdu": set(), "region": set(), "own": set(), "trust": set()}
    for grant in grants:
        codes[grant.scope_kind].add(grant.scope_code if grant.scope_code else staff_key)
    return Reach(
        everything=bool(codes["trust"]),
        staff_keys=frozenset(codes["own"] - {""}),
        team_codes=frozenset(codes["team"]),
        pdu_codes=frozenset(codes["pdu"]),
        region_codes=frozenset(codes["region"]),
    )
