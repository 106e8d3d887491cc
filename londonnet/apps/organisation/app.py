"""The organisation's manifest, and the roles of the people who work in it."""

from londonnet.platform.registry import AppManifest, Permission, Role

from .hooks import OrganisationHooks

ROLES = (
    Role("practitioner", "Practitioner", "Supervises people on probation; sees their own cases.", scopes=("own",)),
    Role("team_manager", "Team manager", "Leads a team, or the teams of a PDU.", scopes=("team", "pdu")),
    Role(
        "head_of_service",
        "Head of service",
        "Answers for a PDU, a region or the trust.",
        scopes=("pdu", "region", "trust"),
    ),
    Role("hr", "Human resources", "Looks after contracted hours and reductions; sees no case.", scopes=("trust",)),
)

MANIFEST = AppManifest(
    name="organisation",
    label="Staff and teams",
    summary="Regions, PDUs, teams and the people who work in them.",
    roles=ROLES,
    permissions=(
        Permission(
            "organisation.directory",
            "Look staff and teams up in the directory",
            ("practitioner", "team_manager", "head_of_service", "hr", "administrator", "auditor"),
            everywhere=True,
        ),
    ),
    urls="londonnet.apps.organisation.urls",
    hooks=OrganisationHooks(),
    can_be_switched_off=False,
)
