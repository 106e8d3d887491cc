"""An application that is switched off for a trust is gone there: pages, menu, search, topics and schedules."""

from collections.abc import Callable, Iterator

import pytest
from django.test import Client

from londonnet.platform.access import policy
from londonnet.platform.access.models import User
from londonnet.platform.access.roles import all_roles
from londonnet.platform.access.routes import check_every_route_declares
from londonnet.platform.jobs import schedules
from londonnet.platform.live.topics import granted
from londonnet.platform.registry import AppManifest, applications, enabled
from londonnet.platform.trusts import Trust, migrating, registry, trust_scope
from londonnet.platform.trusts.models import TrustRecord
from tests.routes.test_walk import GUARDED

Browse = Callable[..., Client]
SWITCHABLE = [manifest for manifest in applications() if manifest.can_be_switched_off]
TOPICS = ("national:load:all", "workload:trust:all")


def switch_off(trust: Trust, *names: str) -> None:
    def write() -> None:
        TrustRecord.objects.using("control").filter(slug=trust.slug).update(applications_off=list(names))

    migrating.as_control_owner(write)
    registry.forget()


def _addresses(manifest: AppManifest) -> list[str]:
    own = {permission.name for permission in manifest.permissions}
    return [address for address, declaration in GUARDED if declaration.permission in own]


@pytest.fixture
def everybody(fresh_trust: Trust, make_user: Callable[..., User]) -> User:
    """Somebody who has every role there is, as widely as it can be given."""
    grants = [
        (role.name, "trust" if "trust" in role.scopes else role.scopes[0], "")
        for role in all_roles()
        if _is_free(role.scopes)
    ]
    return make_user(fresh_trust, "everybody@example.org", *grants, staff_key="N07A001")


def _is_free(scopes: tuple[str, ...]) -> bool:
    return "trust" in scopes or scopes[0] == "own"


@pytest.fixture
def trust(fresh_trust: Trust) -> Iterator[Trust]:
    yield fresh_trust
    registry.forget()


@pytest.mark.parametrize("manifest", SWITCHABLE, ids=lambda manifest: manifest.name)
def test_all_pages_of_an_application_that_is_off_are_closed(
    manifest: AppManifest, trust: Trust, everybody: User, browse: Browse
) -> None:
    addresses = _addresses(manifest)
    assert addresses
    browser = browse(trust, everybody)
    before = {browser.get(address).status_code for address in addresses}
    assert before - {404}, "somebody with every role gets somewhere while it is on"
    switch_off(trust, manifest.name)
    for method in ("get", "post"):
        after = {address: getattr(browser, method)(address).status_code for address in addresses}
        assert set(after.values()) <= {404, 405}, after


@pytest.mark.parametrize("manifest", SWITCHABLE, ids=lambda manifest: manifest.name)
def test_nothing_else_of_it_is_left(manifest: AppManifest, trust: Trust, everybody: User) -> None:
    switch_off(trust, manifest.name)
    with trust_scope(trust):
        user = User.objects.get(pk=everybody.pk)
        assert manifest not in enabled()
        assert not any(policy.may(user, permission.name) for permission in manifest.permissions)
        assert not any(topic.startswith(f"{manifest.name}:") for topic in granted(user, TOPICS))
        assert not any(schedule.name.startswith(f"{manifest.name}.") for schedule in schedules.schedules())


def test_it_is_off_in_that_trust_only(trust: Trust, alpha: Trust, installation: object) -> None:
    switch_off(trust, "workload")
    with trust_scope(alpha):
        assert "workload" in [manifest.name for manifest in enabled()]


def test_users_and_audit_cannot_be_switched_off(trust: Trust, everybody: User, browse: Browse) -> None:
    switch_off(trust, "access", "jobs")
    assert browse(trust, everybody).get("/users").status_code == 200


def test_a_route_that_would_stay_open_stops_the_start() -> None:
    assert check_every_route_declares() == []
