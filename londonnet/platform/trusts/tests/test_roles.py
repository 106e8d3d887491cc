"""What the database itself refuses, whatever the code does."""

import psycopg
import pytest
from django.db import ProgrammingError, connection

from londonnet.platform.trusts import Trust, trust_scope
from londonnet.platform.trusts.cluster import admin_connection, trust_params
from londonnet.platform.trusts.naming import walled_role


def test_runtime_makes_no_tables(in_alpha: Trust) -> None:
    with connection.cursor() as cursor, pytest.raises(ProgrammingError, match="permission denied"):
        cursor.execute("CREATE TABLE sneaked (id int)")


def test_runtime_cannot_empty_tables(in_alpha: Trust) -> None:
    with connection.cursor() as cursor, pytest.raises(ProgrammingError, match="permission denied"):
        cursor.execute("TRUNCATE organisation_region CASCADE")


def test_runtime_cannot_rewrite_which_migrations_are_applied(in_alpha: Trust) -> None:
    with connection.cursor() as cursor, pytest.raises(ProgrammingError, match="permission denied"):
        cursor.execute("DELETE FROM django_migrations")


def test_a_trusts_login_cannot_connect_to_another_trusts_database(fresh_trust: Trust, installation: object) -> None:
    params = trust_params(fresh_trust) | {"dbname": fresh_trust.database.replace(fresh_trust.slug, "alpha")}
    with pytest.raises(psycopg.OperationalError, match="permission denied for database"):
        psycopg.connect(**params)


def test_behind_the_wall_nothing_is_read(fresh_trust: Trust) -> None:
    with admin_connection(fresh_trust.database) as admin:
        admin.execute("CREATE TABLE walled_thing (id int)")
        admin.execute(f'GRANT SELECT ON walled_thing TO "{walled_role()}"')
    with psycopg.connect(**trust_params(fresh_trust), autocommit=True) as login:
        for statement in ("SELECT 1 FROM walled_thing", f'SET ROLE "{walled_role()}"'):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                login.execute(statement)


def test_a_login_works_as_runtime_and_inherits_nothing(fresh_trust: Trust) -> None:
    with psycopg.connect(**trust_params(fresh_trust), autocommit=True) as login:
        row = login.execute("SELECT session_user, current_user, rolinherit FROM pg_roles WHERE rolname = session_user")
        runtime = fresh_trust.login.replace(f"login_{fresh_trust.slug}", "runtime")
        assert row.fetchone() == (fresh_trust.login, runtime, False)
        login.execute("SET ROLE NONE")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            login.execute("SELECT 1 FROM public.organisation_region")


def test_a_copy_has_the_templates_owner_and_runtime_can_use_it(fresh_trust: Trust) -> None:
    with admin_connection(fresh_trust.database) as admin:
        owners = admin.execute("SELECT DISTINCT tableowner FROM pg_tables WHERE schemaname = 'public'").fetchall()
    assert [owner for (owner,) in owners] == [fresh_trust.login.replace(f"login_{fresh_trust.slug}", "owner")]
    with trust_scope(fresh_trust), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM organisation_region")
        assert cursor.fetchone() == (0,)
