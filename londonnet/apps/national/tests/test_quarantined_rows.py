import zipfile
from collections.abc import Sequence
from dataclasses import astuple
from pathlib import Path

import polars as pl
import pytest

from londonnet.apps.national.reading import Quarantined, WorkbookReading, read_workbook

from .workbooks import Cell, Row, Sheets, case, contact, national, person, write


@pytest.fixture
def read(tmp_path: Path) -> "Reader":
    return Reader(tmp_path / "w.xlsx")


class Reader:
    """Writes a workbook and reads it."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __call__(self, sheets: Sheets) -> WorkbookReading:
        return read_workbook(write(self.path, sheets))


def filtered(*rows: Row) -> Sheets:
    return national(wmt_extract_filtered=[person("N07A009", commtiera0=50), *rows])


def only(reading: WorkbookReading) -> Quarantined:
    (row,) = reading.quarantined
    return row


@pytest.mark.parametrize(
    ("cell", "value", "why"),
    [
        ("abc", "abc", "isn't a number"),
        (-1, "-1", "is negative; a number here is 0 or more"),
        ("-1", "-1", "is negative; a number here is 0 or more"),
        (1.5, "1.5", "isn't a whole number"),
        ("1.5", "1.5", "isn't a whole number"),
        ("1,000", "1,000", "isn't a number"),
        (True, "true", "isn't a number"),
    ],
)
def test_a_bad_count_puts_its_row_in_the_quarantine(read: Reader, cell: Cell, value: str, why: str) -> None:
    reading = read(filtered(person("N07A001", commtierb3=cell)))
    found = Quarantined("wmt_extract_filtered", 3, "commtierb3", value, f"commtierb3 {why}")
    assert only(reading) == found
    assert astuple(reading.sheets["wmt_extract_filtered"]) == (2, 1, 1, 0)
    assert "N07A001" not in reading.counts["wmt_extract_filtered"]["om_key"]


@pytest.mark.parametrize("cell", [None, "", "  ", 0, "0", "0.0", 0.0])
def test_a_blank_count_is_0(read: Reader, cell: Cell) -> None:
    reading = read(filtered(person("N07A001", commtierb3=cell, commtierb2="3.0")))
    assert reading.quarantined == []
    counts = reading.counts["wmt_extract_filtered"].filter(pl.col("om_key") == "N07A001")
    assert counts.rows() == [("N07A001", "N07T01", "community", 6, 3)]


def test_an_excel_error_is_not_taken_for_an_empty_count(read: Reader, tmp_path: Path) -> None:
    """The workbook reader gives #N/A as an empty cell, and an empty count is 0."""
    reading = read(filtered(person("N07A001", commtierb3="=NA()")))
    assert only(reading).value == "=NA()"
    path = tmp_path / "errors.xlsx"
    _write_with_error(path)
    row = only(read_workbook(path))
    assert (row.sheet, row.row, row.column, row.value) == ("wmt_extract_filtered", 2, "custtierd0", "#DIV/0!")


def _write_with_error(path: Path) -> None:
    plain = path.with_name("plain.xlsx")
    write(plain, national(wmt_extract_filtered=[person("N07A001", custtierd0=7777), person("N07A002", commtiera0=9)]))
    with zipfile.ZipFile(plain) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            content = old.read(entry)
            if entry.filename == "xl/worksheets/sheet2.xml":
                assert b"<v>7777</v></c>" in content
                before, after = content.split(b"><v>7777</v></c>", 1)
                content = before + b' t="e"><v>#DIV/0!</v></c>' + after
            new.writestr(entry.filename, content)


def test_the_first_bad_column_is_given_and_all_are_named(read: Reader) -> None:
    reading = read(filtered(person("", commtierb3=-1, vcrn_count="x")))
    row = only(reading)
    assert (row.column, row.value) == ("om_key", "")
    assert row.reason == (
        "om_key is empty: a row needs the practitioner's key;"
        " commtierb3 is negative; a number here is 0 or more; vcrn_count isn't a number"
    )


@pytest.mark.parametrize("column", ["om_key", "team_code", "pdu_code", "region_code"])
def test_a_row_without_its_keys_is_quarantined(read: Reader, column: str) -> None:
    row = only(read(filtered({**person("N07A001"), column: None})))
    assert (row.row, row.column) == (3, column)


