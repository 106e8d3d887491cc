"""The kit that tests stand on: a trust's connection is held for the length of a test, and all is rolled back."""

import pytest
from django.db import connection, transaction
from django.db.utils import IntegrityError

from londonnet.platform.access.models import User
from londonnet.platform.trusts import Trust, testkit, trust_scope


def _there(email: str) -> bool:
    return User.objects.filter(email=email).exists()


def test_what_a_test_writes_outlives_its_scopes_and_not_the_test(fresh_trust: Trust) -> None:
    with testkit.held_connections():
        with trust_scope(fresh_trust), transaction.atomic():
            User.objects.create_user(email="held@example.org", name="Held")
        with trust_scope(fresh_trust):
            assert _there("held@example.org")
    with trust_scope(fresh_trust):
        assert not _there("held@example.org")


def test_what_a_block_rolls_back_is_rolled_back_within_the_test(fresh_trust: Trust) -> None:
    with testkit.held_connections():
        with trust_scope(fresh_trust):
            with pytest.raises(IntegrityError), transaction.atomic():
                User.objects.create_user(email="twice@example.org", name="One")
                User.objects.create_user(email="TWICE@example.org", name="Two")
            User.objects.create_user(email="kept@example.org", name="Kept")
        with trust_scope(fresh_trust):
            assert (_there("twice@example.org"), _there("kept@example.org")) == (False, True)


def test_it_is_one_connection_for_each_trust_however_often_it_is_entered(fresh_trust: Trust) -> None:
    with testkit.held_connections():
        backends = set()
        for _ in range(3):
            with trust_scope(fresh_trust), connection.cursor() as cursor:
                cursor.execute("SELECT pg_backend_pid()")
                backends.add(cursor.fetchone())
        assert len(backends) == 1


def test_a_clone_is_gone_when_its_test_is_over(installation: testkit.Installation) -> None:
    from londonnet.platform.trusts.cluster import admin_connection

    with testkit.clone() as trust:
        pass
    with admin_connection() as admin:
        left = admin.execute(
            "SELECT (SELECT count(*) FROM pg_database WHERE datname = %s),"
            " (SELECT count(*) FROM pg_roles WHERE rolname = %s)",
            [trust.database, trust.login],
        ).fetchone()
    assert left == (0, 0)
