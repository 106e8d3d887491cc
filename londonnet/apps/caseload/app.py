"""The caseload's manifest."""

from londonnet.platform.registry import AppManifest, Permission

from .hooks import CaseloadHooks

MANIFEST = AppManifest(
    name="caseload",
    label="Cases",
    summary="The cases that the latest national extract names, and who holds them.",
    requires=("organisation",),
    permissions=(
        Permission("caseload.list", "See the list of cases", ("practitioner", "team_manager", "head_of_service")),
    ),
    urls="londonnet.apps.caseload.urls",
    hooks=CaseloadHooks(),
)
