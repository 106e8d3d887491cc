"""Process-wide caches of third-party code, keyed by trust in one place.

Django keeps content types by database alias; with one alias for all trusts that answers with another trust's ids.
"""

from typing import Any

from django.contrib.contenttypes.models import ContentType

from .scope import entered

PerTrust = dict[str, dict[Any, Any]]


class CacheByTrust:
    """Stands in for the plain dict of ``ContentTypeManager``: one inner dict for each trust and alias."""

    def __init__(self) -> None:
        self._kept: dict[tuple[str, str], dict[Any, Any]] = {}

    def __getitem__(self, alias: str) -> dict[Any, Any]:
        return self._kept.setdefault((entered().trust.database, alias), {})

    def setdefault(self, alias: str, default: dict[Any, Any]) -> dict[Any, Any]:
        """The dict of the trust that is entered."""
        return self._kept.setdefault((entered().trust.database, alias), default)

    def clear(self) -> None:
        """Forget all trusts'."""
        self._kept.clear()


def key_caches_by_trust() -> None:
    """Make Django's content types answer for the trust that is entered; called once, when applications are ready."""
    for manager in (ContentType.objects, ContentType._default_manager):
        manager._cache = CacheByTrust()  # type: ignore[attr-defined]  # private to Django


def cache_key(key: str, prefix: str, version: int) -> str:
    """Django's KEY_FUNCTION: a cache key carries the trust, wherever the cache lives."""
    return f"{entered().trust.slug}:{prefix}:{version}:{key}"
