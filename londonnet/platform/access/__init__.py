"""Who may do what: users, roles, sign-in, and the one policy."""

from .routes import public, requires, signed_in

__all__ = ["public", "requires", "signed_in"]
