"""Drops what a journey's product left on the tests' server: its databases and roles."""

from londonnet.config.environment import ENV
from londonnet.platform.trusts.cluster import admin_connection


def drop_everything(prefix: str) -> None:
    """Drop every database and role of an installation, found by its prefix."""
    like = prefix.replace("_", "\\_") + "\\_%"
    with admin_connection() as admin:
        names = "SELECT datname FROM pg_database WHERE datname LIKE %s"
        for (database,) in admin.execute(names, [like]).fetchall():
            admin.execute(f'DROP DATABASE "{database}" WITH (FORCE)')
        for (role,) in admin.execute("SELECT rolname FROM pg_roles WHERE rolname LIKE %s", [like]).fetchall():
            admin.execute(f'DROP ROLE IF EXISTS "{role}"')


if __name__ == "__main__":
    drop_everything(ENV.database_prefix)
