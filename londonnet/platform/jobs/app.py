"""The platform's own manifest for background work."""

from londonnet.platform.registry import AppManifest, Permission

from .hooks import JobsHooks

MANIFEST = AppManifest(
    name="jobs",
    label="Background work",
    summary="Work that goes on while one does something else, and how far it is.",
    requires=("access",),
    permissions=(Permission("jobs.see", "See how far anybody's background work is", ("administrator",)),),
    urls="londonnet.platform.jobs.urls",
    hooks=JobsHooks(),
    can_be_switched_off=False,
)
