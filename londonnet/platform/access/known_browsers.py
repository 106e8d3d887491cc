"""Which accounts a browser has signed in to before: a signed cookie, good in its own trust only."""

import secrets

from django.core import signing
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from londonnet.config.environment import ENV

from .models import User

COOKIE = "londonnet_browser"
KEPT_SECONDS = 180 * 24 * 3600
MOST_USERS = 20  # on a shared computer; a cookie has to stay small
_SALT = "londonnet.access.known_browser"


def nonce(request: HttpRequest, user: User | None) -> str:
    """What tells this browser apart from others that have signed in to that account; empty if it never has."""
    return _read(request).get(str(user.pk), "") if user else ""


def remember(request: HttpRequest, response: HttpResponseBase, user: User) -> None:
    """Mark the browser as one that has signed in to that account (or has opened a link sent to its address)."""
    known = _read(request)
    own = known.pop(str(user.pk), "") or secrets.token_hex(16)
    kept = dict(list(known.items())[-(MOST_USERS - 1) :]) | {str(user.pk): own}
    response.set_cookie(
        COOKIE,
        signing.dumps(kept, salt=_SALT, compress=True),
        max_age=KEPT_SECONDS,
        secure=ENV.https,
        httponly=True,
        samesite="Lax",
    )


def _read(request: HttpRequest) -> dict[str, str]:
    """The nonces by user; nothing if the cookie is missing, old, changed, or another trust's."""
    try:
        found = signing.loads(request.COOKIES.get(COOKIE, ""), salt=_SALT, max_age=KEPT_SECONDS)
    except signing.BadSignature:
        return {}
    return {str(user): str(value) for user, value in found.items()}
