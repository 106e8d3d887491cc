"""Small national workbooks for the tests, written row by row with whatever a test wants in them."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path

import xlsxwriter

from londonnet.apps.national.layout import SHEETS, WORKLOAD_SHEETS

Cell = str | int | float | bool | date | None
Row = dict[str, Cell]
Sheets = dict[str, list[Row]]
DAY = date(2026, 11, 20)


def person(key: str = "N07A001", team: str = "N07T01", **cells: Cell) -> Row:
    """An identity row with the file's day; more cells by column name."""
    return {
        "trust": "Made-up Service",
        "region_desc": "North Quarter",
        "region_code": "N07R1",
        "pdu_desc": "Thimbletwick",
        "pdu_code": "N07P1",
        "ldu_desc": "Thimbletwick",
        "ldu_code": "N07L1",
        "team_desc": f"Team {team}",
        "team_code": team,
        "om_surname": "Thistlewick",
        "om_forename": "Abena",
        "om_key": key,
        "om_grade_code": "M",
        "datestamp": DAY,
        **cells,
    }


def case(crn: str = "A000001", key: str = "N07A001", team: str = "N07T01", **cells: Cell) -> Row:
    """A row of a case sheet; `row_type` N unless said otherwise."""
    return {
        "row_type": "N",
        "case_ref_no": crn,
        "tier_code": 6,
        "team_code": team,
        "om_grade_code": "M",
        "om_key": key,
        "location": "COMMUNITY",
        **cells,
    }


def contact(number: int = 1, **cells: Cell) -> Row:
    """A case-management-support contact that N07A001 did for N07A002."""
    return {
        "contact_id": number,
        "crn": "A000001",
        "contact_date": DAY,
        "contact_type_code": "CMS01",
        "contact_staff_key": "N07A001",
        "contact_team_key": "N07T01",
        "om_key": "N07A002",
        "om_team_key": "N07T01",
        **cells,
    }


def national(**sheets: list[Row]) -> Sheets:
    """A good little workbook of two practitioners; sheets given take the place of its own."""
    people = [person("N07A001", commtierb2=4, licencetiera3s=1), person("N07A002", custtierc0=2, commtier0=1)]
    usual: Sheets = {sheet: [] for sheet in SHEETS}
    usual.update(dict.fromkeys(WORKLOAD_SHEETS, people))
    usual["t2a"] = [person("N07A001", commtierb2=1)]
    usual["court_reports"] = [person("N07A001", sdr_last_30=2, oral_reports=3)]
    usual["flag_warr_4_n"] = [case("A000001"), case("A000002", row_type="W")]
    usual["cms"] = [contact()]
    return {**usual, **sheets}


def write(
    path: Path,
    sheets: Mapping[str, Sequence[Row | None]],
    *,
    headings: Mapping[str, Sequence[str]] | None = None,
) -> Path:
    """Write a workbook; a row of None stays blank. `headings` replaces the headings of a sheet, in order."""
    with xlsxwriter.Workbook(path) as workbook:
        dated = workbook.add_format({"num_format": "dd/mm/yyyy"})
        for name, rows in sheets.items():
            sheet = workbook.add_worksheet(name)
            columns = SHEETS.get(name.strip().lower(), ())
            sheet.write_row(0, 0, (headings or {}).get(name, columns))
            for number, row in enumerate(rows, start=1):
                for column, cell in (row or {}).items():
                    if isinstance(cell, date | datetime):
                        sheet.write_datetime(number, columns.index(column), cell, dated)
                    elif isinstance(cell, str):
                        sheet.write_string(number, columns.index(column), cell)
                    elif cell is not None:
                        sheet.write(number, columns.index(column), cell)
    return path
