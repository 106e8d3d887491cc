"""Every write of the caseload: one transaction and one event each."""

from .allocations import Move, Undone, allocate, let_record_stand, undo_allocation
from .arriving import follow_extract
from .snapshots import drop_snapshot
from .tiers import change_tier

__all__ = [
    "Move",
    "Undone",
    "allocate",
    "change_tier",
    "drop_snapshot",
    "follow_extract",
    "let_record_stand",
    "undo_allocation",
]
