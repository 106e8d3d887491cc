"""Tables: versions of the weights, dated hours and reductions, and the figures made with them."""

from .figures import CurrentFigures, Figure, FigureRun
from .staffing import ContractedHours, Reduction, ReductionReason, ReductionTerms, StaffingLoad
from .weights import CaseWeight, GradeRule, SupportWeight, WeightVersion

__all__ = [
    "CaseWeight",
    "ContractedHours",
    "CurrentFigures",
    "Figure",
    "FigureRun",
    "GradeRule",
    "Reduction",
    "ReductionReason",
    "ReductionTerms",
    "StaffingLoad",
    "SupportWeight",
    "WeightVersion",
]
