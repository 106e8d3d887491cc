"""Loading the history of another tool: what is taken, ignored and quarantined."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from londonnet.apps.workload.errors import FileRefused
from londonnet.apps.workload.history_rows import HistoryRow, open_history
from londonnet.apps.workload.models import DailyFigure, DailySum, KeptDay, WeekFigure
from londonnet.apps.workload.selectors import Within, figures_as_at, organisation_rows, practitioner_rows
from londonnet.apps.workload.services import keep_day, load_history, recompute
from londonnet.platform.audit.models import TrailEntry

from . import building
from .building import ALICE, Entry

TODAY = date(2026, 11, 28)
HEADING = "day,om_key,team_code,points_total,available"
FULL = (
    "day,om_key,team_code,grade,cases,t2a_cases,points_cases,points_t2a,points_reports,points_support,points_total,"
    "contracted_hours,reduction_hours,available,capacity"
)


def parsed(*lines: str, heading: str = HEADING) -> tuple[list[HistoryRow], list[tuple[int, str, str]]]:
    """The good rows, and what is wrong with the others."""
    good: list[HistoryRow] = []
    bad: list[tuple[int, str, str]] = []
    for row in open_history("\n".join((heading, *lines)).encode(), before=TODAY).rows:
        if isinstance(row, HistoryRow):
            good.append(row)
        else:
            bad += [(problem.line, problem.column, problem.reason) for problem in row]
    return good, bad


def test_a_row_has_every_column_that_is_given() -> None:
    (row,), bad = parsed("2026-03-02,N07A001,N07T01,PO,20,1,2300,59.00,138,-9,2488,37,1.8,2070,120.2", heading=FULL)
    assert bad == []
    assert row == HistoryRow(
        *(2, date(2026, 3, 2), "N07A001", "N07T01", "PO", 20, 1, 2300, Decimal("59.00"), 138, -9, 2488),
        *(Decimal(37), Decimal("1.8"), 2070, ""),
    )


def test_what_is_missing_follows_from_the_rest() -> None:
    (row,), bad = parsed("02/03/2026;N07A001;N07T01;2300;0", heading=HEADING.replace(",", ";"))
    assert bad == []
    assert (row.grade, row.cases, row.points_cases, row.contracted_hours) == (None, 0, 2300, None)
    assert row.capacity_note == "not measured"


def test_without_capacity_the_note_says_whether_reductions_took_it() -> None:
    heading = HEADING + ",contracted_hours,reduction_hours,capacity_note"
    rows, bad = parsed(
        "2026-03-02,N07A001,N07T01,5,0,37,37,",
        "2026-03-02,N07A001,N07T01,5,0,37,0,",
        "2026-03-02,N07A001,N07T01,5,0,37,0,No capacity left",
        "2026-03-02,N07A001,N07T01,5,10,37,0,",
        heading=heading,
    )
    assert bad == []
    assert [row.capacity_note for row in rows] == ["no capacity left", "not measured", "no capacity left", ""]


@pytest.mark.parametrize("name", ["points", "total_points", "Points Total"])
def test_the_column_of_all_points_goes_by_several_names(name: str) -> None:
    (row,), _ = parsed("2026-03-02,N07A001,N07T01,2300.0,2176", heading=HEADING.replace("points_total", name))
    assert row.points_total == 2300


@pytest.mark.parametrize(
    ("line", "column"),
    [
        ("2026-13-02,N07A001,N07T01,1,1,,", "day"),
        ("2026-11-28,N07A001,N07T01,1,1,,", "day"),
        ("2026-03-02,,N07T01,1,1,,", "om_key"),
        ("2026-03-02,N07A001,,1,1,,", "team_code"),
        ("2026-03-02,N07A001,N07T01,,1,,", "points_total"),
        ("2026-03-02,N07A001,N07T01,1.5,1,,", "points_total"),
        ("2026-03-02,N07A001,N07T01,1,-1,,", "available"),
        ("2026-03-02,N07A001,N07T01,1,1,XX,", "grade"),
        ("2026-03-02,N07A001,N07T01,1,1,PO,169", "contracted_hours"),
        ("2026-03-02,N07A001,N07T01,1,1,PO,18.555", "contracted_hours"),
        ("2026-03-02,N07A001,N07T01,1,1,PO,18,more", ""),
    ],
)
def test_a_bad_row_is_told_by_its_line_and_column_and_leaves_the_others_alone(line: str, column: str) -> None:
    good, bad = parsed(line, "2026-03-02,N07A001,N07T01,1,1,PO,37", heading=HEADING + ",grade,contracted_hours")
    assert [(number, where) for number, where, _ in bad] == [(2, column)]
    assert [row.line for row in good] == [3]


@pytest.mark.parametrize("heading", ["day,om_key,team_code,available", "om_key,team_code,points,available", ""])
def test_a_file_without_its_columns_is_refused(heading: str) -> None:
    with pytest.raises(FileRefused):
        parsed(heading=heading)


def file_of(*lines: str) -> bytes:
    """A file with the columns that must be."""
    return "\n".join((HEADING, *lines)).encode()


@pytest.fixture
def people(in_alpha: object) -> None:
    """Alice and Ben in a team."""
    building.place(ALICE)
    building.place(building.key("N07A002", "N07T01"), "PSO")


@pytest.mark.usefixtures("people")
def test_history_is_shown_like_days_that_were_kept_here() -> None:
    report = load_history(content=file_of("2026-03-02,N07A001,N07T01,2300,2176", "2026-03-02,N07A002,N07T01,100,0"))
    assert (report.read, report.loaded, report.quarantined, report.ignored, report.unchanged) == (2, 2, 0, 0, False)
    day = date(2026, 3, 2)
    figures = figures_as_at(day)
    assert figures is not None
    assert (figures.weights_version, figures.datestamp) == (0, day)
    rows = practitioner_rows(Within("team", "N07T01"), run=day)
    assert [(row.om_key, row.grade, row.points.total, row.capacity_note) for row in rows] == [
        ("N07A001", "PO", 2300, None),
        ("N07A002", "PSO", 100, "not measured"),
    ]
    assert [row.points.total for row in organisation_rows("pdu", run=day)] == [2400]
    assert DailySum.objects.get(level="trust", grade="*").practitioners == 2
    assert WeekFigure.objects.filter(level="practitioner").count() == 2
    assert KeptDay.objects.get().source == "imported"


@pytest.mark.usefixtures("people")
def test_the_same_file_twice_changes_nothing() -> None:
    content = file_of("2026-03-02,N07A001,N07T01,2300,2176", "2026-03-03,N07A001,N07T01,2300,2176")
    load_history(content=content)
    report = load_history(content=content)
    assert (report.read, report.loaded, report.ignored, report.unchanged) == (2, 0, 2, True)
    entry = TrailEntry.objects.get(kind="workload.history_loaded")
    assert entry.after == {"days": 2, "read": 2, "loaded": 2, "quarantined": 0, "ignored": 0}


@pytest.mark.usefixtures("people")
def test_the_later_file_wins_row_by_row() -> None:
    load_history(content=file_of("2026-03-02,N07A001,N07T01,2300,2176", "2026-03-02,N07A002,N07T01,5,5"))
    report = load_history(content=file_of("2026-03-02,N07A001,N07T01,2400,2176", "2026-03-02,N07A002,N07T01,5,5"))
    assert (report.loaded, report.ignored) == (1, 1)
    assert DailySum.objects.get(level="team", grade="*").points_total == 2405
    assert KeptDay.objects.get().practitioners == 2


@pytest.mark.usefixtures("people")
def test_days_that_were_kept_here_stand() -> None:
    building.extract({ALICE: Entry({("community", 6): 1})})
    day = timezone.localdate() - timedelta(days=3)
    recompute(reason="A test", day=day)
    keep_day()
    report = load_history(content=file_of(f"{day},N07A001,N07T01,9999,2176", "2026-03-02,N07A001,N07T01,1,1"))
    assert (report.loaded, report.ignored) == (1, 1)
    assert DailyFigure.objects.get(day=day).points_total == 115


@pytest.mark.usefixtures("people")
def test_rows_about_nobody_and_rows_that_come_twice_are_quarantined() -> None:
    report = load_history(
        content=file_of(
            "2026-03-02,N07A001,N07T01,1,1",
            "2026-03-02,NOBODY,N07T01,1,1",
            "2026-03-02,N07A001,N07T09,1,1",
            "2026-03-02,N07A001,N07T01,2,2",
            'x"y,N07A001,N07T01,2,2',
        )
    )
    assert (report.read, report.loaded, report.quarantined, report.ignored) == (5, 1, 4, 0)
    assert [(problem.line, problem.column, problem.reason) for problem in report.problems][:3] == [
        (3, "om_key", "no practitioner has this key"),
        (4, "team_code", "N07A001 was never in this team"),
        (5, "", "the same practitioner and day stand on line 2"),
    ]
    assert DailyFigure.objects.get().points_total == 1


@pytest.mark.usefixtures("people")
def test_a_file_with_nothing_good_changes_nothing() -> None:
    report = load_history(content=file_of("2026-03-02,NOBODY,N07T01,1,1"))
    assert (report.unchanged, report.quarantined) == (True, 1)
    assert not TrailEntry.objects.filter(kind="workload.history_loaded").exists()


@pytest.mark.usefixtures("people")
def test_history_of_many_years_finds_its_place() -> None:
    load_history(content=file_of("1999-03-02,N07A001,N07T01,1,1", "2024-02-29,N07A001,N07T01,1,1"))
    assert sorted(DailyFigure.objects.values_list("day", flat=True)) == [date(1999, 3, 2), date(2024, 2, 29)]
