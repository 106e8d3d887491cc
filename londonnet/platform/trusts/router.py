"""Which database a model belongs to: the trusts' registry to the control database, all else to the trust."""

from typing import Any

from django.db.models import Model

CONTROL_APPS = frozenset({"trusts"})


def _alias(app_label: str) -> str:
    return "control" if app_label in CONTROL_APPS else "default"


class TrustRouter:
    """Keeps control tables and a trust's tables apart, in queries and in migrations."""

    def db_for_read(self, model: type[Model], **hints: Any) -> str:
        """The alias to read a model from."""
        return _alias(model._meta.app_label)

    def db_for_write(self, model: type[Model], **hints: Any) -> str:
        """The alias to write a model to."""
        return self.db_for_read(model)

    def allow_relation(self, obj1: Model, obj2: Model, **hints: Any) -> bool:
        """Whether two rows may be joined: never across the two kinds of database."""
        # Asked of the rows and not of their types: request.user is a lazy stand-in for a row.
        return _alias(obj1._meta.app_label) == _alias(obj2._meta.app_label)

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool:
        """Whether an application's tables belong in a database."""
        return (db == "control") == (app_label in CONTROL_APPS)
