"""Wrong tokens, counted: a program that keeps sending one is told to stop, and doesn't fill the trail.

A right token is never held up by wrong ones: it is looked up first. Guessing is hopeless at 256 bits; what is limited
is noise.
"""

from typing import Final

from django.core.cache import cache

ALLOWED: Final = 20
QUIET_SECONDS: Final = 15 * 60


def counted(what: str) -> int:
    """Count one more of these; the count begins again after a quarter of an hour without any.

    Args:
        what: the number of a token that is known, or ``unknown``.
    """
    key = f"api.wrong_token.{what}"
    count = int(cache.get(key, 0)) + 1
    cache.set(key, count, QUIET_SECONDS)
    return count
