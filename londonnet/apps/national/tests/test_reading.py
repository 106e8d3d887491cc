import hashlib
import json
from datetime import date, datetime, time
from pathlib import Path

import polars as pl

from londonnet.apps.national.layout import SHEETS
from londonnet.apps.national.reading import WorkbookReading, read_workbook
from londonnet.apps.national.report import check_report

from .workbooks import DAY, Sheets, case, contact, national, person, write


def read(tmp_path: Path, sheets: Sheets) -> WorkbookReading:
    return read_workbook(write(tmp_path / "w.xlsx", sheets))


def codes(reading: WorkbookReading) -> list[str]:
    return [note.code for note in reading.notes]


def test_a_good_workbook_gives_its_people_counts_cases_and_flags(tmp_path: Path) -> None:
    reading = read(tmp_path, national())
    assert reading.datestamp == DAY
    assert reading.identities.select("om_key", "team_code", "pdu_code", "region_code", "grade").rows() == [
        ("N07A001", "N07T01", "N07P1", "N07R1", "PO"),
        ("N07A002", "N07T01", "N07P1", "N07R1", "PO"),
    ]
    assert reading.counts["wmt_extract_filtered"].rows() == [
        ("N07A001", "N07T01", "community", 6, 4),
        ("N07A001", "N07T01", "licence", 17, 1),
        ("N07A002", "N07T01", "community", 0, 1),
        ("N07A002", "N07T01", "custody", 12, 2),
    ]
    assert reading.cases.rows() == [
        ("A000001", "N07A001", "N07T01", 6, "community", "N", "M"),
        ("A000002", "N07A001", "N07T01", 6, "community", "W", "M"),
    ]
    assert reading.flags.rows() == [("A000002", "warrant", "W")]
    assert reading.court_reports.rows() == [("N07A001", "N07T01", "", 2, 0, 0, 3)]
    assert reading.contacts.select("contact_id", "contact_date", "contact_staff_key").rows() == [("1", DAY, "N07A001")]
    assert reading.notes == ()


def test_reading_is_told_sheet_by_sheet(tmp_path: Path) -> None:
    told: list[tuple[str, int, int]] = []
    read_workbook(write(tmp_path / "w.xlsx", national()), progress=lambda *step: told.append(step))
    assert [step[1:] for step in told] == [(0, 13), *((place, 13) for place in range(13)), (13, 13)]
    stages = [stage for stage, _, _ in told]
    assert (stages[0], stages[1], stages[-1]) == ("Checking the file", "Reading wmt_extract", "Checking the whole")
    assert stages[2] == "Reading wmt_extract_filtered, 2 rows read so far"


def test_names_of_sheets_and_columns_may_be_written_otherwise(tmp_path: Path) -> None:
    shouted = {name.upper(): [column.upper() for column in columns] for name, columns in SHEETS.items()}
    shouted["WMT_EXTRACT_FILTERED"][-1] = " V-CRN_COUNT "
    shouted["CMS "] = shouted.pop("CMS")
    sheets = {("CMS " if name == "cms" else name.upper()): rows for name, rows in national().items()}
    reading = read_workbook(write(tmp_path / "w.xlsx", sheets, headings=shouted))
    assert reading.sheets["wmt_extract_filtered"].loaded == 2
    assert reading.sheets["cms"].loaded == 1
    assert reading.notes == ()


def test_columns_may_come_in_any_order(tmp_path: Path) -> None:
    backwards = list(reversed(SHEETS["flag_warr_4_n"]))
    row = case("A000007", tier_code=31, location="licence")
    turned = dict(zip(SHEETS["flag_warr_4_n"], (row[name] for name in backwards), strict=True))
    path = write(tmp_path / "w.xlsx", national(flag_warr_4_n=[turned]), headings={"flag_warr_4_n": backwards})
    assert read_workbook(path).cases.rows() == [("A000007", "N07A001", "N07T01", 31, "licence", "N", "M")]


def test_unknown_columns_and_sheets_are_ignored_with_a_note(tmp_path: Path) -> None:
    heads = (*SHEETS["flag_upw"], "colour")
    path = write(tmp_path / "w.xlsx", {**national(), "Notes": []}, headings={"flag_upw": heads})
    assert [note.message for note in read_workbook(path).notes] == [
        "The workbook has unknown sheets, ignored: Notes.",
        "The sheet flag_upw has unknown columns, ignored: colour.",
    ]


def test_a_file_with_several_datestamps_has_the_most_common_one_and_says_so(tmp_path: Path) -> None:
    rows = [person("N07A001", commtiera0=9), person("N07A002", datestamp="19/11/2026")]
    reading = read(tmp_path, national(wmt_extract_filtered=rows))
    assert reading.datestamp == DAY
    assert codes(reading) == ["several-datestamps"]
    assert "2026-11-19" in reading.notes[0].message


