"""What a token looks like, and whose it is."""

import secrets
from datetime import datetime, timedelta
from typing import Final

from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac

from .errors import TokenRefused
from .models import ApiToken

PREFIX: Final = "ln_"
WRITTEN_EVERY: Final = timedelta(hours=1)


def new_secret() -> str:
    """A secret that nobody can guess: 256 bits behind a prefix by which scanners for leaked secrets know it."""
    return PREFIX + secrets.token_urlsafe(32)


def digest_of(secret: str) -> str:
    """What stands for a secret in the database: keyed by the trust, so that it means nothing in another."""
    return salted_hmac("londonnet.api.token", secret, algorithm="sha256").hexdigest()


def sent_secret(request: HttpRequest) -> str | None:
    """The secret in a request's ``Authorization: Bearer``; None without one."""
    kind, _, secret = request.headers.get("Authorization", "").partition(" ")
    return secret.strip() if kind.lower() == "bearer" else None


def recognised(secret: str, *, now: datetime | None = None) -> ApiToken:
    """The token with that secret, with its user, if it opens anything. One query; at most once an hour a second one.

    Raises:
        TokenRefused: nobody's in this trust, revoked, too old, or its user is deactivated.
    """
    moment = now or timezone.now()
    token = ApiToken.objects.select_related("user").filter(digest=digest_of(secret)).first()
    if token is None:
        raise TokenRefused("unknown")
    if reason := _why_not(token, moment):
        raise TokenRefused(reason, token.pk)
    if token.last_used_at is None or moment - token.last_used_at >= WRITTEN_EVERY:
        ApiToken.objects.filter(pk=token.pk).update(last_used_at=moment)
    return token


def _why_not(token: ApiToken, moment: datetime) -> str:
    if token.revoked_at is not None:
        return "revoked"
    if token.expires_at <= moment:
        return "expired"
    return "" if token.user.is_active else "deactivated"
