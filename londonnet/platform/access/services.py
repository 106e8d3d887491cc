"""Every change to users: who they are, what they may do, whether they may sign in."""

from collections.abc import Iterable
from typing import Any

from django.db import IntegrityError, transaction

from londonnet.platform.audit import Event, current_actor, record

from . import lock_out, sessions
from .errors import EmailTaken, LastAdministrator, StaffKeyTaken, UserRefused
from .letters import send_link_to
from .models import RoleGrant, User
from .roles import Grant, checked, known
from .tokens import one_time_link

__all__ = [
    "change_user",
    "create_user",
    "deactivate_user",
    "give_role",
    "invite_user",
    "lift_lock",
    "one_time_link",
    "reactivate_user",
    "send_link",
    "take_role",
]

ADMINISTRATOR = "administrator"
GrantTuple = tuple[str, str, str]


@transaction.atomic
def create_user(
    *, email: str, name: str, grants: Iterable[Grant | GrantTuple], staff_key: str = "", password: str | None = None
) -> User:
    """Make a user with their roles.

    Args:
        email: what they sign in with; no two users of a trust share one.
        name: as colleagues read it.
        grants: roles as ``(role, scope kind, scope code)``.
        staff_key: om_key of the practitioner that they are, if any.
        password: None if they set it themselves through ``one_time_link``.

    Raises:
        UserRefused: email or practitioner are taken, or a role doesn't fit its scope.
    """
    given = [known(checked(grant if isinstance(grant, Grant) else Grant(*grant))) for grant in grants]
    user = _saved(User(email=email, name=name.strip(), staff_key=staff_key.strip().upper()), password)
    RoleGrant.objects.bulk_create([_row(user, grant) for grant in given])
    _record(user, "user_added", after={**_facts(user), "grants": [_as_text(grant) for grant in given]})
    return user


@transaction.atomic
def invite_user(*, email: str, name: str, grants: Iterable[Grant | GrantTuple], staff_key: str = "") -> User:
    """Make a user and send them the link under which they set their password.

    Raises:
        UserRefused: as for ``create_user``.
    """
    user = create_user(email=email, name=name, grants=grants, staff_key=staff_key)
    send_link(user=user)
    return user


@transaction.atomic
def change_user(*, user: User, name: str, staff_key: str) -> None:
    """Change a user's name, or which practitioner they are.

    Raises:
        UserRefused: another user is linked to that practitioner.
    """
    before = _facts(user)
    user.name, user.staff_key = name.strip(), staff_key.strip().upper()
    if _facts(user) == before:
        return
    _saved(user)
    _record(user, "user_changed", before=before, after=_facts(user))


@transaction.atomic
def give_role(*, user: User, grant: Grant) -> None:
    """Give a user a role; a role that they have already stays as it is.

    Raises:
        UserRefused: role, scope and code don't fit together, or the user is the one who gives it.
    """
    given = known(checked(grant))
    if current_actor().user_id == user.pk:
        raise UserRefused("Nobody gives a role to themselves. Ask another administrator.", "role")
    _, is_new = RoleGrant.objects.get_or_create(
        user=user, role=given.role, scope_kind=given.scope_kind, scope_code=given.scope_code
    )
    if is_new:
        _record(user, "role_given", after={"grant": _as_text(given)})


@transaction.atomic
def take_role(*, user: User, grant_id: int) -> None:
    """Take a role away; one that is gone already stays gone.

    Raises:
        LastAdministrator: the trust would be left without an administrator.
    """
    row = RoleGrant.objects.filter(user=user, pk=grant_id).first()
    if row is None:
        return
    if row.role == ADMINISTRATOR:
        _keep_an_administrator(user)
    row.delete()
    _record(user, "role_taken", before={"grant": _as_text(Grant(row.role, row.scope_kind, row.scope_code))})


@transaction.atomic
def deactivate_user(*, user: User) -> None:
    """Let a user sign in no more, and end their sessions; what they did stays theirs.

    Raises:
        LastAdministrator: the trust would be left without an administrator.
    """
    if RoleGrant.objects.filter(user=user, role=ADMINISTRATOR).exists():
        _keep_an_administrator(user)
    if User.objects.filter(pk=user.pk, is_active=True).update(is_active=False):
        sessions.end_all(user)
        _record(user, "user_deactivated")


@transaction.atomic
def reactivate_user(*, user: User) -> None:
    """Let a deactivated user sign in again, with the password and roles that they had."""
    if User.objects.filter(pk=user.pk, is_active=False).update(is_active=True):
        _record(user, "user_reactivated")


@transaction.atomic
def lift_lock(*, user: User) -> None:
    """Let somebody who was locked out by wrong passwords try again at once."""
    if lock_out.lift(user.email):
        _record(user, "lock_lifted")


@transaction.atomic
def send_link(*, user: User) -> str:
    """Send a user the link under which they set a password, and answer it.

    Raises:
        UserRefused: they are deactivated.
    """
    if not user.is_active:
        raise UserRefused("A deactivated user can't set a password. Reactivate them first.")
    link = one_time_link(user)
    send_link_to(user, link)
    _record(user, "link_sent")
    return link


def _saved(user: User, password: str | None = None) -> User:
    """Save a user; what the database refuses is said in words."""
    try:
        with transaction.atomic():
            if user.pk is None:
                return User.objects.create_user(
                    email=user.email, name=user.name, staff_key=user.staff_key, password=password
                )
            user.save(update_fields=["name", "staff_key"])
    except IntegrityError as error:
        raise (EmailTaken() if "access_user_email" in str(error) else StaffKeyTaken()) from error
    return user


def _keep_an_administrator(leaving: User) -> None:
    """Refuse to let the last one go; administrators who let each other go at the same moment wait for each other."""
    rows = RoleGrant.objects.select_for_update().filter(role=ADMINISTRATOR).order_by("pk")
    holders = {row.user_id for row in rows}
    if not User.objects.filter(pk__in=holders - {leaving.pk}, is_active=True).exists():
        raise LastAdministrator


def _row(user: User, grant: Grant) -> RoleGrant:
    return RoleGrant(user=user, role=grant.role, scope_kind=grant.scope_kind, scope_code=grant.scope_code)


def _facts(user: User) -> dict[str, Any]:
    return {"name": user.name, "email": user.email, "staff_key": user.staff_key}


def _as_text(grant: Grant) -> str:
    return " ".join(filter(None, (grant.role, grant.scope_kind, grant.scope_code)))


def _record(
    user: User, happened: str, *, before: dict[str, Any] | None = None, after: dict[str, Any] | None = None
) -> None:
    # Their open pages ask again what they may follow.
    topics = (f"live:user:{user.pk}",)
    record(Event(f"access.{happened}", "user", str(user.pk), before=before, after=after, topics=topics))
