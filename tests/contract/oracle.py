"""The national rules worked out by hand: points, available points and capacity of the small service.

Written from the published rules and weights; nothing of the product's own is used, so that a slip there shows.
"""

import math
from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Any, Final

from .layout import LOCATIONS, TIERS
from .service import CONTACTS, PDUS, PEOPLE, REGIONS, TEAMS, Person

_CASES: Final = {
    "comm": (206, 158, 146, 110, 146, 115, 102, 72, 79, 63, 50, 35, 51, 41, 29, 29),
    "cust": (75, 60, 59, 0, 59, 48, 47, 0, 30, 24, 23, 0, 17, 14, 13, 0),
    "licence": (219, 175, 163, 0, 161, 132, 119, 0, 77, 65, 52, 0, 51, 43, 31, 0),
}
_T2A: Final = (75, 60, 59, 0, 59, 48, 47, 0, 30, 24, 23, 0, 17, 14, 13, 0)
_SDR, _CONVERSION = 138, 65
_SUPPORT: Final = {"CMS01": 9, "CMS03": 18, "CMS06": 26, "CMS40": 0}
_TARGET: Final = 2176
_DEFAULT_HOURS: Final[Mapping[str, int | None]] = {"PO": 37, "TPO": 37, "PSO": 37, "": 37, "SPO": 0, "DMY": None}
TODAY: Final = "2026-06-01"
"""Any day will do: periods of the service are long over, far ahead, or go on."""


def practitioners() -> dict[tuple[str, str], dict[str, Any]]:
    """What `workload show --by practitioner` must say, by om_key and team."""
    return {(one.om_key, one.team_code): _figure(one) for one in PEOPLE if not _only_in_custody(one)}


def organisations(level: str, rows: Iterable[Mapping[str, Any]]) -> dict[str, dict[str, Any]]:
    """What `workload show --by team|pdu|region|trust` must say of these practitioners, by code.

    Args:
        level: team, pdu, region, or trust (whose code and name are left to the caller: "").
        rows: those practitioners' figures.
    """
    grouped: dict[str, list[Mapping[str, Any]]] = {}
    for row in rows:
        grouped.setdefault("" if level == "trust" else row[f"{level}_code"], []).append(row)
    return {code: _together(code, _name(level, code), members) for code, members in grouped.items()}


def _only_in_custody(one: Person) -> bool:
    return one.omic is not None and one.filtered is one.t2a is one.everything is one.reports is None


def _figure(one: Person) -> dict[str, Any]:
    _, pdu, region = TEAMS[one.team_code]
    held, t2a = one.filtered or {}, one.t2a or {}
    points = _points(one)
    default = _DEFAULT_HOURS[one.grade]
    contracted = _own_hours(one) if _own_hours(one) is not None else default
    reduced = sum((Fraction(hours) for _, hours, *days in one.reductions if _holds(*days)), Fraction(0))
    unreduced = _available(contracted, Fraction(0), default)
    left = _available(contracted, reduced, default)
    return {
        "om_key": one.om_key, "team_code": one.team_code, "pdu_code": pdu, "region_code": region, "grade": one.grade,
        "cases": sum(held.values()), "t2a_cases": sum(t2a.values()), "points": points,
        "contracted_hours": None if contracted is None else float(contracted), "reduction_hours": float(reduced),
        "available": left,
        "capacity": 100 * points["total"] / left if left else None,
        "capacity_note": None if left else "no capacity left" if unreduced else "not measured",
        "weights_version": 1,
    }  # fmt: skip


def _points(one: Person) -> dict[str, int]:
    reports = one.reports or {}
    parts = {
        "cases": sum(n * _weight(column, _CASES) for column, n in (one.filtered or {}).items()),
        "t2a": sum(n * _weight(column, dict.fromkeys(LOCATIONS, _T2A)) for column, n in (one.t2a or {}).items()),
        "reports": reports.get("sdr_last_30", 0) * _SDR + reports.get("sdr_conv_last_30", 0) * _CONVERSION,
        "support": _support(one),
    }
    return {**parts, "total": sum(parts.values())}


def _weight(column: str, weights: Mapping[str, tuple[int, ...]]) -> int:
    location, tier = column.split("tier")
    return weights[location][TIERS.index(tier)] if tier in TIERS else 0  # untiered and contact-suspended: nothing


def _support(one: Person) -> int:
    moved = 0
    for contact in CONTACTS:
        counts = 0 <= contact.days_before <= 6 and contact.done_by[0] != contact.managed_by[0]
        points = _SUPPORT.get(contact.code, 0) if counts else 0
        moved += points * (
            (contact.done_by == (one.om_key, one.team_code)) - (contact.managed_by == (one.om_key, one.team_code))
        )
    return moved


def _own_hours(one: Person) -> Fraction | None:
    return next((Fraction(hours) for hours, *days in one.hours if _holds(*days)), None)


def _holds(first: str, last: str) -> bool:
    began = "-".join(reversed(first.split("/")))
    return began <= TODAY and (not last or last >= TODAY)


def _available(contracted: Fraction | int | None, reduced: Fraction, default: int | None) -> int:
    if not default or contracted is None:
        return 0
    return max(0, math.trunc(_TARGET * (contracted - reduced) / default))


def _together(code: str, name: str, members: list[Mapping[str, Any]]) -> dict[str, Any]:
    points = {part: sum(row["points"][part] for row in members) for part in members[0]["points"]}
    available = sum(row["available"] for row in members)
    notes = {row["capacity_note"] for row in members}
    without = "no capacity left" if "no capacity left" in notes else "not measured"
    return {
        "code": code, "name": name, "practitioners": len(members),
        "cases": sum(row["cases"] for row in members),
        "points": points,
        "points_not_measured": sum(row["points"]["total"] for row in members if row["capacity"] is None),
        "available": available,
        "capacity": 100 * points["total"] / available if available else None,
        "capacity_note": None if available else without,
    }  # fmt: skip


def _name(level: str, code: str) -> str:
    return {"team": TEAMS.get(code, ("",))[0], "pdu": PDUS.get(code, ""), "region": REGIONS.get(code, "")}.get(
        level, ""
    )
