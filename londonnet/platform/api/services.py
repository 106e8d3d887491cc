"""Every change to tokens: made, revoked, refused."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from londonnet.platform.access.models import User
from londonnet.platform.audit import Event, record

from . import limits, tokens
from .errors import TokenNotMade, TokenRefused, TooManyWrongTokens
from .models import ApiToken
from .scopes import scopes_for

LONGEST_DAYS = 365


@transaction.atomic
def make_token(*, user: User, name: str, scopes: Iterable[str], days: int) -> tuple[ApiToken, str]:
    """Make a token, and answer it with its secret, which can't be had again.

    Args:
        user: for whom it acts.
        name: what it is for, as its owner calls it; once a user among those not revoked.
        scopes: what it may do, such as ``workload:read``; no more than the user themselves may.
        days: how long it lasts, 365 at most.

    Raises:
        TokenNotMade: a name, scope or length isn't as it should be.
    """
    wanted = _checked(user, name, scopes, days)
    secret = tokens.new_secret()
    token = ApiToken(
        user=user,
        name=name.strip(),
        digest=tokens.digest_of(secret),
        scopes=wanted,
        expires_at=timezone.now() + timedelta(days=days),
    )
    try:
        with transaction.atomic():
            token.save()
    except IntegrityError as error:
        message = "There is a token of this name already. Choose another name, or revoke that one first."
        raise TokenNotMade(message, "name") from error
    _record(token, "made", after=_facts(token))
    return token, secret


@transaction.atomic
def revoke_token(*, token: ApiToken) -> None:
    """Have a token open nothing from now on; one that is revoked already stays so."""
    if ApiToken.objects.filter(pk=token.pk, revoked_at=None).update(revoked_at=timezone.now()):
        _record(token, "revoked", before=_facts(token))


@transaction.atomic
def note_refusal(*, refusal: TokenRefused) -> None:
    """Write a refused token to the trail, without what was sent.

    Raises:
        TooManyWrongTokens: it has come so often that it isn't written down any more.
    """
    which = str(refusal.token_id or "unknown")
    if limits.counted(which) > limits.ALLOWED:
        raise TooManyWrongTokens
    record(Event("api.token_refused", "token", which, after={"reason": refusal.reason}))


def _checked(user: User, name: str, scopes: Iterable[str], days: int) -> list[str]:
    wanted = sorted(set(scopes))
    offered = {scope.name for scope in scopes_for(user)}
    if not name.strip() or len(name.strip()) > 60:
        raise TokenNotMade("Enter a name of 60 characters at most that says what the token is for.", "name")
    if not wanted:
        raise TokenNotMade("Choose what the token may do.", "scopes")
    if unknown := [scope for scope in wanted if scope not in offered]:
        raise TokenNotMade(f"This user may not do {', '.join(unknown)}, so no token can for them.", "scopes")
    if not 1 <= days <= LONGEST_DAYS:
        raise TokenNotMade("A token lasts from 1 to 365 days.", "days")
    return wanted


def _facts(token: ApiToken) -> dict[str, Any]:
    return {
        "name": token.name,
        "user_id": token.user_id,
        "scopes": token.scopes,
        "expires": token.expires_at.date().isoformat(),
    }


def _record(
    token: ApiToken, happened: str, *, before: dict[str, Any] | None = None, after: dict[str, Any] | None = None
) -> None:
    record(Event(f"api.token_{happened}", "token", str(token.pk), before=before, after=after))
