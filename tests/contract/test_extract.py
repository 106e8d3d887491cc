"""`londonnet extract check` and `extract load`: what goes in, what waits in the quarantine, and what is refused."""

from collections import Counter
from pathlib import Path
from typing import Any, Final

from .conftest import Loaded
from .layout import COLUMNS, names, write
from .program import Program
from .service import BAD_ROWS, sheets

REPORT_KEYS: Final = names("unchanged datestamp sheets quarantined notes seconds")
LOADED_KEYS: Final = (*REPORT_KEYS[:-1], "changes", "seconds")
TALLY_KEYS: Final = names("read loaded quarantined ignored")
QUARANTINED_KEYS: Final = names("sheet row column value reason")


def said_well(report: dict[str, Any]) -> None:
    """The parts of a report have the published keys, and its counts add up."""
    assert tuple(report["sheets"]) == tuple(COLUMNS)
    for tally in report["sheets"].values():
        assert tuple(tally) == TALLY_KEYS
        assert tally["read"] == tally["loaded"] + tally["quarantined"] + tally["ignored"]
    for row in report["quarantined"]:
        assert tuple(row) == QUARANTINED_KEYS


def test_a_load_says_what_became_of_every_row(loaded: Loaded) -> None:
    report = loaded.extract.json
    said_well(report)
    assert sorted(report) == sorted(LOADED_KEYS)
    assert (report["unchanged"], report["datestamp"]) == (False, "2026-11-20")
    assert report["seconds"] > 0
    assert any("CMSX9 (1)" in note["message"] for note in report["notes"])
    bad = Counter(row.sheet for row in BAD_ROWS)
    for name, rows in sheets().items():
        tally = report["sheets"][name]
        assert tally == {"read": len(rows), "loaded": len(rows) - bad[name], "quarantined": bad[name], "ignored": 0}


def test_each_bad_row_is_named_by_sheet_row_column_and_value_with_a_reason(loaded: Loaded) -> None:
    last = {name: len(rows) + 1 for name, rows in sheets().items()}  # the heading is row 1
    wanted = []
    for bad in reversed(BAD_ROWS):  # they stand last in their sheets
        wanted.append((bad.sheet, last[bad.sheet], bad.column, bad.value))
        last[bad.sheet] -= 1
    rows = loaded.extract.json["quarantined"]
    assert sorted((row["sheet"], row["row"], row["column"], row["value"]) for row in rows) == sorted(wanted)
    assert all(len(row["reason"]) > 10 for row in rows)


def test_the_messages_go_to_standard_error(loaded: Loaded) -> None:
    assert "in quarantine" in loaded.extract.err
    assert loaded.created.json == {
        "slug": loaded.slug,
        "name": loaded.name,
        "database": loaded.created.json["database"],
    }
    assert "ready" in loaded.created.err


def test_a_check_reads_the_same_and_needs_no_trust(program: Program, files: Path, loaded: Loaded) -> None:
    report = program("extract", "check", files / "service.xlsx", "--json").done().json
    said_well(report)
    assert tuple(report) == REPORT_KEYS
    for part in ("unchanged", "datestamp", "sheets", "quarantined"):
        assert report[part] == loaded.extract.json[part]
    # Only the applications of a trust can say what counts nothing there.
    assert report["notes"] == [note for note in loaded.extract.json["notes"] if note["code"] != "workload"]


def test_a_refused_file_is_2_with_every_reason_at_once(program: Program, tmp_path: Path) -> None:
    torn = write(
        tmp_path / "torn.xlsx",
        sheets(),
        without={"cms": (), "t2a_detail": (), "wmt_extract_filtered": ("om_key", "commtierb2")},
    )
    disguised = tmp_path / "disguised.xlsx"
    disguised.write_text("om_key,team_code\nN07A001,N07T01\n")
    whole = sheets(bad=())
    swapped = write(tmp_path / "swapped.xlsx", {**whole, "t2a": whole["wmt_extract_filtered"]})
    lacking, other, twice = program.each(*(("extract", "check", path, "--json") for path in (torn, disguised, swapped)))
    for ran in (lacking, other, twice):
        assert ran.code == 2
        assert (ran.json["refused"], sorted(ran.json)) == (True, ["code", "reasons", "refused"])
        assert all(reason in ran.err for reason in ran.json["reasons"])
    for missing in ("cms", "t2a_detail", "om_key", "commtierb2"):
        assert any(missing in reason for reason in lacking.json["reasons"])
    assert any("Excel" in reason for reason in other.json["reasons"])
    assert any("t2a" in reason for reason in twice.json["reasons"])


def test_the_same_file_changes_nothing_and_an_older_or_smaller_one_wants_force(
    program: Program, files: Path, spare: str, tmp_path: Path
) -> None:
    again = program("extract", "load", files / "service.xlsx", "--trust", spare, "--json").done().json
    said_well(again)
    assert (again["unchanged"], sorted(again)) == (True, sorted(LOADED_KEYS))

    less = {**sheets(day="2026-11-13"), "flag_warr_4_n": [], "flag_upw": []}
    older = write(tmp_path / "older.xlsx", less)
    refused = program("extract", "load", older, "--trust", spare, "--json")
    assert refused.code == 2
    assert any("older" in reason for reason in refused.json["reasons"])
    assert any("tenth fewer" in reason for reason in refused.json["reasons"])
    assert any("--force" in reason for reason in refused.json["reasons"])

    forced = program("extract", "load", older, "--trust", spare, "--force", "--json").done().json
    assert (forced["unchanged"], forced["datestamp"]) == (False, "2026-11-13")
