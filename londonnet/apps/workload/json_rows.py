"""Figures as programs read them: the same from the command line and from the API."""

from typing import Any

from .selectors import OrganisationRow, PractitionerRow


def practitioner_json(row: PractitionerRow) -> dict[str, Any]:
    """The figure of one practitioner-in-team."""
    return {
        "om_key": row.om_key,
        "team_code": row.team_code,
        "pdu_code": row.pdu_code,
        "region_code": row.region_code,
        "grade": row.grade,
        "cases": row.cases,
        "t2a_cases": row.t2a_cases,
        "points": row.points.as_json(),
        "contracted_hours": None if row.contracted_hours is None else float(row.contracted_hours),
        "reduction_hours": float(row.reduction_hours),
        "available": row.available,
        "capacity": row.capacity,
        "capacity_note": row.capacity_note,
        "weights_version": row.weights_version,
    }


def person_json(row: PractitionerRow) -> dict[str, Any]:
    """The same with their name."""
    names = {"name": row.name, "team_name": row.team_name}
    return {**practitioner_json(row), **names, "is_incomplete": row.is_incomplete}


def organisation_json(row: OrganisationRow) -> dict[str, Any]:
    """The figure of everyone in a team, PDU, region or trust."""
    return {
        "code": row.code,
        "name": row.name,
        "practitioners": row.practitioners,
        "cases": row.cases,
        "points": row.points.as_json(),
        "points_not_measured": row.points_not_measured,
        "available": row.available,
        "capacity": row.capacity,
        "capacity_note": row.capacity_note,
    }
