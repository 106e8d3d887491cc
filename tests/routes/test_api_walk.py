"""Every operation of the API, walked with tokens: without its scope, of the wrong role, on another trust's hostname."""

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from londonnet.platform.access import policy
from londonnet.platform.access.routes import Declaration, declared_routes
from londonnet.platform.api.tests.calling import program, token_for
from londonnet.platform.trusts import Trust, trust_scope

from .test_walk import _address

if TYPE_CHECKING:
    from londonnet.platform.access.models import User

OPERATIONS = [
    pytest.param(_address(path), declared, id=f"{declared.method} {path}")
    for path, _, declared in declared_routes()
    if declared and declared.scope
]


def test_there_are_operations_to_walk() -> None:
    assert len(OPERATIONS) >= 2


@pytest.mark.parametrize(("address", "declared"), OPERATIONS)
def test_a_token_without_the_scope_opens_nothing(
    address: str, declared: Declaration, alpha: Trust, make_user: Callable[..., "User"]
) -> None:
    other = "write" if declared.scope == "read" else "read"
    everything = make_user(alpha, "everything@example.org", *_EVERYTHING, staff_key="N07A001")
    secret = token_for(alpha, everything, [f"{declared.application}:{other}", "another:read", "another:write"])
    answer = program(alpha, secret).generic(declared.method, address)
    assert (answer.status_code, answer.json()["error"]["code"]) == (403, "outside-token-scope")


_EVERYTHING = tuple((role, "trust", "") for role in ("team_manager", "head_of_service", "hr", "administrator"))


@pytest.mark.parametrize(("address", "declared"), OPERATIONS)
def test_a_token_of_the_wrong_role_is_told_nothing(
    address: str, declared: Declaration, alpha: Trust, make_user: Callable[..., "User"], auditor: "User"
) -> None:
    newcomer = make_user(alpha, "newcomer@example.org")
    with trust_scope(alpha):
        lacking = [user for user in (newcomer, auditor) if not policy.may(user, declared.permission)]
    assert newcomer in lacking
    for user in lacking:
        secret = token_for(alpha, user, [f"{declared.application}:{declared.scope}"])
        assert program(alpha, secret).generic(declared.method, address).status_code == 404, user.email


@pytest.mark.parametrize(("address", "declared"), OPERATIONS)
def test_a_token_of_another_trust_is_nobodys_here(
    address: str, declared: Declaration, alpha: Trust, beta: Trust, dana: "User"
) -> None:
    secret = token_for(beta, dana, [f"{declared.application}:{declared.scope}"])
    assert program(alpha, secret).generic(declared.method, address).status_code == 401
