"""Programs that call the API, for tests."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.test import Client
from django.utils import timezone

from londonnet.platform.access.models import User
from londonnet.platform.api.models import ApiToken
from londonnet.platform.api.tokens import digest_of, new_secret
from londonnet.platform.trusts import Trust, trust_scope


def token_for(trust: Trust, user: User, scopes: Iterable[str] = ("workload:read",), **others: Any) -> str:
    """A secret that opens the API for a user, whatever their permissions."""
    secret = new_secret()
    given = {"name": f"Test {secret[-6:]}", "expires_at": timezone.now() + timedelta(days=1), **others}
    with trust_scope(trust):
        ApiToken.objects.create(user=user, digest=digest_of(secret), scopes=list(scopes), **given)
    return secret


def program(trust: Trust, secret: str = "") -> Client:
    """A program on a trust's hostname that sends a token, as strict about form tokens as a real server is."""
    host = "localhost" if trust.is_default else f"{trust.slug}.localhost"
    sent = {"host": host, **({"authorization": f"Bearer {secret}"} if secret else {})}
    return Client(headers=sent, raise_request_exception=False, enforce_csrf_checks=True)
