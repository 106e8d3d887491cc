import csv
import json
import re
from collections import Counter
from datetime import date, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

from londonnet.apps.national.layout import COUNT_COLUMNS, SHEETS
from londonnet.apps.national.reading import WorkbookReading, read_workbook
from londonnet.demo.codes import crns, practitioner_keys, team_code
from londonnet.demo.commands import demo
from londonnet.demo.making import made_service
from londonnet.demo.reductions import write_hours_csv, write_reductions_csv
from londonnet.demo.rows import sheet_rows
from londonnet.demo.service import Service
from londonnet.demo.workbook import write_workbook

DAY = date(2026, 11, 20)


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> tuple[Service, WorkbookReading]:
    path = tmp_path_factory.mktemp("demo") / "w.xlsx"
    service = write_workbook(path, practitioners=400, cases=8000, seed=7, day=DAY)
    return service, read_workbook(path)


def test_the_demo_workbook_is_read_without_a_fault(written: tuple[Service, WorkbookReading]) -> None:
    _, reading = written
    assert reading.quarantined == []
    assert reading.notes == ()
    assert reading.datestamp == DAY
    assert all(tally.read == tally.loaded > 0 for tally in reading.sheets.values())


def test_every_row_written_is_read(written: tuple[Service, WorkbookReading]) -> None:
    service, reading = written
    rows = {sheet: sum(1 for _ in rows) for sheet, rows in sheet_rows(service)}
    assert {sheet: tally.loaded for sheet, tally in reading.sheets.items()} == rows


def test_the_counts_read_are_the_cases_counted_one_by_one(written: tuple[Service, WorkbookReading]) -> None:
    service, reading = written
    in_field = [case for case in service.cases if case.post.team.kind == "field"]
    chosen = {
        "wmt_extract": in_field,
        "wmt_extract_filtered": [case for case in in_field if not (case.is_warrant or case.is_overdue)],
        "t2a": [case for case in in_field if case.is_t2a and not (case.is_warrant or case.is_overdue)],
        "omic_teams": [case for case in service.cases if case.post.team.kind == "omic"],
    }
    for sheet, cases in chosen.items():
        counted = Counter((case.post.key, case.post.team.code, case.location, case.tier) for case in cases)
        assert {tuple(row[:4]): row[4] for row in reading.counts[sheet].rows()} == counted
        assert counted


def test_the_case_list_read_is_the_services(written: tuple[Service, WorkbookReading]) -> None:
    service, reading = written
    columns = reading.cases.select("crn", "om_key", "team_code", "tier", "location")
    assert set(columns.rows()) == {
        (case.crn, case.post.key, case.post.team.code, case.tier, case.location) for case in service.cases
    }
    kinds = Counter(reading.flags["kind"].to_list())
    assert kinds["warrant"] == sum(case.is_warrant for case in service.cases)
    assert kinds["unpaid_work"] == sum(case.is_unpaid_work for case in service.cases)
    assert kinds["suspended_lifer"] == sum(case.is_lifer for case in service.cases) > 0


def test_the_shape_is_a_service_in_small(written: tuple[Service, WorkbookReading]) -> None:
    service, reading = written
    places = reading.organisation
    assert (reading.identities.height, reading.cases.height) == (400, 8000)
    assert (places.pdus.height, places.teams.height, places.regions.height) == (20, 60, 3)
    grades = Counter(post.grade for post in service.posts)
    assert grades["PO"] + grades["PSO"] > 320
    assert min(grades[grade] for grade in ("TPO", "SPO", "DMY")) >= 3
    teams = Counter(key for key, _ in reading.identities.select("om_key", "team_code").rows())
    assert max(teams.values()) == 2
    assert any(post.grade == "SPO" and case.post is post for case in service.cases for post in [case.post])
    only_court = {post.key for post in service.posts if post.team.kind == "court"}
    assert only_court
    assert not only_court & set(reading.first_weeks["om_key"].to_list())


def test_contacts_are_between_colleagues_in_the_last_ten_days(written: tuple[Service, WorkbookReading]) -> None:
    _, reading = written
    days = set(reading.contacts["contact_date"].to_list())
    assert min(days) >= DAY - timedelta(days=9)
    assert max(days) <= DAY
    assert len(days) == 10


def test_the_same_seed_gives_the_same_bytes_and_another_seed_another_file(tmp_path: Path) -> None:
    files = [tmp_path / name for name in ("a.xlsx", "b.xlsx", "c.xlsx")]
    for path, seed in zip(files, (3, 3, 4), strict=True):
        write_workbook(path, practitioners=40, cases=300, seed=seed, day=DAY)
    first, same, other = (path.read_bytes() for path in files)
    assert first == same
    assert first != other


