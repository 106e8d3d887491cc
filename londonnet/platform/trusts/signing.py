"""Signed values carry the trust: what is signed for one means nothing to another."""

import hashlib
import hmac
from typing import Any

from .scope import current_trust


class TrustSecretKey(str):
    """Django's SECRET_KEY, a different one in each trust, worked out from the installation's secret.

    Django reads the setting whenever it signs or checks (cookies, reset links, form tokens, ``signing.dumps``) and
    turns it into bytes through ``str()`` or ``encode()``; both answer with the key of the trust that is entered.

    Raises:
        NoTrustEntered: something is signed or checked with no trust entered.
    """

    __slots__ = ()

    def __str__(self) -> str:
        secret = super().__str__()
        return hmac.new(secret.encode(), f"trust:{current_trust().slug}".encode(), hashlib.sha256).hexdigest()

    def encode(self, *args: Any, **kwargs: Any) -> bytes:
        """The key of the trust that is entered, in bytes."""
        return str(self).encode(*args, **kwargs)