def test_of_a_key_that_is_there_twice_the_first_stands(read: Reader) -> None:
    twice = [person("N07A001", commtierb3=5), person("N07A002"), person(" n07a001 ", commtierb3=7)]
    reading = read(national(wmt_extract_filtered=twice))
    row = only(reading)
    assert (row.row, row.column, row.value) == (4, "om_key", "N07A001 N07T01")
    assert "already in row 2; the first stands" in row.reason
    assert reading.counts["wmt_extract_filtered"].rows() == [("N07A001", "N07T01", "community", 5, 5)]


def test_the_same_person_in_two_teams_is_two_rows(read: Reader) -> None:
    reading = read(filtered(person("N07A001", "N07T01"), person("N07A001", "N07T02")))
    assert reading.quarantined == []
    assert reading.identities.filter(pl.col("om_key") == "N07A001")["team_code"].to_list() == ["N07T01", "N07T02"]


def test_row_numbers_are_the_sheets_own_whatever_rows_are_blank(tmp_path: Path) -> None:
    rows: list[Row | None] = [
        None,
        person("N07A001", commtiera0=9),
        None,
        {"trust": "  "},
        person("N07A002", commtiera0="x"),
        None,
    ]
    sheets: dict[str, Sequence[Row | None]] = {**national()}
    sheets["wmt_extract_filtered"] = [*rows, person("N07A003", commtiera0=-4)]
    reading = read_workbook(write(tmp_path / "w.xlsx", sheets))
    assert [(row.row, row.value) for row in reading.quarantined] == [(6, "x"), (8, "-4")]
    assert astuple(reading.sheets["wmt_extract_filtered"]) == (7, 1, 2, 4)


@pytest.mark.parametrize("code", [33, -1, "A3", None, 1.5, "1.5"])
def test_an_unknown_tier_code_is_quarantined(read: Reader, code: Cell) -> None:
    reading = read(national(flag_warr_4_n=[case("A000001"), case("A000002", tier_code=code)]))
    row = only(reading)
    assert (row.sheet, row.row, row.column) == ("flag_warr_4_n", 3, "tier_code")
    assert row.reason == "tier_code isn't a known tier code, 0 to 32"


@pytest.mark.parametrize("place", [None, "PRISON"])
def test_an_unknown_location_is_quarantined(read: Reader, place: Cell) -> None:
    reading = read(national(flag_warr_4_n=[case("A000001"), case("A000002", location=place)]))
    assert only(reading).column == "location"


def test_a_case_without_a_crn_is_quarantined_and_an_odd_crn_is_noted(read: Reader) -> None:
    reading = read(national(flag_warr_4_n=[case("A000001"), case(""), case("ABC")]))
    assert only(reading).row == 3
    assert reading.cases["crn"].to_list() == ["A000001", "ABC"]
    assert [note.code for note in reading.notes] == ["ill-formed-crn"]


def test_a_case_of_somebody_unknown_is_quarantined_and_creates_nobody(read: Reader) -> None:
    reading = read(national(flag_warr_4_n=[case("A000001"), case("A000002", key="N07X999")]))
    row = only(reading)
    assert (row.column, row.value) == ("om_key", "N07X999")
    assert "is nobody known" in row.reason
    assert reading.identities["om_key"].to_list() == ["N07A001", "N07A002"]


def test_known_in_another_team_is_not_known_in_this_one(read: Reader) -> None:
    reading = read(national(flag_warr_4_n=[case("A000001"), case("A000002", team="N07T99")]))
    assert only(reading).reason == "om_key is nobody known: no sheet with names has N07A001 in team N07T99"


def test_a_person_in_court_reports_alone_is_known(read: Reader) -> None:
    court = [person("N07A050", "N07T05", sdr_last_30=1)]
    listed = [case("A000001"), case("A000002", key="N07A050", team="N07T05")]
    reading = read(national(court_reports=court, flag_warr_4_n=listed))
    assert reading.quarantined == []
    alone = reading.identities.filter(pl.col("om_key") == "N07A050")
    assert alone.select("in_court_reports", "in_wmt_extract", "in_wmt_extract_filtered").row(0) == (True, False, False)


