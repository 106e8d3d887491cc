"""The quarantine as a workbook: to be downloaded, mended in Excel and sent in again.

Each sheet has the columns it came with, and three in front: the row's number in the extract, the first bad column
and the reason. The sheet `londonnet_quarantine` says which extract the rows belong to and what to do.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import fastexcel
import polars as pl
import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from .layout import SHEETS, normalised
from .reading import FileLimits, Mended, QuarantinedText, WorkbookReading, WorkbookRefused, source_digest
from .reading.cells import ROW
from .reading.container import require_zip
from .reading.inflation import examined

COVER: Final = "londonnet_quarantine"
_OWN_COLUMNS: Final = (ROW, "londonnet_column", "londonnet_reason")
_LONGEST_CELL: Final = 32_767
_DIGEST_ROW: Final = "extract sha256"
_INSTRUCTIONS: Final = (
    "These rows of the national extract couldn't be read, so they were not loaded. Everything else was.",
    "Put right what londonnet_reason says, in the row itself. Leave londonnet_row and the headings as they are.",
    "Then save this workbook and send it to LondonNet: the mended rows take the place of the extract's own.",
    "Rows that you leave as they are, or delete, stay in the quarantine.",
)
_USUAL_LIMITS: Final = FileLimits()


def write_quarantine(reading: WorkbookReading, path: Path) -> None:
    """Write the quarantined rows of a reading to a workbook; with none, only the cover sheet."""
    # Everything goes in as a string: no cell of the extract can become a formula or a link here.
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(path, options) as workbook:
        bold = workbook.add_format({"bold": True})
        _write_cover(workbook.add_worksheet(COVER), reading, bold)
        for sheet, text in reading.quarantined_text.items():
            said = reading.quarantine.filter(pl.col("sheet") == sheet).select(ROW, "column", "reason")
            _write_sheet(workbook.add_worksheet(sheet), text, said, bold)


def _write_cover(cover: Worksheet, reading: WorkbookReading, bold: Format) -> None:
    lines = [(_DIGEST_ROW, reading.source_digest), ("extract day", reading.datestamp.isoformat())]
    lines += [("what to do", text) for text in _INSTRUCTIONS]
    cover.set_column(0, 0, 18)
    cover.set_column(1, 1, 110)
    for place, (name, text) in enumerate(lines):
        cover.write_string(place, 0, name, bold)
        cover.write_string(place, 1, text)


def _write_sheet(sheet: Worksheet, text: QuarantinedText, said: pl.DataFrame, bold: Format) -> None:
    sheet.freeze_panes(1, len(_OWN_COLUMNS))
    sheet.set_column(0, 1, 18)
    sheet.set_column(2, 2, 60)
    for place, heading in enumerate([*_OWN_COLUMNS, *text.headings]):
        sheet.write_string(0, place, heading[:_LONGEST_CELL], bold)
    rows = said.join(text.rows, on=ROW, how="inner").sort(ROW)
    for place, cells in enumerate(rows.iter_rows(), start=1):
        sheet.write_number(place, 0, cells[0])
        for column, cell in enumerate(cells[1:], start=1):
            if cell is not None:
                sheet.write_string(place, column, cell[:_LONGEST_CELL])


def is_quarantine_workbook(path: Path) -> bool:
    """Whether a file that passed the checks of its container is a quarantine workbook rather than an extract."""
    return COVER in _opened(path, _USUAL_LIMITS).sheet_names


def read_mended(path: Path, *, limits: FileLimits = _USUAL_LIMITS) -> Mended:
    """Read a quarantine workbook that came back.

    Raises:
        WorkbookRefused: not a workbook, not one of LondonNet's quarantine workbooks, or its row numbers were changed.
    """
    reader = _opened(path, limits)
    if COVER not in reader.sheet_names:
        raise WorkbookRefused.because(
            f"This isn't a quarantine workbook: it has no sheet {COVER}. Download the quarantine and mend that.",
            "not-a-quarantine",
        )
    names = {normalised(name): name for name in reader.sheet_names if normalised(name) in SHEETS}
    rows = {sheet: _mended_sheet(reader, sheet, written) for sheet, written in names.items()}
    return Mended(_source_of(reader), source_digest(path), rows)


def _opened(path: Path, limits: FileLimits) -> fastexcel.ExcelReader:
    require_zip(path, limits)
    examined(path, limits)
    try:
        return fastexcel.read_excel(path)
    except fastexcel.FastExcelError:
        raise WorkbookRefused.because("The workbook can't be read. Download the quarantine again.", "damaged") from None


def _text_of(reader: fastexcel.ExcelReader, name: str) -> pl.DataFrame:
    frame = reader.load_sheet(name, header_row=None, skip_rows=0, dtypes="string").to_polars()
    frame.columns = [f"c{place}" for place in range(frame.width)]
    return frame


def _source_of(reader: fastexcel.ExcelReader) -> str:
    cover = _text_of(reader, COVER)
    found = cover.filter(pl.col("c0") == _DIGEST_ROW) if cover.width > 1 else cover.clear()
    if found.is_empty():
        raise WorkbookRefused.because(
            f"The sheet {COVER} no longer says which extract the rows belong to. Download the quarantine again.",
            "not-a-quarantine",
        )
    return str(found["c1"][0]).strip()


@dataclass(frozen=True)
class _Heading:
    """Where the columns of a mended sheet stand."""

    places: Mapping[str, str]

    @property
    def row(self) -> str | None:
        return self.places.get(ROW)


def _mended_sheet(reader: fastexcel.ExcelReader, sheet: str, written: str) -> pl.DataFrame:
    text = _text_of(reader, written)
    heading = _heading(text)
    if heading.row is None:
        raise WorkbookRefused.because(
            f"The sheet {sheet} has no column {ROW}, so its rows can't be told apart. Download the quarantine again.",
            "not-a-quarantine",
        )
    known = {name: column for name, column in heading.places.items() if name in SHEETS[sheet]}
    body = text.slice(1).filter(~pl.all_horizontal(pl.all().is_null()))
    number = pl.col(heading.row).str.strip_chars().str.extract(r"^([0-9]{1,7})(?:\.0*)?$", 1).cast(pl.UInt32)
    rows = body.select(number.alias(ROW), *(pl.col(column).alias(name) for name, column in known.items()))
    return _told_apart(rows, sheet)


def _heading(text: pl.DataFrame) -> _Heading:
    places: dict[str, str] = {}
    for column, head in zip(text.columns, text.row(0) if text.height else (), strict=False):
        places.setdefault(normalised(head or ""), column)
    return _Heading(places)


def _told_apart(rows: pl.DataFrame, sheet: str) -> pl.DataFrame:
    numbers = rows[ROW]
    if numbers.null_count() or numbers.n_unique() < numbers.len():
        raise WorkbookRefused.because(
            f"The sheet {sheet} has rows whose {ROW} is empty, changed or there twice."
            " Put the numbers back as they were.",
            "not-a-quarantine",
        )
    return rows
