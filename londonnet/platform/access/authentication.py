"""Signing in with an email address and a password."""

from typing import Any

from django.contrib.auth.backends import BaseBackend
from django.contrib.auth.hashers import make_password
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.db.models.functions import JSONObject
from django.http import HttpRequest

from . import policy
from .models import RoleGrant, User

_GRANTS = ArraySubquery(
    RoleGrant.objects.filter(user=OuterRef("pk")).values(
        grant=JSONObject(role="role", scope_kind="scope_kind", scope_code="scope_code")
    )
)


class EmailBackend(BaseBackend):
    """Finds users by email address; takes as long for an unknown address as for a wrong password."""

    def authenticate(
        self, request: HttpRequest | None, email: str = "", password: str = "", **others: Any
    ) -> User | None:
        """The active user with that address and password, or None."""
        if not email or not password:
            return None
        user = User.objects.by_email(email)
        if user is None:
            make_password(password)  # the same work as checking one
            return None
        return user if user.check_password(password) and user.is_active else None

    def get_user(self, user_id: int) -> User | None:
        """The user of a session, with their grants, in one query; None ends the sessions of those deactivated."""
        user = User.objects.filter(pk=user_id, is_active=True).annotate(given=_GRANTS).first()
        if user is not None:
            policy.note_grants(user, [RoleGrant(user=user, **grant) for grant in user.given])
        return user
