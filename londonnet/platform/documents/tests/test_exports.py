"""Exports: exactly what a list shows, marked, and harmless to open."""

import csv
import io
import zipfile
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import fastexcel
import pytest

from londonnet.platform.audit.models import TrailEntry
from londonnet.platform.documents.exports import export_response
from londonnet.platform.documents.plain import csv_chunks
from londonnet.platform.documents.sheets import Sheet, fields_of
from londonnet.platform.documents.workbooks import write_workbook
from londonnet.platform.lists.columns import Column, Kind
from londonnet.platform.lists.tests.sample import Boat, ask, request_for
from londonnet.platform.trusts import Trust

if TYPE_CHECKING:
    from londonnet.platform.access.models import User

CountQueries = Callable[[], AbstractContextManager[Any]]
FORMULAS = ["=1+1", "+44 20", "-5 knots", "@SUM(A1)", "\t=1", "\r=1", "\n=1"]


def export(user: "User", query: str, rows: list[Boat]) -> Any:
    asked = ask(user, query)
    return export_response(
        request_for(user), asked, rows, title="Boats & barges", marking="OFFICIAL-SENSITIVE", as_at="As at 3 March 2026"
    )


def content(answer: Any) -> bytes:
    return b"".join(answer.streaming_content)


def plain(user: "User", query: str, rows: list[Boat]) -> list[list[str]]:
    text = content(export(user, f"{query}&format=csv", rows)).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline="")))


def part(book: bytes, name: str) -> str:
    return zipfile.ZipFile(io.BytesIO(book)).read(name).decode()


def test_a_plain_table_holds_the_chosen_columns_as_numbers_and_dates_that_programs_read(
    in_alpha: Trust, alice: "User"
) -> None:
    rows = plain(alice, "columns=name,crew,load,hours,built", [Boat("Zoë", crew=1234), Boat("B", crew=None, load=None)])
    assert rows == [
        ["Boat", "Home", "Crew", "Load", "Hours", "Built"],
        ["Zoë", "Pier", "1234", "95.46", "37.50", "2026-11-20"],
        ["B", "Pier", "", "Not weighed", "37.50", "2026-11-20"],
    ]


def test_a_workbook_is_marked_dated_and_reads_back(in_alpha: Trust, alice: "User") -> None:
    book = content(export(alice, "kind=tug&columns=name,crew,load,built&format=xlsx", [Boat("Zoë <&>", crew=1234)]))
    cells = fastexcel.read_excel(book).load_sheet(0, header_row=None).to_polars().rows()
    assert [row[0] for row in cells] == [
        "Boats & barges",
        "OFFICIAL-SENSITIVE",
        "As at 3 March 2026",
        "Filter: Kind: Tug",
        None,
        "Boat",
        "Zoë <&>",
    ]
    assert cells[-2][1:] == ("Home", "Crew", "Load", "Built")
    assert float(cells[-1][2]) == 1234
    assert float(cells[-1][3]) == pytest.approx(0.95456)
    assert cells[-1][4].startswith("2026-11-20")
    sheet = part(book, "xl/worksheets/sheet1.xml")
    assert sheet.count("OFFICIAL-SENSITIVE") == 3  # the line, and head and foot of each printed page
    assert "Boats &amp;&amp; barges" in sheet
    assert 'ySplit="6"' in sheet
    assert "0.0%" in part(book, "xl/styles.xml")


@pytest.mark.parametrize("text", FORMULAS)
def test_no_text_is_taken_for_a_formula(in_alpha: Trust, alice: "User", text: str) -> None:
    assert plain(alice, "columns=name", [Boat(text, home=text)])[1] == [f"'{text}", f"'{text}"]
    book = content(export(alice, "columns=name&format=xlsx", [Boat(text)]))
    sheet = part(book, "xl/worksheets/sheet1.xml")
    assert "<f>" not in sheet
    assert "quotePrefix" in part(book, "xl/styles.xml")
    cell = sheet[: sheet.index(">Pier<")].rpartition('<c r="A')[2]
    assert ' s="' in cell
    assert 't="inlineStr"' in cell


def test_a_text_that_no_workbook_may_hold_does_not_spoil_it(in_alpha: Trust, alice: "User") -> None:
    book = content(export(alice, "format=xlsx", [Boat("a\x00\x0b\ud800\uffffb"), Boat("c" * 40_000)]))
    names = fastexcel.read_excel(book).load_sheet(0, header_row=None).to_polars()[:, 0].to_list()
    assert names[-2:] == ["ab", "c" * 32_767]


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_an_export_without_rows_has_its_headings(in_alpha: Trust, alice: "User", form: str) -> None:
    written = content(export(alice, f"columns=name&format={form}", []))
    if form == "csv":
        assert written.decode("utf-8-sig") == "Boat,Home\r\n"
    else:
        assert fastexcel.read_excel(written).load_sheet(0, header_row=None).to_polars().rows()[-1] == ("Boat", "Home")


def test_a_file_is_named_plainly_with_day_and_marking(in_alpha: Trust, alice: "User") -> None:
    name = export(alice, "format=csv", [])["Content-Disposition"]
    assert name.startswith('attachment; filename="tests-boats-20')
    assert name.endswith('-OFFICIAL-SENSITIVE.csv"')
    assert export(alice, "format=xlsx", [])["Cache-Control"] == "no-store"


def test_what_left_the_house_is_in_the_trail(in_alpha: Trust, alice: "User") -> None:
    export(alice, "kind=punt&columns=name&format=csv", [Boat("a"), Boat("b")])
    entry = TrailEntry.objects.get(kind="documents.exported")
    assert (entry.subject_type, entry.subject_id) == ("list", "tests.boats")
    assert entry.after == {
        "rows": 2,
        "format": "csv",
        "columns": ["name"],
        "filters": ["Kind: Punt"],
        "marking": "OFFICIAL-SENSITIVE",
        "of": "",
    }


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_an_export_asks_the_database_the_same_whatever_the_rows(
    in_alpha: Trust, alice: "User", count_queries: CountQueries, form: str
) -> None:
    counts = []
    for size in (1, 2500):
        with count_queries() as counted:
            content(export(alice, f"format={form}", [Boat(f"b{n}") for n in range(size)]))
        counts.append(counted.count)
    assert counts[0] == counts[1]


def test_a_moment_is_one_to_programs_too_in_the_hours_of_london() -> None:
    midsummer = datetime(2026, 6, 20, 23, 15, tzinfo=UTC)
    fields = fields_of([Column("when", "When", Kind.MOMENT, lambda row: row)])
    sheet = Sheet("Moves", "OFFICIAL", "As at 21 June 2026", (), fields, [midsummer])
    assert b"".join(csv_chunks(sheet)).decode("utf-8-sig").split() == ["When", "2026-06-21", "00:15"]
    book = io.BytesIO()
    write_workbook(sheet, book)
    (when,) = fastexcel.read_excel(book.getvalue()).load_sheet(0, header_row=4).to_polars()["When"]
    assert when == datetime(2026, 6, 21, 0, 15)  # noqa: DTZ001  # workbooks know no zones
