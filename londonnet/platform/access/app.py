"""The platform's own manifest: users, roles and the trail."""

from londonnet.platform.registry import AppManifest, Permission, Role

from .hooks import AccessHooks

ADMINISTRATOR = Role(
    "administrator", "Administrator", "Looks after users, imports and settings; sees no case.", scopes=("trust",)
)
AUDITOR = Role("auditor", "Auditor", "Reads the trail of who did and saw what.", scopes=("trust",))

MANIFEST = AppManifest(
    name="access",
    label="Users and audit",
    summary="Who may sign in and do what, and the trail of what they did.",
    roles=(ADMINISTRATOR, AUDITOR),
    permissions=(
        Permission("access.users", "See and change users and their roles", ("administrator",)),
        Permission("access.outbox", "Read messages that couldn't be sent", ("administrator",)),
        Permission("audit.trail", "Search the audit trail", ("auditor",)),
    ),
    urls="londonnet.platform.access.urls",
    hooks=AccessHooks(),
    can_be_switched_off=False,
)