def test_a_datestamp_is_read_as_an_excel_date_iso_or_british(tmp_path: Path) -> None:
    moment = datetime.combine(DAY, time(23, 10))
    for written in (DAY, moment, "2026-11-20", "20/11/2026", 46346):
        sheets = national()
        for name in ("wmt_extract", "wmt_extract_filtered", "t2a", "omic_teams", "court_reports"):
            sheets[name] = [{**row, "datestamp": written} for row in sheets[name]]
        assert read(tmp_path, sheets).datestamp == date(2026, 11, 20)


def test_a_team_in_two_pdus_goes_under_the_later_one_and_that_is_said(tmp_path: Path) -> None:
    rows = [
        person("N07A001", commtiera0=9),
        person("N07A002", pdu_code="N07P2", pdu_desc="Quillonmead"),
    ]
    sheets = national(wmt_extract=[], omic_teams=[], court_reports=[], wmt_extract_filtered=rows)
    reading = read(tmp_path, {**sheets, "t2a": []})
    assert reading.organisation.teams.rows() == [("N07T01", "Team N07T01", "N07P2", "N07L1")]
    assert reading.identities["pdu_code"].to_list() == ["N07P2", "N07P2"]
    assert reading.organisation.pdus["code"].to_list() == ["N07P1", "N07P2"]
    assert [note.message for note in reading.notes] == [
        "The team N07T01 is under several PDUs (N07P1, N07P2); the last one stands."
    ]


def test_of_two_descriptions_of_one_code_the_later_stands_and_that_is_said(tmp_path: Path) -> None:
    reading = read(tmp_path, national(court_reports=[person("N07A001", region_desc="South Quarter")]))
    assert reading.organisation.regions.rows() == [("N07R1", "South Quarter")]
    assert codes(reading) == ["two-descriptions"]


def test_several_trusts_are_noted_and_filter_nothing(tmp_path: Path) -> None:
    reading = read(tmp_path, national(court_reports=[person("N07A009", trust="Another Service")]))
    assert codes(reading) == ["several-trusts"]
    assert reading.identities.height == 3


def test_a_later_grade_stands_and_a_blank_grade_stays_blank(tmp_path: Path) -> None:
    reading = read(tmp_path, national(court_reports=[person("N07A001", om_grade_code="Q")]))
    assert reading.identities["grade"].to_list() == ["PSO", "PO"]
    assert codes(reading) == ["two-grades"]
    blank = {name: [person("N07A001", om_grade_code=None)] for name in ("wmt_extract", "omic_teams", "court_reports")}
    blank |= {"wmt_extract_filtered": [person("N07A001", om_grade_code="", commtiera0=5)], "t2a": [], "cms": []}
    assert read(tmp_path, national(**blank)).identities["grade"].to_list() == [""]


def test_odd_keys_are_loaded_and_noted(tmp_path: Path) -> None:
    reading = read(tmp_path, national(omic_teams=[person("KEY-1", "T1")]))
    assert codes(reading) == ["ill-formed-code", "ill-formed-code"]
    assert "KEY-1" in reading.identities["om_key"].to_list()


def test_an_unfamiliar_row_type_is_loaded_and_noted(tmp_path: Path) -> None:
    reading = read(tmp_path, national(flag_warr_4_n=[case("A000001", row_type="X")], flag_upw=[case("A000001")]))
    assert codes(reading) == ["unknown-row-type", "unknown-row-type"]
    assert reading.flags.rows() == [("A000001", "unpaid_work", "N")]


def test_the_digest_is_that_of_the_content(tmp_path: Path) -> None:
    path = write(tmp_path / "w.xlsx", national())
    again = path.rename(tmp_path / "other-name.xlsx")
    assert read_workbook(again).digest == hashlib.sha256(again.read_bytes()).hexdigest()


def test_the_report_has_the_contracts_shape(tmp_path: Path) -> None:
    reading = read(tmp_path, national(cms=[contact(), contact(2, contact_date="never")]))
    report = json.loads(json.dumps(check_report(reading, unchanged=True)))
    assert list(report) == ["unchanged", "datestamp", "sheets", "quarantined", "notes", "seconds"]
    assert (report["unchanged"], report["datestamp"]) == (True, "2026-11-20")
    assert report["sheets"]["cms"] == {"read": 2, "loaded": 1, "quarantined": 1, "ignored": 0}
    assert list(report["sheets"]) == list(SHEETS)
    assert report["quarantined"] == [
        {
            "sheet": "cms",
            "row": 3,
            "column": "contact_date",
            "value": "never",
            "reason": "contact_date isn't a date; write it as an Excel date, 2026-11-20 or 20/11/2026",
        }
    ]


def test_first_weeks_and_virtual_crns_are_kept_for_each_sheet(tmp_path: Path) -> None:
    rows = [person("N07A001", commtiera0=9, comin1st16weeks=2, licin1st16weeks="1.0", vcrn_count=9)]
    reading = read(tmp_path, national(wmt_extract_filtered=rows))
    found = reading.first_weeks.filter(pl.col("sheet") == "wmt_extract_filtered")
    assert found.rows() == [("wmt_extract_filtered", "N07A001", "N07T01", 2, 1, 9)]
