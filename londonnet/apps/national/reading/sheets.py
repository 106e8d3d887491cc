"""The sheets of a workbook as frames of text, with their row numbers; nothing is guessed or converted here.

The heading is row 1. Blank rows keep their numbers, wherever they stand.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import fastexcel
import polars as pl

from ..layout import SHEETS, normalised
from .cells import ROW, trimmed
from .inflation import Examined
from .refusal import WorkbookRefused
from .worksheet_scan import ErrorCell

_UNREADABLE = "The workbook can't be read: it is damaged, or isn't a proper Excel workbook. Send the export again."


@dataclass(frozen=True)
class SheetText:
    """One sheet as it came.

    Attributes:
        name: the sheet's name in the layout.
        headings: the columns' headings as written, in the file's order.
        raw: row number and every cell's text as it came; columns are named c0, c1, … in the file's order.
    """

    name: str
    headings: tuple[str, ...]
    raw: pl.DataFrame

    @property
    def positions(self) -> dict[str, int]:
        """Where each column stands in the file, by normalised name; of two alike the first."""
        places: dict[str, int] = {}
        for place, heading in enumerate(self.headings):
            places.setdefault(normalised(heading), place)
        return places

    @property
    def missing(self) -> list[str]:
        """The layout's columns that the sheet lacks, in the layout's order."""
        present = self.positions
        return [column for column in SHEETS[self.name] if column not in present]

    @property
    def repeated(self) -> list[str]:
        """The layout's columns that the sheet has more than once."""
        names = [normalised(heading) for heading in self.headings]
        return [column for column in SHEETS[self.name] if names.count(column) > 1]

    @property
    def unknown(self) -> list[str]:
        """Headings that the layout doesn't know; their columns are ignored."""
        known = set(SHEETS[self.name])
        return [heading for heading in self.headings if heading.strip() and normalised(heading) not in known]

    def cells(self) -> pl.DataFrame:
        """Row number and the layout's columns under their own names, trimmed; wholly empty rows left out."""
        places = self.positions
        filled = self.raw.filter(~_all_blank(self.raw)) if self.raw.width > 1 else self.raw.clear()
        return trimmed(filled.select(ROW, *(pl.col(f"c{places[name]}").alias(name) for name in SHEETS[self.name])))


def _all_blank(raw: pl.DataFrame) -> pl.Expr:
    text = pl.exclude(ROW)
    return pl.all_horizontal(text.is_null() | (text.str.strip_chars() == ""))


class Workbook:
    """The workbook's sheets, read one at a time so that only one is in memory.

    Args:
        path: a file that `examined` has passed.
        looked_over: what `examined` found; its Excel errors are put back where they stood, and a sheet that it
            couldn't look over isn't opened.

    Raises:
        WorkbookRefused: the file isn't a workbook after all.
    """

    def __init__(self, path: Path, looked_over: Examined) -> None:
        try:
            self._reader = fastexcel.read_excel(path)
        except fastexcel.FastExcelError:
            raise WorkbookRefused.because(_UNREADABLE, "damaged") from None
        self._looked_over = looked_over.sheets
        self._errors: dict[str, list[ErrorCell]] = {}
        for error in looked_over.errors:
            self._errors.setdefault(error.sheet, []).append(error)

    @property
    def sheet_names(self) -> list[str]:
        """All sheets' names as written."""
        return self._reader.sheet_names

    def written_names(self) -> dict[str, list[str]]:
        """The names as written of each normalised sheet name; more than one is a fault of the file."""
        written: dict[str, list[str]] = {}
        for name in self.sheet_names:
            written.setdefault(normalised(name), []).append(name)
        return written

    def sheet(self, name: str, written: str) -> SheetText:
        """One sheet with every cell as text."""
        everything = self._load(written)
        heads = [f"c{place}" for place in range(everything.width)]
        everything.columns = heads
        headings = tuple(str(head or "") for head in everything.row(0)) if everything.height else ()
        raw = everything.slice(1).with_row_index(ROW, offset=2)
        return SheetText(name, headings, _with_errors(raw, self._errors.get(written, ())))

    def _load(self, written: str) -> pl.DataFrame:
        if written not in self._looked_over:
            raise WorkbookRefused.because(_UNREADABLE, "damaged")
        try:
            # skip_rows=0 keeps blank rows at the top, which fastexcel would otherwise drop without a word.
            return self._reader.load_sheet(written, header_row=None, skip_rows=0, dtypes="string").to_polars()
        except fastexcel.FastExcelError:
            raise WorkbookRefused.because(_UNREADABLE, "damaged") from None


def _with_errors(raw: pl.DataFrame, errors: Sequence[ErrorCell]) -> pl.DataFrame:
    by_column: dict[str, dict[int, str]] = {}
    for error in errors:
        by_column.setdefault(f"c{error.column}", {})[error.row] = error.text
    return raw.with_columns(
        pl.coalesce(pl.col(ROW).replace_strict(texts, default=None, return_dtype=pl.String), pl.col(name)).alias(name)
        for name, texts in by_column.items()
        if name in raw.columns
    )


def with_mended_rows(sheet: SheetText, mended: pl.DataFrame) -> tuple[SheetText, list[int]]:
    """The sheet with whole rows replaced by mended ones, and the numbers of mended rows that the sheet hasn't.

    Args:
        sheet: the sheet as it came.
        mended: row number and columns under normalised names; a column it lacks keeps the sheet's own text.
    """
    places = {name: f"c{place}" for name, place in sheet.positions.items() if name in mended.columns}
    replacing = mended.select(ROW, *(pl.col(name).alias(column) for name, column in places.items()))
    missing = replacing.join(sheet.raw, on=ROW, how="anti")[ROW].to_list()
    replaced = sheet.raw.update(replacing, on=ROW, how="left", include_nulls=True).sort(ROW)
    return SheetText(sheet.name, sheet.headings, replaced), missing


def structure_reasons(sheet: SheetText) -> list[str]:
    """Why the sheet's headings refuse the file: columns missing, columns named twice."""
    reasons = []
    if sheet.missing:
        word = "column" if len(sheet.missing) == 1 else "columns"
        reasons.append(f"The sheet {sheet.name} has no {word} {', '.join(sheet.missing)}.")
    if sheet.repeated:
        reasons.append(
            f"The sheet {sheet.name} has more than one column {', '.join(sheet.repeated)}: keep one of each."
        )
    return reasons


def sheet_reasons(written: Mapping[str, Sequence[str]]) -> list[str]:
    """Why the list of sheets refuses the file: sheets missing, sheets that are there twice."""
    missing = [name for name in SHEETS if name not in written]
    reasons = [f"The workbook has no sheet {', '.join(missing)}."] if missing else []
    twice = [names for name, names in written.items() if name in SHEETS and len(names) > 1]
    return reasons + [f"The sheets {' and '.join(names)} have the same name: keep one." for names in twice]
