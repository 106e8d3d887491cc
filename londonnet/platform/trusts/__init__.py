"""A trust is a database: who the trusts are, and the one way into one of them."""

from .scope import NoTrustEntered, ScopeNested, WrongTrust, current_trust, trust_or_none, trust_scope
from .trust import Trust

__all__ = ["NoTrustEntered", "ScopeNested", "Trust", "WrongTrust", "current_trust", "trust_or_none", "trust_scope"]
