"""Reading a national workbook from end to end: checks of the file, then sheet by sheet, then of the whole."""

import hashlib
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from ..layout import SHEETS
from .container import FileLimits, require_zip
from .gathering import Gathering
from .inflation import examined
from .mending import Mended, digest_of_all
from .reading import Note, WorkbookReading
from .refusal import WorkbookRefused
from .sheets import SheetText, Workbook, sheet_reasons, structure_reasons, with_mended_rows

Progress = Callable[[str, int, int], None]
_USUAL_LIMITS = FileLimits()


def read_workbook(
    path: Path,
    *,
    progress: Progress | None = None,
    mended: Sequence[Mended] = (),
    limits: FileLimits = _USUAL_LIMITS,
) -> WorkbookReading:
    """Read and validate a national workbook; nothing is written anywhere.

    Args:
        path: the workbook.
        progress: told the stage in words, how many sheets are done, and how many there are.
        mended: quarantine workbooks that came back mended, oldest first; their rows take the place of the file's.
        limits: how large the file may be.

    Raises:
        WorkbookRefused: the file as a whole can't be taken; the error carries every reason.
    """
    started = time.monotonic()
    tell = progress or _tell_nobody
    tell("Checking the file", 0, len(SHEETS))
    require_zip(path, limits)
    source = source_digest(path)
    _require_same_source(mended, source)
    gathering = _gathered(Workbook(path, examined(path, limits)), mended, tell)
    tell("Checking the whole", len(SHEETS), len(SHEETS))
    day, reasons = gathering.judged()
    if reasons or day is None:
        raise WorkbookRefused(reasons)
    digest = digest_of_all(source, mended)
    return gathering.reading(digest=digest, source_digest=source, day=day, seconds=time.monotonic() - started)


def source_digest(path: Path) -> str:
    """The sha256 of a file's content, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _tell_nobody(_stage: str, _done: int, _total: int) -> None:
    """Progress that nobody asked for."""


def _require_same_source(mended: Sequence[Mended], source: str) -> None:
    if any(one.source_digest != source for one in mended):
        raise WorkbookRefused.because(
            "The mended rows belong to another extract than this one. Send them with the extract they came from.",
            "mended-for-another",
        )


def _gathered(workbook: Workbook, mended: Sequence[Mended], tell: Progress) -> Gathering:
    written = workbook.written_names()
    reasons = sheet_reasons(written)
    gathering = Gathering(notes=_unknown_sheets(written))
    rows = 0
    for done, name in enumerate(SHEETS):
        tell(f"Reading {name}" + (f", {rows:,} rows read so far" if rows else ""), done, len(SHEETS))
        if len(written.get(name, ())) != 1:
            continue
        sheet = workbook.sheet(name, written[name][0])
        rows += sheet.raw.height
        reasons += structure_reasons(sheet)
        # Once the file is refused, the other sheets are only looked at for more reasons: all are told at once.
        if not reasons:
            gathering.take(_with_mended(sheet, mended, gathering.notes))
    if reasons:
        raise WorkbookRefused([*reasons, "Send the export as it came from the national system."])
    return gathering


def _with_mended(sheet: SheetText, mended: Sequence[Mended], notes: list[Note]) -> SheetText:
    for one in mended:
        if sheet.name in one.rows:
            sheet, strangers = with_mended_rows(sheet, one.rows[sheet.name])
            notes += [_stranger(sheet.name, row) for row in strangers]
    return sheet


def _stranger(sheet: str, row: int) -> Note:
    return Note("mended-row-unknown", f"The mended row {row} of {sheet} isn't in the extract; it was ignored.")


def _unknown_sheets(written: Mapping[str, Sequence[str]]) -> list[Note]:
    unknown = [name for normal, names in written.items() if normal not in SHEETS for name in names]
    return (
        [Note("unknown-sheets", f"The workbook has unknown sheets, ignored: {', '.join(unknown)}.")] if unknown else []
    )
