"""Loading files of contracted hours and of reductions."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from londonnet.apps.workload.errors import FileRefused
from londonnet.apps.workload.models import ContractedHours, Reduction, StaffingLoad
from londonnet.apps.workload.selectors import figures_in_force, practitioner_rows, working_of
from londonnet.apps.workload.services import LoadReport, load_hours, load_reductions, recompute
from londonnet.platform.access.policy import Reach
from londonnet.platform.audit.models import TrailEntry

from . import building
from .building import ALICE, Entry, key

pytestmark = pytest.mark.usefixtures("in_alpha")

BEN = key("N07A002", "N07T02")
HOURS = "om_key,team_code,contracted_hours,from,to\n"
REDUCTIONS = "om_key,team_code,reason,hours,start,end,notes\n"


@pytest.fixture(autouse=True)
def two_practitioners(in_alpha: object) -> None:
    """Alice and Ben, with figures."""
    building.extract({ALICE: Entry({("community", 6): 10}), BEN: Entry()})
    recompute(reason="A test")


def hours(*lines: str) -> LoadReport:
    return load_hours(content=(HOURS + "\n".join(lines)).encode())


def reductions(*lines: str) -> LoadReport:
    return load_reductions(content=(REDUCTIONS + "\n".join(lines)).encode())


def counts(report: LoadReport) -> tuple[int, int, int, int]:
    """Read, loaded, quarantined, ignored; the last three always add up to the first."""
    assert report.read == report.loaded + report.quarantined + report.ignored
    return report.read, report.loaded, report.quarantined, report.ignored


def problems(report: LoadReport) -> list[tuple[int, str, str, str]]:
    return [(one.line, one.column, one.value, one.reason) for one in report.problems]


def of_alice() -> tuple[Decimal | None, Decimal, int]:
    (row,) = (row for row in practitioner_rows() if row.om_key == ALICE.om_key)
    return row.contracted_hours, row.reduction_hours, row.available


def test_hours_and_reductions_change_the_figures_at_once() -> None:
    assert counts(hours("N07A001,N07T01,18.5,2026-04-01,")) == (1, 1, 0, 0)
    assert of_alice() == (Decimal("18.5"), Decimal(0), 1088)
    assert counts(reductions("N07A001,N07T01,Court Duty,1.85,01/04/2026,,Mondays")) == (1, 1, 0, 0)
    assert of_alice() == (Decimal("18.5"), Decimal("1.85"), 979)


def test_a_load_is_one_event_with_its_counts_and_one_working_out() -> None:
    reductions("N07A001,N07T01,Court Duty,2,2026-04-01,,", "N07A009,N07T01,Court Duty,2,2026-04-01,,")
    entry = TrailEntry.objects.get(kind="workload.reductions_loaded")
    assert entry.after == {"read": 2, "loaded": 1, "quarantined": 1, "ignored": 0}
    assert entry.subject_id == str(StaffingLoad.objects.get().pk)
    assert TrailEntry.objects.filter(kind="workload.recomputed", why="Reductions were loaded").count() == 1


LOADS: dict[str, tuple[Callable[..., LoadReport], str]] = {
    "hours": (hours, "N07A001,N07T01,18.5,2026-04-01,"),
    "reductions": (reductions, "N07A001,N07T01,Court Duty,2,2026-04-01,,"),
}


@pytest.mark.parametrize("kind", LOADS)
def test_the_same_file_again_changes_nothing_and_says_so(kind: str) -> None:
    load, line = LOADS[kind]
    assert not load(line).unchanged
    before, trail = figures_in_force(), TrailEntry.objects.count()
    again = load(line)
    assert again.unchanged
    assert counts(again) == (1, 0, 0, 1)
    assert again.text == "Nothing was changed: 1 read, 0 loaded, 0 quarantined, 1 ignored."
    assert figures_in_force() == before
    assert TrailEntry.objects.count() == trail
    assert StaffingLoad.objects.count() == 1


def test_hours_that_are_replaced_are_kept_with_the_load_that_replaced_them() -> None:
    hours("N07A001,N07T01,37,2026-04-01,")
    hours("N07A001,N07T01,30,2026-09-01,")
    rows = ContractedHours.objects.order_by("superseded_by", "first_day")
    loads = list(StaffingLoad.objects.order_by("id"))
    columns = ("hours", "first_day", "last_day", "loaded_by", "superseded_by")
    found = list(rows.values_list(*columns))
    assert found == [
        (Decimal(37), date(2026, 4, 1), None, loads[0].pk, loads[1].pk),
        (Decimal(37), date(2026, 4, 1), date(2026, 8, 31), loads[1].pk, None),
        (Decimal(30), date(2026, 9, 1), None, loads[1].pk, None),
    ]
    assert of_alice()[0] == 30


def test_a_reduction_that_is_replaced_is_kept_and_others_stay() -> None:
    reductions("N07A001,N07T01,Court Duty,2,2026-04-01,,", "N07A001,N07T01,Disability,3,2026-04-01,,")
    report = reductions("N07A001,N07T01,Court Duty,4,2026-04-01,,")
    assert counts(report) == (1, 1, 0, 0)
    assert Reduction.objects.filter(superseded_by=None).count() == 2
    assert Reduction.objects.exclude(superseded_by=None).get().hours == 2
    assert of_alice()[1] == 7


def test_a_reduction_deleted_by_hand_stays_deleted_when_its_file_comes_again() -> None:
    line = "N07A001,N07T01,Court Duty,2,2026-04-01,,"
    reductions(line)
    Reduction.objects.update(deleted_at=timezone.now())
    assert reductions(line).unchanged
    recompute(reason="A test")
    assert of_alice()[1] == 0


def test_rows_about_nobody_are_quarantined_and_the_others_go_in() -> None:
    report = hours(
        "N07A001,N07T01,18.5,2026-04-01,",
        "N07A009,N07T01,18.5,2026-04-01,",
        "N07A001,N07T02,18.5,2026-04-01,",
        "N07A002,N07T02,lots,2026-04-01,",
    )
    assert counts(report) == (4, 1, 3, 0)
    assert problems(report) == [
        (3, "om_key", "N07A009", "no practitioner of yours has this key"),
        (4, "team_code", "N07T02", "N07A001 is not in this team"),
        (5, "contracted_hours", "lots", "hours must be a number from 0 to 168, such as 18.5"),
    ]
    assert of_alice()[0] == Decimal("18.5")


def test_a_file_in_which_nothing_is_good_changes_nothing() -> None:
    report = hours("N07A009,N07T01,18.5,2026-04-01,")
    assert report.unchanged
    assert counts(report) == (1, 0, 1, 0)
    assert not StaffingLoad.objects.exists()


def test_a_reduction_of_more_than_contracted_hours_is_quarantined() -> None:
    hours("N07A001,N07T01,18.5,2026-04-01,")
    report = reductions(
        "N07A001,N07T01,Court Duty,18.5,2026-04-01,,",
        "N07A001,N07T01,Split Role,18.51,2026-04-01,,",
        "N07A002,N07T02,Court Duty,37.5,2026-04-01,,",
        "N07A002,N07T02,SPOC lead,2,2026-04-01,,",
    )
    assert counts(report) == (4, 1, 3, 0)
    assert problems(report) == [
        (3, "hours", "18.51", "18.51 hours is more than the 18.5 contracted hours"),
        (4, "hours", "37.5", "37.5 hours is more than the 37 contracted hours"),
        (5, "hours", "2", "2 hours is more than “SPOC lead” allows: 5% of contracted hours, which is 1.85"),
    ]
    assert of_alice() == (Decimal("18.5"), Decimal("18.5"), 0)
    (row,) = (row for row in practitioner_rows() if row.om_key == ALICE.om_key)
    assert row.capacity_note == "no capacity left"


def test_a_reduction_must_fit_into_the_hours_of_each_of_its_days() -> None:
    hours("N07A001,N07T01,37,2026-04-01,2026-06-30", "N07A001,N07T01,10,2026-07-01,")
    report = reductions(
        "N07A001,N07T01,Court Duty,20,2026-04-01,2026-06-30,",
        "N07A001,N07T01,Split Role,20,2026-04-01,2026-07-01,",
    )
    assert counts(report) == (2, 1, 1, 0)
    assert report.problems[0].line == 3


def test_a_grade_without_hours_wants_them_loaded_before_reductions() -> None:
    building.place(key("N07A003", "N07T01"), grade="DMY")
    report = reductions("N07A003,N07T01,Court Duty,1,2026-04-01,,")
    assert problems(report)[0][3] == "no contracted hours are known on those days: load their hours first"


def test_somebody_who_may_change_one_team_changes_no_other() -> None:
    content = (HOURS + "N07A001,N07T01,20,2026-04-01,\nN07A002,N07T02,20,2026-04-01,").encode()
    report = load_hours(content=content, reach=Reach(team_codes=frozenset({"N07T01"})))
    assert counts(report) == (2, 1, 1, 0)
    assert problems(report) == [(3, "om_key", "N07A002", "no practitioner of yours has this key")]


def test_a_file_that_is_no_csv_is_refused_whole() -> None:
    with pytest.raises(FileRefused) as refused:
        load_hours(content=b"PK\x03\x04")
    assert refused.value.code == "file-refused"


def test_the_database_itself_lets_no_periods_in_force_overlap() -> None:
    building.hours(ALICE, "37", date(2026, 4, 1))
    with pytest.raises(IntegrityError, match="workload_hours_no_overlap"), transaction.atomic():
        building.hours(ALICE, "30", date(2026, 9, 1), date(2026, 9, 1))


def test_the_page_of_a_practitioner_shows_the_hours_and_reductions_behind_the_figure() -> None:
    hours("N07A001,N07T01,37,2026-01-01,2026-03-31", "N07A001,N07T01,30,2026-04-01,")
    reductions(
        "N07A001,N07T01,Court Duty,2,2026-01-01,2026-02-01,",
        "N07A001,N07T01,Split Role,3,2026-04-01,,Half a week",
        "N07A001,N07T01,Disability,4,2099-01-01,,",
    )
    page = working_of(*ALICE)
    assert page is not None
    assert [(one.hours, one.holds) for one in page.hours] == [(Decimal(30), True), (Decimal(37), False)]
    assert [(one.reason, one.status, one.counts, one.notes) for one in page.reductions] == [
        ("Split Role", "ACTIVE", True, "Half a week"),
        ("Disability", "SCHEDULED", False, ""),
        ("Court Duty", "ARCHIVED", False, ""),
    ]
    assert page.working.figure.available == page.row.available == 1587
