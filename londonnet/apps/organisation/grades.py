"""Grades as people read them."""

from typing import Final

GRADE_NAMES: Final = {
    "PO": "Probation officer",
    "TPO": "Trainee probation officer (PQiP)",
    "PSO": "Probation services officer",
    "SPO": "Senior probation officer",
    "DMY": "Other grade",
}


def grade_name(grade: str) -> str:
    """A grade in words; where the record gives none, so it says."""
    return GRADE_NAMES.get(grade, "No grade given")
