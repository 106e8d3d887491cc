"""Every route of the house, walked as each kind of person, as nobody, and from another trust."""

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from django.test import Client

from londonnet.platform.access import policy
from londonnet.platform.access.routes import Declaration, declared_routes
from londonnet.platform.trusts import Trust, trust_scope

if TYPE_CHECKING:
    from londonnet.platform.access.models import User

Browse = Callable[..., Client]
# What stands in for each kind of parameter: nothing in the test trusts has these, so a page that may be seen says 404.
_NO_UUID = "00000000-0000-4000-8000-000000000000"
_STAND_INS = {"int": "987654321", "uuid": _NO_UUID, "uuidstr": _NO_UUID, "str": "N07ZZ9", "slug": "nothing"}
_PARAMETER = re.compile(r"<(?:(\w+):)?(\w+)>")
_REGEX_PARAMETER = re.compile(r"\(\?P<\w+>[^)]*\)")
REFUSED = (302, 401, 403, 404)


def _routes() -> list[tuple[str, Declaration]]:
    return [(_address(path), declaration) for path, _, declaration in declared_routes() if declaration]


def _address(pattern: str) -> str:
    plain = _REGEX_PARAMETER.sub("nothing", pattern.replace("^", "").replace("$", "").replace("\\Z", ""))
    return "/" + _PARAMETER.sub(lambda found: _STAND_INS.get(found[1] or "str", "nothing"), plain)


ROUTES = _routes()
GUARDED = [(address, declaration) for address, declaration in ROUTES if declaration.kind != "public"]
PERMITTED = [(address, declaration) for address, declaration in GUARDED if declaration.permission]


def test_every_route_declares_who_may_use_it() -> None:
    undeclared = [path for path, _, declaration in declared_routes() if declaration is None]
    assert undeclared == []
    assert len(GUARDED) > 15
    assert len(PERMITTED) > 10


@pytest.mark.parametrize("address", [address for address, _ in GUARDED])
def test_nobody_gets_past_the_sign_in_page(address: str, alpha: Trust, browse: Browse) -> None:
    for method in ("get", "post"):
        answer = getattr(browse(alpha), method)(address)
        assert answer.status_code in (302, 401, 405), address
        if answer.status_code == 302:
            assert answer["Location"].startswith("/sign-in"), address


@pytest.mark.parametrize(("address", "declaration"), PERMITTED)
def test_whoever_lacks_the_permission_is_told_nothing(
    address: str,
    declaration: Declaration,
    alpha: Trust,
    browse: Browse,
    make_user: Callable[..., "User"],
    alice: "User",
    bob: "User",
    hr: "User",
    administrator: "User",
    auditor: "User",
) -> None:
    newcomer = make_user(alpha, "newcomer@example.org")
    with trust_scope(alpha):
        everyone = (newcomer, alice, bob, hr, administrator, auditor)
        lacking = [user for user in everyone if not policy.may(user, declaration.permission)]
    assert newcomer in lacking
    for user in lacking:
        answer = browse(alpha, user).generic(declaration.method or "GET", address)
        assert answer.status_code in (404, 405), (address, user.email)


@pytest.mark.parametrize("address", [address for address, _ in GUARDED])
def test_a_user_of_another_trust_is_nobody_here(
    address: str, alpha: Trust, beta: Trust, dana: "User", browse: Browse
) -> None:
    at_home = browse(beta, dana)
    here = browse(alpha)
    here.cookies = at_home.cookies
    assert here.get(address).status_code in (302, 401, 405), address
