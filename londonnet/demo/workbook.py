"""Writing the demo service as a workbook in the national layout."""

from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path
from typing import Final

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from londonnet.apps.national.layout import SHEETS

from .making import made_service
from .rows import Row, sheet_rows
from .service import Service

# The file's own properties carry a fixed moment, so that the same service gives the same bytes.
_CREATED: Final = datetime(2026, 1, 1)  # noqa: DTZ001 - written as it stands


def write_workbook(
    path: Path, *, practitioners: int, cases: int, seed: int, day: date | None = None, week: int = 0
) -> Service:
    """Make the demo service and write its extract; gives the service, for the files that go with it.

    Args:
        path: the .xlsx to write.
        practitioners: practitioners-in-team.
        cases: open cases.
        seed: the same seed gives the same file.
        day: the first extract's day; today when not given.
        week: weeks later: the datestamp is that much later, and people and cases have changed.
    """
    service = made_service(practitioners=practitioners, cases=cases, seed=seed, day=day, week=week)
    write_service(path, service)
    return service


def write_service(path: Path, service: Service) -> None:
    """Write a service's extract. Counts of 0 are left empty, which means the same and keeps the file small."""
    with xlsxwriter.Workbook(path, {"constant_memory": True}) as workbook:
        workbook.set_properties({"created": _CREATED, "title": "Made-up workload extract of the demo trust"})
        dated = workbook.add_format({"num_format": "dd/mm/yyyy"})
        for name, rows in sheet_rows(service):
            _write_sheet(workbook.add_worksheet(name), SHEETS[name], rows, dated)


def _write_sheet(sheet: Worksheet, columns: tuple[str, ...], rows: Iterable[Row], dated: Format) -> None:
    places = {column: place for place, column in enumerate(columns)}
    for column, place in places.items():
        sheet.write_string(0, place, column)
    for number, row in enumerate(rows, start=1):
        for column, cell in sorted(row.items(), key=lambda item: places[item[0]]):
            if isinstance(cell, str):
                sheet.write_string(number, places[column], cell)
            elif isinstance(cell, int):
                sheet.write_number(number, places[column], cell)
            else:
                sheet.write_datetime(number, places[column], cell, dated)
