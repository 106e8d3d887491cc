"""Making an installation and its trusts: roles, the control database, the template, and copies of it."""

from psycopg import Connection, sql

from londonnet.platform.errors import LondonNetError

from . import migrating, registry
from .cluster import admin_connection
from .models import TrustRecord
from .naming import (
    checked_slug,
    control_database,
    control_login,
    login_password,
    owner_role,
    runtime_role,
    template_database,
    trust_database,
    trust_login,
    walled_role,
)
from .pools import POOLS
from .trust import Trust

EXTENSIONS = ("pg_trgm", "unaccent", "btree_gist")
_INSTALLATION_LOCK = 0x10DE7  # one process at a time prepares an installation


class TrustExists(LondonNetError):
    """A trust of that slug is there already."""

    def __init__(self, slug: str) -> None:
        super().__init__(f"There is a trust called {slug!r} already. Choose another name.", "trust-exists")


def prepare_installation() -> None:
    """Make or bring up to date the roles, the control database, the template and every trust. Safe to repeat."""
    with admin_connection() as admin:
        admin.execute("SELECT pg_advisory_lock(%s)", [_INSTALLATION_LOCK])
        _make_roles(admin)
        for database in (control_database(), template_database()):
            if not _exists(admin, database):
                _make_database(admin, database)
                _prepare_database(database)
        _let_in(admin, control_database(), control_login())
        migrating.migrate_control()
        migrating.migrate_trust(template_trust())
        for trust in registry.all_trusts():
            migrating.migrate_trust(trust)


def template_trust() -> Trust:
    """The template, entered like a trust by migrations and checks, as the owner."""
    return Trust(slug="template", name="Template", database=template_database(), login=owner_role())


def create_trust(*, slug: str, name: str, is_default: bool = False) -> Trust:
    """Make a trust: a login, a copy of the template, and a row in the registry.

    Args:
        slug: its short name, as it will stand in hostnames.
        name: its name as people read it.
        is_default: whether it answers on the bare base domain; the first trust always does.

    Raises:
        TrustExists: there is one of that slug.
        LondonNetError: the slug can't name a trust.
    """
    trust = Trust(checked_slug(slug), name, trust_database(slug), trust_login(slug), is_default=is_default)
    records = TrustRecord.objects.using("control")
    if records.filter(slug=slug).exists():
        raise TrustExists(slug)
    with admin_connection() as admin:
        _make_login(admin, trust.login, runtime_role())
        _copy_template(admin, trust.database)
        _let_in(admin, trust.database, trust.login)
        _allow_temporary_tables(admin, trust.database)
    _register(trust)
    registry.forget()
    return registry.by_slug(slug)


def drop_trust(slug: str) -> None:
    """Delete a trust whole: its database, its login and its row in the registry.

    Raises:
        UnknownTrust: there is none of that slug.
    """
    trust = registry.by_slug(slug)
    POOLS.close(trust.database)
    migrating.as_control_owner(lambda: TrustRecord.objects.using("control").filter(slug=slug).delete())
    with admin_connection() as admin:
        admin.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(trust.database)))
        admin.execute(sql.SQL("DROP ROLE IF EXISTS {}").format(sql.Identifier(trust.login)))
    registry.forget()


def _register(trust: Trust) -> None:
    def write() -> None:
        records = TrustRecord.objects.using("control")
        first = not records.exists()
        records.create(
            slug=trust.slug,
            name=trust.name,
            database=trust.database,
            login=trust.login,
            is_default=trust.is_default or first,
        )

    migrating.as_control_owner(write)


def _make_roles(admin: "Connection[tuple[object, ...]]") -> None:
    for role in (owner_role(), runtime_role(), walled_role()):
        if not _role_exists(admin, role):
            # The owner inherits: as a database's owner it holds pg_database_owner, and through it the schema.
            admin.execute(sql.SQL("CREATE ROLE {} NOLOGIN").format(sql.Identifier(role)))
    admin.execute(sql.SQL("GRANT {} TO CURRENT_USER").format(sql.Identifier(owner_role())))
    _make_login(admin, control_login(), None)


def _make_login(admin: "Connection[tuple[object, ...]]", login: str, takes: str | None) -> None:
    """A login role with the password that this installation works out for it; NOINHERIT: it must SET ROLE."""
    verb = "ALTER" if _role_exists(admin, login) else "CREATE"
    admin.execute(
        sql.SQL("{} ROLE {} LOGIN NOINHERIT PASSWORD {}").format(
            sql.SQL(verb), sql.Identifier(login), sql.Literal(login_password(login))
        )
    )
    if takes:
        admin.execute(sql.SQL("GRANT {} TO {}").format(sql.Identifier(takes), sql.Identifier(login)))


def _make_database(admin: "Connection[tuple[object, ...]]", name: str) -> None:
    admin.execute(
        sql.SQL("CREATE DATABASE {} OWNER {} TEMPLATE template0 ENCODING 'UTF8'").format(
            sql.Identifier(name), sql.Identifier(owner_role())
        )
    )
    admin.execute(sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(sql.Identifier(name)))


def _copy_template(admin: "Connection[tuple[object, ...]]", name: str) -> None:
    admin.execute(
        sql.SQL("CREATE DATABASE {} OWNER {} TEMPLATE {}").format(
            sql.Identifier(name), sql.Identifier(owner_role()), sql.Identifier(template_database())
        )
    )
    admin.execute(sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(sql.Identifier(name)))


def _let_in(admin: "Connection[tuple[object, ...]]", database: str, login: str) -> None:
    admin.execute(sql.SQL("GRANT CONNECT ON DATABASE {} TO {}").format(sql.Identifier(database), sql.Identifier(login)))


def _prepare_database(database: str) -> None:
    """Extensions, and what runtime may do with every table that the owner will make."""
    runtime = sql.Identifier(control_login() if database == control_database() else runtime_role())
    rights = sql.SQL("SELECT" if database == control_database() else "SELECT, INSERT, UPDATE, DELETE")
    with admin_connection(database) as inside:
        inside.execute(sql.SQL("SET ROLE {}").format(sql.Identifier(owner_role())))
        for extension in EXTENSIONS:
            inside.execute(sql.SQL("CREATE EXTENSION IF NOT EXISTS {}").format(sql.Identifier(extension)))
        inside.execute("REVOKE ALL ON SCHEMA public FROM PUBLIC")
        inside.execute(sql.SQL("GRANT USAGE ON SCHEMA public TO {}").format(runtime))
        inside.execute(sql.SQL("ALTER DEFAULT PRIVILEGES GRANT {} ON TABLES TO {}").format(rights, runtime))
        inside.execute(sql.SQL("ALTER DEFAULT PRIVILEGES GRANT USAGE ON SEQUENCES TO {}").format(runtime))
        if database == template_database():
            inside.execute(sql.SQL("GRANT USAGE ON SCHEMA public TO {}").format(sql.Identifier(walled_role())))


def _allow_temporary_tables(admin: "Connection[tuple[object, ...]]", database: str) -> None:
    """Loads sort their rows out in temporary tables."""
    admin.execute(
        sql.SQL("GRANT TEMPORARY ON DATABASE {} TO {}").format(sql.Identifier(database), sql.Identifier(runtime_role()))
    )


def _exists(admin: "Connection[tuple[object, ...]]", database: str) -> bool:
    return admin.execute("SELECT 1 FROM pg_database WHERE datname = %s", [database]).fetchone() is not None


def _role_exists(admin: "Connection[tuple[object, ...]]", role: str) -> bool:
    return admin.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role]).fetchone() is not None
