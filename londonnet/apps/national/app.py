"""The manifest of the national feeds."""

from londonnet.platform.registry import AppManifest, Permission

from .hooks import NationalHooks

MANIFEST = AppManifest(
    name="national",
    label="National extract",
    summary="Loads the national workload workbook, every evening or when somebody sends it.",
    requires=("organisation", "caseload", "jobs"),
    permissions=(
        Permission(
            "national.load",
            "Send the national workbook, and see what became of it",
            ("team_manager", "head_of_service", "administrator"),
            everywhere=True,
        ),
        Permission(
            "national.quarantine",
            "See and download rows that couldn't be read",
            ("head_of_service", "administrator"),
        ),
        Permission("national.put_back", "Put the earlier extract back", ("head_of_service", "administrator")),
    ),
    urls="londonnet.apps.national.urls",
    hooks=NationalHooks(),
)
