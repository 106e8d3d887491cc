"""Every read of tokens."""

from londonnet.platform.access.models import User

from .models import ApiToken


def tokens_of(user: User | None = None) -> tuple[ApiToken, ...]:
    """The tokens of a user, or of everybody, that aren't revoked; the newest first. One query."""
    found = ApiToken.objects.select_related("user").filter(revoked_at=None)
    return tuple((found.filter(user=user) if user else found).order_by("-created_at", "-pk"))


def token_of(number: int, user: User | None = None) -> ApiToken | None:
    """The token of that number, if it is that user's (of anybody, where none is given)."""
    found = ApiToken.objects.filter(pk=number)
    return (found.filter(user=user) if user else found).first()
