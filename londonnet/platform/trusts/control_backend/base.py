"""Django's own PostgreSQL backend for the control database, its server found when it is first needed."""

from contextvars import ContextVar
from typing import Any

from django.db.backends.postgresql import base

from londonnet.platform.trusts.cluster import admin_params, control_params
from londonnet.platform.trusts.naming import control_database

as_owner: ContextVar[bool] = ContextVar("control_as_owner", default=False)


class DatabaseWrapper(base.DatabaseWrapper):
    """The connection to the control database, as its reader or, for migrations, as its owner."""

    def get_connection_params(self) -> dict[str, Any]:
        """Django's own parameters, with the server and the login of the control database."""
        own = admin_params(control_database(), as_owner=True) if as_owner.get() else control_params()
        return {**super().get_connection_params(), **own}
