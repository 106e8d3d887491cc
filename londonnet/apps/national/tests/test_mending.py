import zipfile
from collections.abc import Sequence
from dataclasses import astuple
from datetime import date
from pathlib import Path

import fastexcel
import polars as pl
import pytest
import xlsxwriter

from londonnet.apps.national.quarantine import COVER, is_quarantine_workbook, read_mended, write_quarantine
from londonnet.apps.national.reading import WorkbookReading, WorkbookRefused, read_workbook

from .workbooks import Row, case, national, person, write

Cells = list[list[object]]


def contents(path: Path) -> dict[str, Cells]:
    """All cells of a workbook as text, by sheet."""
    reader = fastexcel.read_excel(path)
    frames = {
        name: reader.load_sheet(name, header_row=None, skip_rows=0, dtypes="string") for name in reader.sheet_names
    }
    return {name: [list(row) for row in frame.to_polars().iter_rows()] for name, frame in frames.items()}


def save(path: Path, sheets: dict[str, Cells]) -> Path:
    with xlsxwriter.Workbook(path) as workbook:
        for name, rows in sheets.items():
            sheet = workbook.add_worksheet(name)
            for number, row in enumerate(rows):
                for column, cell in enumerate(row):
                    if isinstance(cell, str):
                        sheet.write_string(number, column, cell)
                    elif cell is not None:
                        sheet.write(number, column, cell)
    return path


def faulty() -> dict[str, Sequence[Row | None]]:
    bad = person("N07A002", commtierb3="x", commtierc1=4)
    return {
        **national(),
        "wmt_extract_filtered": [person("N07A001", commtiera0=20), None, bad, person("", custtiera3=1)],
        "flag_warr_4_n": [case("A000001"), case("A000002", tier_code="?")],
    }


@pytest.fixture
def source(tmp_path: Path) -> Path:
    return write(tmp_path / "extract.xlsx", faulty())


@pytest.fixture
def reading(source: Path) -> WorkbookReading:
    return read_workbook(source)


def sent_back(reading: WorkbookReading, folder: Path, changes: dict[tuple[str, str, str], object]) -> Path:
    """The quarantine with cells changed, by sheet, row number and column."""
    path = folder / "quarantine.xlsx"
    write_quarantine(reading, path)
    sheets = contents(path)
    for (sheet, row, column), cell in changes.items():
        place = sheets[sheet][0].index(column)
        (found,) = [cells for cells in sheets[sheet] if cells[0] == row]
        found[place] = cell
    return save(folder / "mended.xlsx", sheets)


def test_the_quarantine_has_the_rows_word_for_word_with_what_is_wrong(reading: WorkbookReading, tmp_path: Path) -> None:
    path = tmp_path / "quarantine.xlsx"
    write_quarantine(reading, path)
    sheets = contents(path)
    assert list(sheets) == [COVER, "wmt_extract_filtered", "flag_warr_4_n"]
    assert sheets[COVER][0] == ["extract sha256", reading.source_digest]
    heads, *rows = sheets["wmt_extract_filtered"]
    assert [dict(zip(heads, row, strict=True))["commtierb3"] for row in rows] == ["x", None]
    assert [row[:3] for row in rows] == [
        ["4", "commtierb3", "commtierb3 isn't a number"],
        ["5", "om_key", "om_key is empty: a row needs the practitioner's key"],
    ]
    assert len(heads) == 116 + 3


def test_mended_rows_take_the_place_of_the_extracts_own(source: Path, reading: WorkbookReading, tmp_path: Path) -> None:
    changes: dict[tuple[str, str, str], object] = {
        ("wmt_extract_filtered", "4", "commtierb3"): 7,
        ("wmt_extract_filtered", "4", "commtierc1"): None,
        ("wmt_extract_filtered", "5", "om_key"): "N07A003",
        ("flag_warr_4_n", "3", "tier_code"): "6",
    }
    path = sent_back(reading, tmp_path, changes)
    assert is_quarantine_workbook(path)
    assert not is_quarantine_workbook(source)
    again = read_workbook(source, mended=[read_mended(path)])
    assert again.quarantined == []
    assert again.counts["wmt_extract_filtered"].select("om_key", "tier", "count").rows() == [
        ("N07A001", 4, 20),
        ("N07A002", 5, 7),
        ("N07A003", 1, 1),
    ]
    assert again.cases["crn"].to_list() == ["A000001", "A000002"]
    assert again.datestamp == date(2026, 11, 20)


