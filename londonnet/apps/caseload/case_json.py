"""A case in a list as programs read it: the same from the command line and from the API."""

from typing import Any

from .selectors import CaseRow


def case_json(row: CaseRow) -> dict[str, Any]:
    """A case, and who holds it."""
    return {
        "crn": row.crn,
        "tier": row.tier,
        "location": row.location.lower(),
        "om_key": row.om_key,
        "name": row.practitioner,
        "team_code": row.team_code,
        "team_name": row.team,
        "flags": [flag.name for flag in row.flags],
    }
