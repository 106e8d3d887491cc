"""The registry of applications: filled at start-up and then closed."""

from collections.abc import Iterable
from importlib import import_module

from django.conf import settings

from londonnet.platform.errors import LondonNetError
from londonnet.platform.trusts import current_trust

from .manifest import AppManifest, Permission, Role


class RegistryError(LondonNetError):
    """The applications don't fit together; LondonNet doesn't start."""

    status_code = 500

    def __init__(self, message: str) -> None:
        super().__init__(message, "registry")


class Registry:
    """The applications of this installation, in the order of their floors."""

    def __init__(self) -> None:
        self._manifests: dict[str, AppManifest] = {}
        self._closed = False

    def add(self, manifest: AppManifest) -> None:
        """Add an application; those that it requires must be there already.

        Raises:
            RegistryError: the registry is closed, the name is taken or something required is missing.
        """
        if self._closed:
            raise RegistryError("The registry is closed: applications are added at start-up only.")
        if manifest.name in self._manifests:
            raise RegistryError(f"Two applications are called {manifest.name!r}.")
        missing = [name for name in manifest.requires if name not in self._manifests]
        if missing:
            raise RegistryError(f"{manifest.name!r} requires {', '.join(missing)}; list them before it.")
        self._check_names(manifest)
        self._manifests[manifest.name] = manifest

    def close(self) -> None:
        """Let nothing more in; every role that a permission names must exist by now.

        Raises:
            RegistryError: a permission names a role that no application defines.
        """
        roles = {role.name for role in self.roles()}
        for permission in self.permissions():
            unknown = set(permission.granted_to) - roles
            if unknown:
                raise RegistryError(f"{permission.name!r} is granted to unknown roles: {', '.join(sorted(unknown))}.")
        self._closed = True

    def all(self) -> list[AppManifest]:
        """Every application, in order."""
        return list(self._manifests.values())

    def roles(self) -> list[Role]:
        """Every role, in the order of the applications that define them."""
        return [role for manifest in self._manifests.values() for role in manifest.roles]

    def permissions(self) -> list[Permission]:
        """Every permission."""
        return [permission for manifest in self._manifests.values() for permission in manifest.permissions]

    def _check_names(self, manifest: AppManifest) -> None:
        taken = {role.name for role in self.roles()} | {permission.name for permission in self.permissions()}
        own = [role.name for role in manifest.roles] + [permission.name for permission in manifest.permissions]
        twice = [name for name in own if name in taken or own.count(name) > 1]
        if twice:
            raise RegistryError(f"{manifest.name!r} defines names that are taken: {', '.join(sorted(set(twice)))}.")


REGISTRY = Registry()


def fill() -> None:
    """Read the manifests that the settings list, and close the registry. Called once, at start-up."""
    for path in settings.LONDONNET_APPS:
        module, _, name = path.rpartition(".")
        REGISTRY.add(getattr(import_module(module), name))
    REGISTRY.close()
    for manifest in REGISTRY.all():
        manifest.hooks.ready()


def applications() -> list[AppManifest]:
    """Every application of the installation."""
    return REGISTRY.all()


def enabled() -> list[AppManifest]:
    """The applications that are switched on for the current trust. This is the one place where that is asked.

    Raises:
        NoTrustEntered: no trust is entered.
    """
    from londonnet.platform.trusts import registry as trusts

    return without(REGISTRY.all(), trusts.applications_off(current_trust()))


def without(manifests: Iterable[AppManifest], off: frozenset[str]) -> list[AppManifest]:
    """The applications that stay when some are switched off: what requires one of those goes with it.

    Args:
        manifests: in the order of their floors.
        off: names; those that can't be switched off stay all the same.
    """
    kept: dict[str, AppManifest] = {}
    for manifest in manifests:
        is_wanted = manifest.name not in off and all(name in kept for name in manifest.requires)
        if is_wanted or not manifest.can_be_switched_off:
            kept[manifest.name] = manifest
    return list(kept.values())


def is_enabled(name: str) -> bool:
    """Whether an application is switched on for the current trust."""
    return any(manifest.name == name for manifest in enabled())