def test_the_digest_of_a_mended_reading_is_another(source: Path, reading: WorkbookReading, tmp_path: Path) -> None:
    mended = read_mended(sent_back(reading, tmp_path, {}))
    again = read_workbook(source, mended=[mended])
    assert again.source_digest == reading.digest
    assert again.digest != reading.digest
    assert again.quarantined == reading.quarantined


def test_what_is_mended_step_by_step_stays_mended(source: Path, reading: WorkbookReading, tmp_path: Path) -> None:
    first = read_mended(sent_back(reading, tmp_path, {("wmt_extract_filtered", "4", "commtierb3"): 7}))
    half = read_workbook(source, mended=[first])
    assert [(row.sheet, row.row) for row in half.quarantined] == [("wmt_extract_filtered", 5), ("flag_warr_4_n", 3)]
    second = read_mended(sent_back(half, tmp_path, {("flag_warr_4_n", "3", "tier_code"): 1}))
    whole = read_workbook(source, mended=[first, second])
    assert [(row.sheet, row.row) for row in whole.quarantined] == [("wmt_extract_filtered", 5)]
    assert astuple(whole.sheets["wmt_extract_filtered"]) == (4, 2, 1, 1)


def test_mended_rows_of_another_extract_are_refused(reading: WorkbookReading, tmp_path: Path) -> None:
    other = write(tmp_path / "other.xlsx", national())
    mended = read_mended(sent_back(reading, tmp_path, {}))
    with pytest.raises(WorkbookRefused, match="belong to another extract"):
        read_workbook(other, mended=[mended])


def test_a_mended_row_that_the_extract_has_not_is_ignored_with_a_note(
    source: Path, reading: WorkbookReading, tmp_path: Path
) -> None:
    path = sent_back(reading, tmp_path, {("flag_warr_4_n", "3", "londonnet_row"): "999"})
    again = read_workbook(source, mended=[read_mended(path)])
    assert "mended-row-unknown" in [note.code for note in again.notes]
    assert again.cases.height == 1


@pytest.mark.parametrize("number", [None, "five", "5"])
def test_row_numbers_that_were_changed_are_refused(
    reading: WorkbookReading, tmp_path: Path, number: str | None
) -> None:
    path = sent_back(reading, tmp_path, {("wmt_extract_filtered", "4", "londonnet_row"): number})
    with pytest.raises(WorkbookRefused, match="empty, changed or there twice"):
        read_mended(path)


def test_an_extract_is_no_quarantine(source: Path) -> None:
    with pytest.raises(WorkbookRefused, match="isn't a quarantine workbook"):
        read_mended(source)


def test_a_quarantine_without_its_cover_or_row_numbers_is_refused(reading: WorkbookReading, tmp_path: Path) -> None:
    path = tmp_path / "quarantine.xlsx"
    write_quarantine(reading, path)
    sheets = contents(path)
    with pytest.raises(WorkbookRefused, match="which extract the rows belong to"):
        read_mended(save(tmp_path / "a.xlsx", {**sheets, COVER: [["nothing", "here"]]}))
    headless = [[None, *row[1:]] for row in sheets["flag_warr_4_n"]]
    with pytest.raises(WorkbookRefused, match="has no column londonnet_row"):
        read_mended(save(tmp_path / "b.xlsx", {**sheets, "flag_warr_4_n": headless}))


def test_text_that_looks_like_a_formula_stays_text(tmp_path: Path) -> None:
    evil = "=cmd|'/c calc'!A1"
    rows = [person("N07A001", commtiera0=20), person("N07A002", om_surname=evil, commtierb3="x", trust="http://x.test")]
    reading = read_workbook(write(tmp_path / "w.xlsx", national(wmt_extract_filtered=rows)))
    path = tmp_path / "quarantine.xlsx"
    write_quarantine(reading, path)
    heads, row = contents(path)["wmt_extract_filtered"]
    assert dict(zip(heads, row, strict=True))["om_surname"] == evil
    assert _parts_with(path, b"<f>") == []
    assert _parts_with(path, b"hyperlink") == []


def _parts_with(path: Path, mark: bytes) -> list[str]:
    with zipfile.ZipFile(path) as archive:
        return [name for name in archive.namelist() if mark in archive.read(name)]


def test_an_empty_quarantine_is_only_its_cover(tmp_path: Path) -> None:
    reading = read_workbook(write(tmp_path / "w.xlsx", national()))
    path = tmp_path / "quarantine.xlsx"
    write_quarantine(reading, path)
    assert list(contents(path)) == [COVER]
    assert reading.quarantine.filter(pl.col("sheet") != "").is_empty()
