"""The platform's own manifest for notices to users and the outbox of emails."""

from londonnet.platform.registry import AppManifest

from .hooks import NoticesHooks

MANIFEST = AppManifest(
    name="notices",
    label="Notices",
    summary="Tells users what concerns them, in the way that each chose.",
    requires=("access", "jobs"),
    urls="londonnet.platform.notices.urls",
    hooks=NoticesHooks(),
    can_be_switched_off=False,
)
