"""The control: with the guard taken out, what the guard prevents does happen. If not, the guard guards nothing."""

from typing import Any

import pytest
from django.db import connections

from londonnet.platform.access.models import User
from londonnet.platform.trusts import Trust, WrongTrust, scope, testkit, trust_scope
from londonnet.platform.trusts.backend.base import DatabaseWrapper


class Unguarded(DatabaseWrapper):
    """The product's wrapper with its guard taken out; it forgets to give its connection back as well."""

    def guard(self) -> None:
        """Refuse nothing."""

    def give_back(self) -> None:
        """Keep the connection."""


def _count_elsewhere(wrapper: DatabaseWrapper, first: Trust, second: Trust) -> int:
    """Write a user in the first trust, and count them under the second with the same wrapper."""
    product = connections["default"]
    connections["default"] = wrapper
    try:
        with trust_scope(first):
            User.objects.create_user(email="walled@example.org", name="Walled")
        with trust_scope(second):
            return User.objects.filter(email="walled@example.org").count()
    finally:
        connections["default"] = product
        _drop_connection(wrapper, first)


def _drop_connection(wrapper: DatabaseWrapper, first: Trust) -> None:
    with trust_scope(first):
        DatabaseWrapper.give_back(wrapper)


@pytest.fixture
def other_trust(installation: testkit.Installation) -> Any:
    with testkit.clone() as trust:
        yield trust


def _wrapper(kind: type[DatabaseWrapper]) -> DatabaseWrapper:
    return kind(connections["default"].settings_dict, alias="default")


def test_without_the_guard_a_row_is_read_across_trusts(fresh_trust: Trust, other_trust: Trust) -> None:
    assert _count_elsewhere(_wrapper(Unguarded), fresh_trust, other_trust) == 1


class Forgetful(DatabaseWrapper):
    """Guarded, but it keeps its connection as the unguarded one does: the guard alone must hold."""

    def give_back(self) -> None:
        """Keep the connection."""


def test_with_the_guard_the_same_is_refused(fresh_trust: Trust, other_trust: Trust) -> None:
    with pytest.raises(WrongTrust):
        _count_elsewhere(_wrapper(Forgetful), fresh_trust, other_trust)


def test_the_product_gives_the_connection_back_and_reads_its_own_trust(fresh_trust: Trust, other_trust: Trust) -> None:
    assert _count_elsewhere(_wrapper(DatabaseWrapper), fresh_trust, other_trust) == 0
    assert scope.trust_or_none() is None
