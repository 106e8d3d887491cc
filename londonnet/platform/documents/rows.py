"""The rows of a workbook, written straight into its worksheet.

xlsxwriter writes cell by cell, with a dozen calls for each: 15,000 rows of 55 numbers take seven seconds. Here a row
is one piece of text, and they take one and a half. All else in the file is xlsxwriter's.
"""

import datetime as dt
import re
from collections.abc import Callable, Sequence
from typing import Any, Final
from xml.sax.saxutils import escape

from django.utils import timezone
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from londonnet.platform.lists.columns import Kind

from .sheets import STARTS_A_FORMULA, Field, Sheet

_LONGEST_TEXT: Final = 32_767
_NEVER_IN_XML: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")

Cell = Callable[[str, Any], str]
"""Writes the cell of a row, given as text, that holds a value."""


def write_rows(page: Worksheet, first: int, sheet: Sheet, formats: Sequence[Format], guard: Format) -> None:
    """Write the rows of a sheet from a row of the page on; nothing may be written to the page afterwards.

    Args:
        page: a page of a workbook in constant memory.
        first: the first row, counted from 0.
        sheet: the sheet.
        formats: how the numbers of each column look.
        guard: the look of texts that begin like a formula: they are marked as text.
    """
    page._write_single_row(first)  # what was written before comes before
    cells = [
        _cell(xl_col_to_name(at), field, format_._get_xf_index(), guard._get_xf_index())
        for at, (field, format_) in enumerate(zip(sheet.fields, formats, strict=True))
    ]
    write = page.fh.write
    for number, values in enumerate(sheet.values(), first + 1):
        row = str(number)
        written = [cell(row, value) for cell, value in zip(cells, values, strict=True) if value is not None]
        write(f'<row r="{row}">{"".join(written)}</row>')
    page.dim_rowmax = max(first, first + len(sheet.rows) - 1)


def _cell(name: str, field: Field, look: int, guard: int) -> Cell:
    opened, styled, closed = f'<c r="{name}', f'" s="{look}"><v>', "</v></c>"
    worth = _WORTH.get(field.kind)

    def cell(row: str, value: Any) -> str:
        if isinstance(value, str):
            return f"{opened}{row}{_text(value, guard)}"
        return f"{opened}{row}{styled}{worth(value) if worth else value}{closed}"

    return cell


def _text(value: str, guard: int) -> str:
    """A text is told to be one, so that nothing reads it as a formula; one that looks like it stays one when edited."""
    style = f' s="{guard}"' if value.startswith(STARTS_A_FORMULA) else ""
    written = escape(_NEVER_IN_XML.sub("", value[:_LONGEST_TEXT]))
    return f'"{style} t="inlineStr"><is><t xml:space="preserve">{written}</t></is></c>'


def _fraction(percent: Any) -> float:
    return float(percent) / 100


def _day_number(day: dt.date) -> int:
    """A day as Excel counts it."""
    return day.toordinal() - dt.date(1899, 12, 30).toordinal()


def _moment_number(moment: dt.datetime) -> float:
    """A day and time in London as Excel counts them."""
    local = timezone.localtime(moment)
    return _day_number(local.date()) + dt.timedelta(hours=local.hour, minutes=local.minute) / dt.timedelta(days=1)


_WORTH: Final[dict[Kind, Callable[[Any], Any]]] = {
    Kind.PERCENT: _fraction,
    Kind.BAR: _fraction,
    Kind.DATE: _day_number,
    Kind.MOMENT: _moment_number,
}
