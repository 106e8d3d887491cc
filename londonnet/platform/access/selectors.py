"""Every read of users: lists and single ones, in a fixed number of queries."""

from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from operator import or_

from django.db.models import Count, Q
from django.db.models.functions import Lower

from . import lock_out, policy
from .models import RoleGrant, User, UserSession
from .roles import Grant, in_words

PAGE = 50


@dataclass(frozen=True, slots=True)
class UserRow:
    """A line in the list of users."""

    pk: int
    name: str
    email: str
    staff_key: str
    is_active: bool
    has_password: bool
    last_login: datetime | None
    roles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class UsersPage:
    """One page of the list of users, and how many there are."""

    rows: tuple[UserRow, ...]
    page: int
    pages: int
    total: int


@dataclass(frozen=True, slots=True)
class GrantShown:
    """A role that a user has, in words, and the number of its row."""

    pk: int
    words: str


def users_page(words: str = "", page: int = 1) -> UsersPage:
    """Users whose name, email or practitioner key holds the words, by name; three queries."""
    found = User.objects.all()
    for word in words.split():
        found = found.filter(Q(name__icontains=word) | Q(email__icontains=word) | Q(staff_key__iexact=word))
    total = found.aggregate(n=Count("pk"))["n"]
    pages = max(1, -(-total // PAGE))
    shown = min(max(page, 1), pages)
    users = list(found.order_by(Lower("name"), "pk")[(shown - 1) * PAGE : shown * PAGE])
    return UsersPage(_rows(users), shown, pages, total)


def every_user() -> tuple[UserRow, ...]:
    """All users, by name, for the command line; two queries."""
    return _rows(list(User.objects.order_by(Lower("name"), "pk")))


def _rows(users: list[User]) -> tuple[UserRow, ...]:
    roles: dict[int, list[str]] = {user.pk: [] for user in users}
    for grant in RoleGrant.objects.filter(user_id__in=roles).order_by("pk"):
        roles[grant.user_id].append(_words(grant))
    return tuple(
        UserRow(
            pk=user.pk,
            name=user.name,
            email=user.email,
            staff_key=user.staff_key,
            is_active=user.is_active,
            has_password=user.has_usable_password(),
            last_login=user.last_login,
            roles=tuple(roles[user.pk]),
        )
        for user in users
    )


def user_called(pk: int) -> User | None:
    """The user of that number, or None."""
    return User.objects.filter(pk=pk).first()


def user_by_email(email: str) -> User | None:
    """The user with that email address, or None."""
    return User.objects.by_email(email)


def users_with(permission: str, *places: policy.Place) -> list[int]:
    """Numbers of the active users whose reach of a permission covers any of the places; one query.

    Args:
        permission: its name; one of an application that is switched off reaches nobody.
        places: where the record belongs; ``policy.TRUST_WIDE`` for those who reach everything.
    """
    known = policy.permission_called(permission)
    if known is None or not places:
        return []
    grants = RoleGrant.objects.filter(role__in=known.granted_to, user__is_active=True)
    if not known.everywhere:
        grants = grants.filter(reduce(or_, map(_covers, places)))
    return list(grants.order_by("user_id").values_list("user_id", flat=True).distinct())


def nearest_users_with(permission: str, place: policy.Place) -> list[int]:
    """Those who answer for a place most closely: of a team its managers, where it has none those of the PDU, and so on.

    One query.

    Args:
        permission: its name.
        place: where the record belongs; those whose own record it is don't count.
    """
    known = policy.permission_called(permission)
    if known is None:
        return []
    above = policy.Place(team_code=place.team_code, pdu_code=place.pdu_code, region_code=place.region_code)
    grants = RoleGrant.objects.filter(_covers(above), role__in=known.granted_to, user__is_active=True)
    covering = list(grants.order_by("user_id").values_list("scope_kind", "user_id"))
    for kind in ("team", "pdu", "region", "trust"):
        users = list(dict.fromkeys(user for scope, user in covering if scope == kind))
        if users:
            return users
    return []


def user_of_staff_key(om_key: str) -> int | None:
    """The number of the active user who is that practitioner, or None."""
    found = User.objects.filter(staff_key=om_key, is_active=True).exclude(staff_key="")
    return found.values_list("pk", flat=True).first()


def _covers(place: policy.Place) -> Q:
    """Grants that reach a place, as ``Reach.covers`` tells it."""
    covers = Q(scope_kind="trust")
    if place.staff_key:
        covers |= Q(scope_kind="own", user__staff_key=place.staff_key)
    scopes = {"team": place.team_code, "pdu": place.pdu_code, "region": place.region_code}
    for kind, code in scopes.items():
        if code:
            covers |= Q(scope_kind=kind, scope_code=code)
    return covers


def grants_of(user: User) -> tuple[GrantShown, ...]:
    """A user's roles and scopes in words, in the order in which they were given."""
    return tuple(GrantShown(grant.pk, _words(grant)) for grant in user.grants.order_by("pk"))


def sessions_of(user: User) -> tuple[UserSession, ...]:
    """A user's sessions, the last used first."""
    return tuple(user.sessions.order_by("-last_seen_at", "-pk"))


def locked_until(user: User) -> datetime | None:
    """When a user's lock ends, or None if they aren't locked out."""
    return lock_out.locked_until(user.email)


def _words(grant: RoleGrant) -> str:
    return in_words(Grant(grant.role, grant.scope_kind, grant.scope_code))
