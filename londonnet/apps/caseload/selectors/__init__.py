"""Reads of the caseload. Pages read them inside one `snapshot()`, so that all comes from one extract."""

from .cases import (
    ROWS,
    SORTS,
    CaseFilter,
    CaseList,
    CaseRow,
    Holder,
    cases_of,
    current_snapshot,
    holder_of,
    part_of_cases,
)
from .held import HeldCase, held_cases, held_counts, key_columns
from .posts import Post, posts_by_id

__all__ = [
    "ROWS",
    "SORTS",
    "CaseFilter",
    "CaseList",
    "CaseRow",
    "HeldCase",
    "Holder",
    "Post",
    "cases_of",
    "current_snapshot",
    "held_cases",
    "held_counts",
    "holder_of",
    "key_columns",
    "part_of_cases",
    "posts_by_id",
]