def test_a_flag_about_a_case_that_is_not_listed_is_quarantined(read: Reader) -> None:
    flags = [case("A000001", row_type="U"), case("A000009", row_type="U")]
    reading = read(national(flag_upw=flags))
    assert only(reading).reason == "case_ref_no isn't among the loaded cases of flag_warr_4_n"
    assert ("A000001", "unpaid_work", "U") in reading.flags.rows()


def test_a_case_may_have_both_kinds_of_priority_but_each_only_once(read: Reader) -> None:
    flags = [case("A000001", row_type=letter) for letter in ("P", "I", "P")]
    reading = read(national(flag_priority=flags))
    assert only(reading).row == 4
    assert [flag for flag in reading.flags.rows() if flag[1] == "priority"] == [
        ("A000001", "priority", "P"),
        ("A000001", "priority", "I"),
    ]


def test_the_keys_of_suspended_orders_and_lifers_have_more_parts(read: Reader) -> None:
    suspended = [case("A000001", row_type="S", disposal_type_code=code) for code in ("307", "329", "307")]
    lifers = [case("A000001", row_type="L", register_code=code) for code in ("LIFE", "IPP", "LIFE")]
    reading = read(national(wmt_extract_sa=suspended, suspended_lifers=lifers))
    assert [(row.sheet, row.row) for row in reading.quarantined] == [("wmt_extract_sa", 4), ("suspended_lifers", 4)]


def test_a_bad_register_date_is_quarantined(read: Reader) -> None:
    reading = read(national(suspended_lifers=[case("A000001", row_type="L", next_review_date="31/02/2026")]))
    assert only(reading).column == "next_review_date"


def test_a_contact_needs_both_its_people_known(read: Reader) -> None:
    contacts = [contact(1), contact(2, contact_staff_key="N07X001"), contact(3, om_team_key="N07T77"), contact(1)]
    reading = read(national(cms=contacts))
    assert [(row.row, row.column) for row in reading.quarantined] == [
        (3, "contact_staff_key"),
        (4, "om_key"),
        (5, "contact_id"),
    ]
    assert reading.contacts["contact_id"].to_list() == ["1"]


def test_a_transition_event_of_unknown_staff_is_loaded(read: Reader) -> None:
    events: list[Row] = [
        {"crn": "A000001", "event_no": 1, "staff_cd_order_manager": "N07X999", "age": 20, "birth_date": "01/02/2006"},
        {"crn": "A000001", "event_no": "1"},
        {"crn": "A000002", "event_no": 1, "age": "old"},
    ]
    reading = read(national(t2a_detail=events))
    assert [(row.row, row.column) for row in reading.quarantined] == [(3, "crn"), (4, "age")]
    assert reading.t2a_events.select("crn", "event_no", "age").rows() == [("A000001", "1", 20)]


def test_a_bad_row_does_not_hide_the_person_named_in_another_sheet(read: Reader) -> None:
    reading = read(filtered(person("N07A001", commtiera0="x")))
    assert reading.identities.filter(pl.col("om_key") == "N07A001").height == 1


def test_a_row_of_a_person_who_is_only_in_a_quarantined_row_follows_into_the_quarantine(read: Reader) -> None:
    reading = read({**filtered(person("N07A077", commtiera0="x")), "flag_warr_4_n": [case("A000005", key="N07A077")]})
    assert [row.sheet for row in reading.quarantined] == ["wmt_extract_filtered", "flag_warr_4_n"]


def test_hostile_text_stays_text(read: Reader) -> None:
    name = '=HYPERLINK("http://x")\'; DROP TABLE practitioner; --'
    reading = read(filtered(person("N07A088", om_surname=name)))
    assert reading.quarantined == []
    assert reading.identities.filter(pl.col("om_key") == "N07A088")["surname"].to_list() == [name]


@pytest.mark.parametrize(("column", "most"), [("team_desc", 200), ("om_surname", 100), ("om_grade_code", 10)])
def test_a_text_too_long_to_keep_is_quarantined_and_sinks_nothing_else(read: Reader, column: str, most: int) -> None:
    fits, too_long = person("N07A001"), person("N07A002")
    fits[column], too_long[column] = "X" * most, "X" * (most + 1)
    reading = read(filtered(fits, too_long))
    assert only(reading).reason == f"{column} is longer than {most} letters"
    assert reading.sheets["wmt_extract_filtered"].loaded == 2
