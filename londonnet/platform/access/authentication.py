"""Signing in with an email address and a password."""

from typing import Any

from django.contrib.auth.backends import BaseBackend
from django.contrib.auth.hashers import make_password
from django.http import HttpRequest

from .models import User


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
        """The user of a session; None ends the sessions of those who were deactivated."""
        return User.objects.filter(pk=user_id, is_active=True).first()
