from collections.abc import Callable

import pytest

from londonnet.platform.access.errors import UserRefused
from londonnet.platform.access.models import User
from londonnet.platform.access.policy import Place, may, reach, require
from londonnet.platform.access.roles import Grant, all_roles, checked, in_words, worked_out
from londonnet.platform.access.services import give_role
from londonnet.platform.audit import Actor, acting_as
from londonnet.platform.errors import NotAllowed
from londonnet.platform.trusts import Trust


@pytest.mark.parametrize(
    ("role", "code", "grant"),
    [
        ("practitioner", "", Grant("practitioner", "own")),
        ("team_manager", "n07t01", Grant("team_manager", "team", "N07T01")),
        ("administrator", "", Grant("administrator", "trust")),
        ("auditor", "", Grant("auditor", "trust")),
    ],
)
def test_the_kind_of_scope_is_worked_out_from_role_and_code(role: str, code: str, grant: Grant) -> None:
    assert worked_out(role, code) == grant


@pytest.mark.parametrize(
    ("role", "code", "said"),
    [
        ("team_manager", "", "needs the code"),
        ("administrator", "N07T01", "can't be given with a code"),
        ("wizard", "", "There is no role called 'wizard'"),
        ("team_manager", "bad code!", "Enter the code"),
        ("team_manager", "region:", "can only be given for"),
    ],
)
def test_what_doesnt_fit_together_is_refused_in_words(role: str, code: str, said: str) -> None:
    with pytest.raises(UserRefused, match=said):
        worked_out(role, code)


def test_a_code_with_its_kind_before_a_colon_is_of_that_kind() -> None:
    for role in all_roles():
        for kind in role.scopes:
            if kind not in ("own", "trust"):
                assert worked_out(role.name, f"{kind}:N07X").scope_kind == kind


def test_a_code_is_dropped_where_the_scope_has_none() -> None:
    assert checked(Grant("administrator", "trust", "N07T01")) == Grant("administrator", "trust")


def test_a_role_that_is_no_longer_defined_keeps_its_name() -> None:
    assert in_words(Grant("beadle", "pdu", "N07P1")) == "beadle, PDU N07P1"


def test_a_permission_reaches_as_far_as_the_roles_scope(in_alpha: Trust, bob: User, alice: User, head: User) -> None:
    assert may(bob, "workload.view", Place(team_code="N07T01"))
    assert not may(bob, "workload.view", Place(team_code="N07T02"))
    assert may(head, "workload.view", Place(team_code="N07T02"))
    assert reach(alice, "workload.view").staff_keys == {"N07A001"}
    with pytest.raises(NotAllowed):
        require(bob, "workload.view", Place(team_code="N07T02"))


def test_nobody_may_do_what_no_application_defines(in_alpha: Trust, administrator: User) -> None:
    assert not may(administrator, "no.such_thing")


def test_a_deactivated_user_may_nothing(in_alpha: Trust, administrator: User) -> None:
    administrator.is_active = False
    assert not may(administrator, "access.users")


def test_own_scope_without_a_practitioner_reaches_nothing(in_alpha: Trust, make_user: Callable[..., User]) -> None:
    somebody = make_user(in_alpha, "x@example.org", ("practitioner", "own", ""))
    assert reach(somebody, "workload.view").is_empty


def test_nobody_gives_a_role_to_themselves(in_alpha: Trust, administrator: User) -> None:
    oneself = acting_as(Actor("user", administrator.name, administrator.pk))
    with oneself, pytest.raises(UserRefused, match="Ask another administrator"):
        give_role(user=administrator, grant=Grant("head_of_service", "trust"))
    assert administrator.grants.count() == 1
