"""A sheet as an Excel workbook: marked above the table and in the head and foot of each printed page."""

from collections.abc import Sequence
from typing import IO, Final

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from londonnet.platform.lists.columns import Kind

from .rows import write_rows
from .sheets import Field, Sheet

_NUMBER_FORMATS: Final = {
    Kind.WHOLE: "#,##0",
    Kind.ONE_DECIMAL: "#,##0.0",
    Kind.HOURS: "General",  # a format with #.## leaves a lone point behind whole hours
    Kind.DATE: "d mmmm yyyy",
    Kind.MOMENT: "d mmmm yyyy h:mm",
}
_WIDTHS: Final = {Kind.TEXT: 24, Kind.DATE: 18, Kind.MOMENT: 24}
_NARROWEST: Final = 11
_A4: Final = 9
_AS_TEXT: Final = {"quote_prefix": True, "num_format": "@"}


def write_workbook(sheet: Sheet, to: IO[bytes]) -> None:
    """Write the workbook, row by row: its memory doesn't grow with the rows."""
    with Workbook(to, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as workbook:
        workbook.set_properties({"title": sheet.title, "comments": sheet.marking})
        page = workbook.add_worksheet("List")
        heading_row = len(_lines(sheet)) + 1
        _lay_out(page, sheet, heading_row)
        _write_heading(workbook, page, sheet, heading_row)
        write_rows(page, heading_row + 1, sheet, _formats(workbook, sheet.fields), workbook.add_format(_AS_TEXT))


def _lines(sheet: Sheet) -> Sequence[str]:
    return (sheet.title, sheet.marking, sheet.as_at, *sheet.notes)


def _lay_out(page: Worksheet, sheet: Sheet, heading_row: int) -> None:
    for at, field in enumerate(sheet.fields):
        page.set_column(at, at, max(_WIDTHS.get(field.kind, _NARROWEST), min(len(field.label) + 4, 40)))
    page.freeze_panes(heading_row + 1, 1)
    page.autofilter(heading_row, 0, heading_row + max(1, len(sheet.rows)), len(sheet.fields) - 1)
    page.repeat_rows(heading_row)
    page.set_landscape()
    page.set_paper(_A4)
    page.fit_to_pages(1, 0)
    page.set_header(f'&C&"Arial,Bold"{sheet.marking}')
    page.set_footer(f'&L{_plain(sheet.title)}&C&"Arial,Bold"{sheet.marking}&RPage &P of &N')


def _write_heading(workbook: Workbook, page: Worksheet, sheet: Sheet, heading_row: int) -> None:
    bold = workbook.add_format({"bold": True})
    for row, line in enumerate(_lines(sheet)):
        page.write_string(row, 0, line, bold if row < 2 else None)
    look = workbook.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "bottom"})
    for at, field in enumerate(sheet.fields):
        page.write_string(heading_row, at, field.label, look)


def _formats(workbook: Workbook, fields: Sequence[Field]) -> list[Format]:
    """How each column's numbers look: as on the page, whatever stands behind the point."""
    codes = [_number_format(field) for field in fields]
    made = {code: workbook.add_format({"num_format": code}) for code in sorted(set(codes))}
    return [made[code] for code in codes]


def _number_format(field: Field) -> str:
    if field.kind in (Kind.PERCENT, Kind.BAR):
        return f"0.{'0' * field.decimals}%" if field.decimals else "0%"
    return _NUMBER_FORMATS.get(field.kind, "General")


def _plain(title: str) -> str:
    """A title for the foot of a page, where & begins an instruction; no more than fits there."""
    return title.replace("&", "&&")[:120]
