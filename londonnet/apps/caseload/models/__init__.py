"""Tables: the extract in force, and what was moved here since."""

from .allocations import Allocation, AllocationReason, CaseReceived
from .extract import (
    Case,
    CaseCount,
    CurrentSnapshot,
    Location,
    RosterEntry,
    Sheet,
    Snapshot,
    StandaloneOrder,
    SupportContact,
    SuspendedLifer,
    T2aEvent,
)

__all__ = [
    "Allocation",
    "AllocationReason",
    "Case",
    "CaseCount",
    "CaseReceived",
    "CurrentSnapshot",
    "Location",
    "RosterEntry",
    "Sheet",
    "Snapshot",
    "StandaloneOrder",
    "SupportContact",
    "SuspendedLifer",
    "T2aEvent",
]
