"""One dated version of everything the points are worked out with."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from londonnet.apps.workload.tiers import LOCATIONS, TIER_KEYS, TIERS, UNTIERED, Cell

GRADES: Final = ("PO", "TPO", "PSO", "SPO", "DMY")
"""The grades that weights are kept for; DMY stands for every grade that isn't supported."""

INACTIVE_KINDS: Final = ("warrants", "overdue", "unpaid_work")
"""The kinds of inactive case that a percentage is kept for."""

FURTHER_REPORTS: Final = ("parole", "arms_licence", "arms_community")
"""Reports whose counts no longer arrive: configured, and switched off at the start."""


@dataclass(frozen=True, slots=True)
class FurtherReport:
    """The points of one report of a kind that can be switched on; `counted` says whether it is."""

    points: int
    counted: bool


@dataclass(frozen=True, slots=True)
class WeightSet:
    """One version of the weights, targets and hours. A change is a new version, never an edit.

    Attributes:
        version: its number in the trust; 0 until it has been given one.
        valid_from: the first day it is in force.
        cases: points of one case, for all 96 cells.
        t2a: points of one transition-to-adulthood case, for all 96 cells.
        sdr: points of one standard delivery report.
        conversion: points of one fast report (a conversion).
        target: points that full hours can carry, by grade.
        default_hours: hours a week of each grade; 0 or None means that its capacity isn't measured.
        inactive_percent: how much of each kind of inactive T2A case is kept, 0 to 100.
        support: points of one case-management contact, by its code.
        further_reports: the reports that can be switched on.
    """

    version: int
    valid_from: date
    cases: Mapping[Cell, int]
    t2a: Mapping[Cell, int]
    sdr: int
    conversion: int
    target: Mapping[str, int]
    default_hours: Mapping[str, Decimal | None]
    inactive_percent: Mapping[str, int]
    support: Mapping[str, int]
    further_reports: Mapping[str, FurtherReport]

    def case_points(self, cell: Cell) -> int:
        """Points of one case in this cell; an untiered case has none."""
        return 0 if cell[1] == UNTIERED else self.cases[cell]

    def t2a_points(self, cell: Cell) -> int:
        """Points of one transition-to-adulthood case in this cell; an untiered case has none."""
        return 0 if cell[1] == UNTIERED else self.t2a[cell]

    def target_for(self, grade: str) -> int:
        """The target of this grade, in points."""
        return self.target[grade_of(grade)]

    def default_hours_for(self, grade: str) -> Decimal | None:
        """Hours a week of this grade where a practitioner has none of their own; None where the grade has none."""
        return self.default_hours[grade_of(grade)]


def grade_of(grade: str) -> str:
    """The grade whose target and hours hold: a blank grade behaves as PO, an unknown one as DMY."""
    if not grade:
        return "PO"
    return grade if grade in GRADES else "DMY"


def weights_json(weights: WeightSet, *, complete: bool = False) -> dict[str, object]:
    """The weights in the shape that `londonnet workload weights show` prints and `weights load` takes.

    Args:
        weights: the version to write.
        complete: also write the reports that can be switched on. They are always written once one of
            them counts; otherwise the published shape leaves them out.
    """
    shape: dict[str, object] = {
        "version": weights.version,
        "valid_from": weights.valid_from.isoformat(),
        "cases": _by_location(weights.cases),
        "t2a": _by_location(weights.t2a),
        "reports": {"sdr": weights.sdr, "conversion": weights.conversion},
        "target": {grade: weights.target[grade] for grade in GRADES},
        "default_hours": {grade: hours_json(weights.default_hours[grade]) for grade in GRADES},
        "inactive_percent": {kind: weights.inactive_percent[kind] for kind in INACTIVE_KINDS},
        "support": dict(sorted(weights.support.items())),
    }
    if complete or any(report.counted for report in weights.further_reports.values()):
        shape["further_reports"] = _further_reports_json(weights.further_reports)
    return shape


def hours_json(hours: Decimal | None) -> int | float | None:
    """Hours as a JSON number: whole ones without a decimal point."""
    if hours is None:
        return None
    return int(hours) if hours == int(hours) else float(hours)


def _by_location(table: Mapping[Cell, int]) -> dict[str, dict[str, int]]:
    return {place: {TIER_KEYS[tier - 1]: table[place, tier] for tier in TIERS} for place in LOCATIONS}


def _further_reports_json(reports: Mapping[str, FurtherReport]) -> dict[str, dict[str, int | bool]]:
    return {kind: {"points": reports[kind].points, "counted": reports[kind].counted} for kind in FURTHER_REPORTS}
