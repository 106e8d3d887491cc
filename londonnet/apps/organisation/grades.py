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
    """A grade in words, its letters where they aren't known; where the record gives none, so it says."""
    return GRADE_NAMES.get(grade, grade or "No grade given")
