import io
import os
import struct
import zipfile
import zlib
from dataclasses import replace
from pathlib import Path

import pytest

from londonnet.apps.national.layout import SHEETS
from londonnet.apps.national.reading import FileLimits, WorkbookRefused, read_workbook

from .workbooks import national, person, write

LIMITS = FileLimits()


def refusal(path: Path, limits: FileLimits = LIMITS) -> WorkbookRefused:
    with pytest.raises(WorkbookRefused) as refused:
        read_workbook(path, limits=limits)
    return refused.value


@pytest.fixture
def good(tmp_path: Path) -> Path:
    return write(tmp_path / "good.xlsx", national())


def repacked(source: Path, target: Path, change: dict[str, bytes]) -> Path:
    """The workbook with some of its parts replaced or added."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            if entry.filename not in change:
                new.writestr(entry.filename, old.read(entry))
        for name, content in change.items():
            new.writestr(name, content)
    return target


def test_a_good_workbook_is_not_refused(good: Path) -> None:
    assert read_workbook(good).sheets["wmt_extract_filtered"].loaded == 2


def test_a_missing_sheet_and_columns_missing_elsewhere_are_all_named_at_once(tmp_path: Path) -> None:
    sheets = national()
    del sheets["cms"], sheets["flag_upw"]
    sheets["court_reports"] = []
    sheets["t2a_detail"] = []
    shorter = [column for column in SHEETS["court_reports"] if column not in ("sdr_last_30", "oral_reports")]
    other = [column for column in SHEETS["t2a_detail"] if column != "crn"]
    path = write(tmp_path / "w.xlsx", sheets, headings={"court_reports": shorter, "t2a_detail": other})
    assert refusal(path).reasons == (
        "The workbook has no sheet flag_upw, cms.",
        "The sheet court_reports has no columns sdr_last_30, oral_reports.",
        "The sheet t2a_detail has no column crn.",
        "Send the export as it came from the national system.",
    )


def test_a_sheet_without_any_cell_misses_all_its_columns(tmp_path: Path) -> None:
    path = write(tmp_path / "w.xlsx", national(), headings={"flag_upw": ()})
    assert "The sheet flag_upw has no columns row_type, case_ref_no" in refusal(path).reasons[0]


def test_a_column_that_is_there_twice_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path / "w.xlsx", national(flag_upw=[]), headings={"flag_upw": (*SHEETS["flag_upw"], "OM_Key")})
    assert "The sheet flag_upw has more than one column om_key" in refusal(path).reasons[0]


def test_swapped_sheets_are_refused(tmp_path: Path) -> None:
    sheets = national()
    sheets["t2a"], sheets["wmt_extract_filtered"] = sheets["wmt_extract_filtered"], sheets["t2a"]
    assert "probably been swapped" in refusal(write(tmp_path / "w.xlsx", sheets)).reasons[0]


def test_as_many_transition_cases_as_cases_are_refused(tmp_path: Path) -> None:
    same = [person(commtiera1=3)]
    path = write(tmp_path / "w.xlsx", national(t2a=same, wmt_extract_filtered=same))
    assert "The sheet t2a has 3 cases and wmt_extract_filtered 3" in refusal(path).reasons[0]


def test_a_file_without_any_readable_case_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path / "w.xlsx", national(t2a=[], wmt_extract_filtered=[person(commtiera1="x")]))
    assert "No cases could be read" in refusal(path).reasons[0]


@pytest.mark.parametrize("datestamp", [None, "soon"])
def test_a_file_without_a_readable_day_is_refused(tmp_path: Path, datestamp: str | None) -> None:
    sheets = national()
    for name in ("wmt_extract", "wmt_extract_filtered", "t2a", "omic_teams", "court_reports"):
        sheets[name] = [{**row, "datestamp": datestamp} for row in sheets[name]]
    assert "no readable datestamp" in str(refusal(write(tmp_path / "w.xlsx", sheets)))


def test_an_old_xls_is_told_apart(tmp_path: Path) -> None:
    path = tmp_path / "old.xlsx"
    path.write_bytes(bytes.fromhex("D0CF11E0A1B11AE1") + b"\0" * 4096)
    assert "old Excel workbook (.xls)" in refusal(path).message


def test_a_workbook_locked_with_a_password_is_told_apart(tmp_path: Path) -> None:
    path = tmp_path / "locked.xlsx"
    path.write_bytes(bytes.fromhex("D0CF11E0A1B11AE1") + b"\0" * 512 + "EncryptedPackage".encode("utf-16-le"))
    assert "locked with a password" in refusal(path).message


@pytest.mark.parametrize(
    ("content", "seems"),
    [
        (b"om_key,team_code\nN07A001,N07T01\n", "a CSV text"),
        ("\ufeffom_key;team_code\n".encode(), "a CSV text"),
        (b"<html><table><tr><td>1</td></tr></table></html>", "a web page"),
        (b"%PDF-1.7\n", "a PDF"),
        (b"", "The file is empty"),
        (b"\x00\x01\x02\x03" * 64, "isn't an Excel workbook"),
    ],
)
def test_another_kind_of_file_called_xlsx_is_told_apart(tmp_path: Path, content: bytes, seems: str) -> None:
    path = tmp_path / "sent.xlsx"
    path.write_bytes(content)
    assert seems in refusal(path).message


@pytest.mark.parametrize(
    ("part", "seems"),
    [("xl/workbook.bin", ".xlsb"), ("word/document.xml", "a Word document"), ("notes.txt", "a zip archive")],
)
def test_another_kind_of_zip_is_told_apart(tmp_path: Path, part: str, seems: str) -> None:
    path = tmp_path / "sent.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(part, "x")
    assert seems in refusal(path).message


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    assert refusal(tmp_path / "none.xlsx").code == "file-not-found"


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.999])
def test_a_file_cut_short_is_refused(good: Path, share: float) -> None:
    content = good.read_bytes()
    good.write_bytes(content[: int(len(content) * share)])
    assert "damaged" in refusal(good).message


def test_a_file_with_changed_bytes_is_refused(good: Path) -> None:
    content = bytearray(good.read_bytes())
    content[len(content) // 2] ^= 0xFF
    good.write_bytes(content)
    assert refusal(good).code in ("damaged", "not-a-workbook")


def test_a_200_mb_file_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "large.xlsx"
    with path.open("wb") as file:
        file.write(b"PK\x03\x04")
        os.truncate(file.fileno(), 200 * 1024 * 1024)
    refused = refusal(path)
    assert refused.code == "file-too-large"
    assert "200.0 MB, and the limit is 150.0 MB" in refused.message


def test_a_zip_bomb_that_declares_its_size_is_refused(good: Path, tmp_path: Path) -> None:
    bomb = repacked(good, tmp_path / "bomb.xlsx", {"xl/media/image1.bin": b"\0" * (64 * 1024 * 1024)})
    assert refusal(bomb).code == "zip-bomb"


def test_a_zip_bomb_that_lies_about_its_size_is_refused(good: Path, tmp_path: Path) -> None:
    bomb = repacked(good, tmp_path / "bomb.xlsx", {"xl/media/image1.bin": b"\0" * (64 * 1024 * 1024)})
    content = bytearray(bomb.read_bytes())
    true_size, false_size = struct.pack("<I", 64 * 1024 * 1024), struct.pack("<I", 1000)
    assert content.count(true_size) == 2
    bomb.write_bytes(bytes(content).replace(true_size, false_size))
    assert refusal(bomb, replace(LIMITS, inflated_bytes=32 * 1024 * 1024)).code == "zip-bomb"
    assert refusal(bomb).code == "damaged"


def test_a_part_that_lies_about_its_content_is_refused(good: Path, tmp_path: Path) -> None:
    """The declared size and checksum fit the first part of the content only, as a careful attacker would make them."""
    whole = b"<x/>" * 1000
    path = repacked(good, tmp_path / "w.xlsx", {"xl/media/a.bin": whole})
    content = path.read_bytes()
    content = content.replace(struct.pack("<I", len(whole)), struct.pack("<I", 400))
    content = content.replace(struct.pack("<I", zlib.crc32(whole)), struct.pack("<I", zlib.crc32(whole[:400])))
    path.write_bytes(content)
    assert refusal(path).code == "damaged"


def test_a_container_with_too_many_parts_is_refused(good: Path, tmp_path: Path) -> None:
    bomb = repacked(good, tmp_path / "bomb.xlsx", {f"xl/media/{number}.bin": b"" for number in range(1001)})
    assert refusal(bomb).code == "zip-bomb"


def test_a_container_with_the_same_part_twice_is_refused(good: Path) -> None:
    with zipfile.ZipFile(good, "a") as archive, pytest.warns(UserWarning, match="Duplicate name"):
        archive.writestr("xl/workbook.xml", archive.read("xl/workbook.xml"))
    assert refusal(good).code == "damaged"


@pytest.mark.parametrize("cell", [b'r="XFD1048576"', b'r="A700000"', b"r = 'zzz9'", b'r="IZ99999"'])
def test_a_stray_cell_far_outside_is_refused_before_it_takes_all_memory(
    good: Path, tmp_path: Path, cell: bytes
) -> None:
    with zipfile.ZipFile(good) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml")
    stray = b"<row><c " + cell + b"><v>1</v></c></row></sheetData>"
    path = repacked(good, tmp_path / "w.xlsx", {"xl/worksheets/sheet1.xml": sheet.replace(b"</sheetData>", stray)})
    refused = refusal(path)
    assert refused.code == "sheet-too-large"
    assert "wmt_extract" in refused.message


def test_a_workbook_without_a_proper_sheet_inside_is_refused(good: Path, tmp_path: Path) -> None:
    path = repacked(good, tmp_path / "w.xlsx", {"xl/workbook.xml": b"this is no xml <"})
    assert refusal(path).code in ("damaged", "workbook-refused")


def test_a_refusal_carries_its_reasons_and_a_message_with_all_of_them() -> None:
    refused = WorkbookRefused(("First.", "Second."))
    assert refused.message == "First. Second."
    assert refused.reasons == ("First.", "Second.")


def test_the_empty_zip_is_told_apart(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    zipfile.ZipFile(buffer, "w").close()
    path = tmp_path / "empty.xlsx"
    path.write_bytes(buffer.getvalue())
    assert "empty zip archive" in refusal(path).message
