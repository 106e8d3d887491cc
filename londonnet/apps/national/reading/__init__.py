"""Reading the national workbook: from a file to typed frames, with everything that is wrong with it told."""

from .container import FileLimits
from .mending import Mended
from .reading import Note, Organisation, Quarantined, QuarantinedText, SheetTally, WorkbookReading
from .refusal import WorkbookRefused
from .workbook import read_workbook, source_digest

__all__ = [
    "FileLimits",
    "Mended",
    "Note",
    "Organisation",
    "Quarantined",
    "QuarantinedText",
    "SheetTally",
    "WorkbookReading",
    "WorkbookRefused",
    "read_workbook",
    "source_digest",
]
