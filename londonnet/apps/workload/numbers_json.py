"""The numbers of a place's pages as programs read them: the same from the command line and from the API."""

from typing import Any, Final

from londonnet.apps.caseload.flags import FLAGS
from londonnet.apps.caseload.models import Location

from .capacity import percent_of
from .selectors.caseloads import ALWAYS
from .selectors.numbers import NumbersRow
from .selectors.progress import FIRST_WEEKS
from .tiers import TIER_KEYS

_LOCATIONS: Final = tuple(place.name.lower() for place in Location)
_CELLS: Final = (*TIER_KEYS, "untiered")
EVERY_CELL: Final = (*TIER_KEYS, *(f"{location}-{tier}" for location in _LOCATIONS for tier in _CELLS))
"""The numbers of single tiers and cells, to be asked for besides those that every row has."""


def caseload_json(row: NumbersRow) -> dict[str, Any]:
    """Cases by tier and location; the numbers of single tiers where they were asked for."""
    given = row.numbers
    with_tiers = TIER_KEYS[0] in given
    return {
        **_whose(row),
        **{name: given[name] for name in ALWAYS},
        "tiers": {tier: given[tier] for tier in TIER_KEYS} if with_tiers else {},
        "cells": {place: {tier: given[f"{place}-{tier}"] for tier in _CELLS} for place in _LOCATIONS}
        if with_tiers
        else {},
    }


def progress_json(row: NumbersRow) -> dict[str, Any]:
    """First weeks and flags."""
    given = row.numbers
    return {
        **_whose(row),
        "cases": given["cases"],
        **{name: given[name] for name in FIRST_WEEKS},
        "flags": {flag.name: given[flag.name] for flag in FLAGS},
        "t2a": given["t2a"],
    }


def numbers_json(row: NumbersRow) -> dict[str, Any]:
    """Court reports, or offender management in custody."""
    return {**_whose(row), **row.numbers}


def grade_json(row: NumbersRow) -> dict[str, Any]:
    """The figures of the people of one grade."""
    given = row.numbers
    points, available = given["points"], given["available"]
    return {
        "grade": row.code,
        "practitioners": row.practitioners,
        "cases": given["cases"],
        "t2a_cases": given["t2a_cases"],
        "points": points,
        "available": available,
        "remaining": available - points,
        "contracted_hours": float(given["contracted_hours"]),
        "reduction_hours": float(given["reduction_hours"]),
        "support_given": given["given"],
        "support_taken": given["taken"],
        "capacity": percent_of(points, available) if available > 0 else None,
    }


def _whose(row: NumbersRow) -> dict[str, Any]:
    """A practitioner's code is their om_key; what doesn't apply is empty."""
    return {
        "code": row.code,
        "name": row.name,
        "team_code": row.team_code,
        "grade": row.grade,
        "practitioners": row.practitioners,
    }
