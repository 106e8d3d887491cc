"""The registry: filled in the order of floors, checked, and then closed."""

from collections.abc import Callable

import pytest

from londonnet.platform.registry import AppManifest, Permission, Role, applications
from londonnet.platform.registry.applications import REGISTRY, Registry, RegistryError, without

READER = Role("reader", "Reader", "Reads.", scopes=("own",))


def app(name: str, *requires: str, stays: bool = False, permission: Permission | None = None) -> AppManifest:
    return AppManifest(
        name=name,
        label=name.title(),
        summary="For a test.",
        requires=requires,
        permissions=(permission,) if permission else (),
        can_be_switched_off=not stays,
    )


def test_the_house_has_its_applications_in_the_order_of_their_floors() -> None:
    names = [manifest.name for manifest in applications()]
    for manifest in applications():
        assert all(names.index(required) < names.index(manifest.name) for required in manifest.requires)


def test_it_is_closed_after_the_start() -> None:
    with pytest.raises(RegistryError, match="closed"):
        REGISTRY.add(app("late"))


@pytest.mark.parametrize(
    ("second", "said"),
    [
        (lambda: app("one"), "Two applications are called 'one'"),
        (lambda: app("two", "three"), "requires three"),
        (lambda: AppManifest("two", "Two", "For a test.", roles=(READER, READER)), "names that are taken: reader"),
    ],
)
def test_what_does_not_fit_stops_the_start(second: Callable[[], AppManifest], said: str) -> None:
    registry = Registry()
    registry.add(app("one"))
    with pytest.raises(RegistryError, match=said):
        registry.add(second())


def test_a_permission_for_a_role_that_nobody_defines_stops_the_start() -> None:
    registry = Registry()
    registry.add(app("one", permission=Permission("one.read", "Read", ("reader",))))
    with pytest.raises(RegistryError, match="granted to unknown roles: reader"):
        registry.close()


def test_what_requires_a_switched_off_application_goes_with_it() -> None:
    manifests = [app("base", stays=True), app("cases", "base"), app("workload", "cases"), app("news", "base")]
    assert [manifest.name for manifest in without(manifests, frozenset({"cases"}))] == ["base", "news"]
    assert [manifest.name for manifest in without(manifests, frozenset({"base"}))] == [
        "base",
        "cases",
        "workload",
        "news",
    ]
