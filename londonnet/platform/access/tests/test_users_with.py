"""Who reaches a place with a permission: the same answer as asking the policy about each user."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest

from londonnet.platform.access import policy, selectors
from londonnet.platform.access.models import User
from londonnet.platform.access.policy import TRUST_WIDE, Place
from londonnet.platform.trusts import Trust

PLACES = (
    TRUST_WIDE,
    Place(staff_key="N07A001", team_code="N07T01", pdu_code="N07P1", region_code="N07"),
    Place(staff_key="N07A002", team_code="N07T02", pdu_code="N07P1", region_code="N07"),
    Place(team_code="N07T01"),
    Place(region_code="N07"),
    Place(staff_key="N07A001"),
)


@pytest.fixture
def everybody(
    in_alpha: Trust, make_user: Callable[..., User], alice: User, bob: User, charlie: User, head: User, hr: User
) -> list[User]:
    pdu = make_user(
        in_alpha, "pdu@example.org", ("head_of_service", "pdu", "N07P1"), ("team_manager", "team", "N07T01")
    )
    region = make_user(in_alpha, "r@example.org", ("head_of_service", "region", "N07"))
    keyless = make_user(in_alpha, "keyless@example.org", ("practitioner", "own", ""))
    left = make_user(in_alpha, "left@example.org", ("head_of_service", "trust", ""))
    User.objects.filter(pk=left.pk).update(is_active=False)
    nobody = make_user(in_alpha, "nobody@example.org")
    return [alice, bob, charlie, head, hr, pdu, region, keyless, User.objects.get(pk=left.pk), nobody]


@pytest.mark.parametrize("permission", ["workload.view", "workload.hours", "national.load", "access.users", "no.such"])
@pytest.mark.parametrize("place", PLACES)
def test_those_who_reach_a_place_are_those_whom_the_policy_lets(
    everybody: list[User], permission: str, place: Place
) -> None:
    expected = [user.pk for user in everybody if policy.may(user, permission, place)]
    assert selectors.users_with(permission, place) == sorted(expected)


def test_several_places_are_asked_at_once_in_one_query(
    everybody: list[User], alice: User, bob: User, count_queries: Callable[[], AbstractContextManager[Any]]
) -> None:
    with count_queries() as counted:
        found = selectors.users_with("workload.view", PLACES[1], PLACES[2])
    assert counted.count == 1
    expected = {user.pk for user in everybody for place in PLACES[1:3] if policy.may(user, "workload.view", place)}
    assert set(found) == expected > {alice.pk, bob.pk}


def test_a_practitioner_is_found_by_their_key_while_they_may_sign_in(in_alpha: Trust, alice: User, bob: User) -> None:
    assert selectors.user_of_staff_key("N07A001") == alice.pk
    assert selectors.user_of_staff_key("N07A009") is None
    assert selectors.user_of_staff_key("") is None
    User.objects.filter(pk=alice.pk).update(is_active=False)
    assert selectors.user_of_staff_key("N07A001") is None
