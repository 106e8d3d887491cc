"""Tables: versions of the weights, dated hours and reductions, and the figures made with them."""

from .figures import CurrentFigures, Figure, FigureRun
from .history import ALL_GRADES, CapacityYear, DailyFigure, DailySum, KeptDay, MonthTiers, WeekFigure
from .mistakes import MistakeReport
from .staffing import ContractedHours, Reduction, ReductionReason, ReductionTerms, StaffingFile, StaffingLoad
from .weight_drafts import WeightDraft, WeightProposal
from .weights import CaseWeight, GradeRule, SupportWeight, WeightVersion

__all__ = [
    "ALL_GRADES",
    "CapacityYear",
    "CaseWeight",
    "ContractedHours",
    "CurrentFigures",
    "DailyFigure",
    "DailySum",
    "Figure",
    "FigureRun",
    "GradeRule",
    "KeptDay",
    "MistakeReport",
    "MonthTiers",
    "Reduction",
    "ReductionReason",
    "ReductionTerms",
    "StaffingFile",
    "StaffingLoad",
    "SupportWeight",
    "WeekFigure",
    "WeightDraft",
    "WeightProposal",
    "WeightVersion",
]