def test_a_week_later_people_came_left_and_moved_and_cases_changed() -> None:
    now, later = (made_service(practitioners=400, cases=8000, seed=7, day=DAY, week=week) for week in (0, 1))
    assert later.day == DAY + timedelta(days=7)
    assert later.first_day == DAY
    teams_now, teams_later = (
        {post.key: post.team.code for post in service.posts if not post.is_shared} for service in (now, later)
    )
    assert teams_later.keys() - teams_now.keys()
    assert teams_now.keys() - teams_later.keys()
    assert [key for key in teams_now.keys() & teams_later.keys() if teams_now[key] != teams_later[key]]
    tiers_now, tiers_later = ({case.crn: case.tier for case in service.cases} for service in (now, later))
    assert len(now.cases) == len(later.cases) == 8000
    assert 0 < len(tiers_later.keys() - tiers_now.keys()) < 400
    assert any(tiers_now[crn] != tiers_later[crn] for crn in tiers_now.keys() & tiers_later.keys())


def test_the_fourth_week_is_read_without_a_fault_too(tmp_path: Path) -> None:
    path = tmp_path / "w.xlsx"
    write_workbook(path, practitioners=120, cases=2000, seed=5, day=DAY, week=4)
    reading = read_workbook(path)
    assert reading.quarantined == []
    assert (reading.datestamp, reading.identities.height) == (date(2026, 12, 18), 120)


@pytest.mark.parametrize(("practitioners", "cases"), [(1, 0), (1, 30), (7, 70), (50, 400)])
def test_small_services_have_exactly_as_many_posts_and_cases(practitioners: int, cases: int) -> None:
    service = made_service(practitioners=practitioners, cases=cases, seed=1, day=DAY, week=2)
    assert (len(service.posts), len(service.cases)) == (practitioners, cases)


def test_hours_and_reductions_belong_to_posts_and_one_has_no_hours_left(tmp_path: Path) -> None:
    service = made_service(practitioners=400, cases=8000, seed=7, day=DAY)
    posts = {(post.key, post.team.code): post for post in service.posts}
    write_hours_csv(tmp_path / "h.csv", service)
    write_reductions_csv(tmp_path / "r.csv", service)
    hours, reductions = (list(csv.DictReader((tmp_path / name).open(encoding="utf-8"))) for name in ("h.csv", "r.csv"))
    assert list(hours[0]) == ["om_key", "team_code", "contracted_hours", "from", "to"]
    assert list(reductions[0]) == ["om_key", "team_code", "reason", "hours", "start", "end", "notes"]
    assert all(0 < float(row["contracted_hours"]) < 37 for row in hours)
    left = []
    for row in reductions:
        post = posts[row["om_key"], row["team_code"]]
        contracted = 37.0 if post.hours is None else post.hours
        left.append(round(contracted - float(row["hours"]), 2))
        assert date.fromisoformat(row["start"]) <= DAY < date.fromisoformat(row["end"])
    assert left.count(0) == 1
    assert min(left) == 0


def test_every_code_has_the_form_of_its_kind() -> None:
    service = made_service(practitioners=400, cases=2000, seed=2, day=DAY)
    assert all(re.fullmatch(r"[A-Z]\d{2}[A-Z0-9]{3,5}", post.key) for post in service.posts)
    assert all(re.fullmatch(r"N07T\d{2}", team.code) for team in service.teams)
    assert all(re.fullmatch(r"[A-Z]\d{6}", case.crn) for case in service.cases)
    assert any(post.key.endswith("UTSO") for post in service.posts)


def test_codes_of_a_national_service_are_never_given_twice() -> None:
    assert len({team_code(number) for number in range(1, 2251)}) == 2250
    assert {len(team_code(number)) for number in range(1, 2251)} == {6}
    keys = practitioner_keys()
    assert len({next(keys) for _ in range(15_000)}) == 15_000
    numbers = crns(7)
    assert len({next(numbers) for _ in range(300_000)}) == 300_000


def test_the_layouts_columns_are_all_in_the_rows_somewhere() -> None:
    service = made_service(practitioners=400, cases=8000, seed=7, day=DAY)
    for sheet, rows in sheet_rows(service):
        assert {column for row in rows for column in row} <= set(SHEETS[sheet])
    assert len(COUNT_COLUMNS) == 99


def test_the_command_writes_three_files_and_names_them(tmp_path: Path) -> None:
    out = tmp_path / "demo.xlsx"
    asked = ["workbook", str(out), "--practitioners", "30", "--cases", "200", "--seed", "9", "--week", "1"]
    result = CliRunner().invoke(demo, [*asked, "--day", "2026-11-20", "--json"])
    assert result.exit_code == 0, result.output
    assert json.loads(result.output) == {
        "workbook": str(out),
        "hours": str(tmp_path / "demo-hours.csv"),
        "reductions": str(tmp_path / "demo-reductions.csv"),
        "datestamp": "2026-11-27",
    }
    assert read_workbook(out).cases.height == 200
    assert (tmp_path / "demo-hours.csv").exists()
    assert (tmp_path / "demo-reductions.csv").exists()
