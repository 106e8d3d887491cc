"""Whose session a cookie names."""

from importlib import import_module

from django.conf import settings
from django.contrib.auth import get_user
from django.http import HttpRequest
from django.utils import timezone

from londonnet.platform.access.models import User
from londonnet.platform.access.sessions import is_over


def session_user(session_key: str) -> User | None:
    """The active user who is signed in by a session of the trust that is entered, or None.

    A session that has been idle or has lasted too long is nobody's; so is one that another trust gave out. Asking
    isn't activity.
    """
    request = HttpRequest()
    request.session = import_module(settings.SESSION_ENGINE).SessionStore(session_key)
    user = get_user(request)
    if not user.is_authenticated or is_over(request.session, timezone.now()):
        return None
    return user
