"""Working the figures out: what readers see, and when."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import transaction
from django.utils import timezone

from londonnet.apps.organisation.models import PractitionerInTeam
from londonnet.apps.workload.selectors import (
    Within,
    contact_codes_without_points,
    figures_in_force,
    organisation_row,
    organisation_rows,
    practitioner_rows,
    stayed_behind,
    weights_in_force,
    working_of,
)
from londonnet.apps.workload.services import adopt_weights, keep_days_that_ended, recompute
from londonnet.apps.workload.support import PractitionerKey, SupportContact
from londonnet.platform.audit import Event, record
from londonnet.platform.audit.models import TrailEntry

from . import building
from .building import ALICE, B2, DATESTAMP, DAY, Entry, key

pytestmark = pytest.mark.usefixtures("in_alpha")

BEN = key("N07A002", "N07T01")


def only_row(who: PractitionerKey = ALICE) -> tuple[int, float | None, str | None]:
    """Available, capacity and note of somebody in one team."""
    (row,) = practitioner_rows(Within("practitioner", who.om_key))
    return row.available, row.capacity, row.capacity_note


def test_without_an_extract_there_are_no_figures_and_nothing_fails() -> None:
    assert recompute(reason="A test") is None
    assert figures_in_force() is None
    assert practitioner_rows() == []
    assert organisation_rows("team") == []
    assert working_of(*ALICE) is None


def test_the_trust_has_a_row_of_zeros_without_figures() -> None:
    (row,) = organisation_rows("trust")
    assert (row.code, row.name, row.practitioners, row.capacity_note) == ("alpha", "Alpha Probation", 0, "not measured")


def test_the_published_example_comes_out_to_the_point() -> None:
    building.hours(ALICE, "37", date(2026, 4, 1))
    building.reduction(ALICE, "1.8", date(2026, 4, 1))
    building.extract({ALICE: Entry({B2: 42}, {("licence", 3): 1}, sdr=1, conversions=3)})
    recompute(reason="A test", day=DAY)
    (row,) = practitioner_rows()
    assert row.points.as_json() == {"cases": 4830, "t2a": 59, "reports": 333, "support": 0, "total": 5222}
    assert row.available == 2070
    assert row.capacity == 100 * 5222 / 2070
    assert (row.cases, row.t2a_cases, row.contracted_hours, row.reduction_hours) == (42, 1, Decimal(37), Decimal("1.8"))


def test_reductions_greater_than_hours_leave_nothing_and_the_note_says_so() -> None:
    building.hours(ALICE, "10", date(2026, 4, 1))
    building.reduction(ALICE, "7", date(2026, 4, 1))
    building.reduction(ALICE, "7", date(2026, 4, 1), reason="Split Role")
    building.extract({ALICE: Entry({B2: 1})})
    recompute(reason="A test", day=DAY)
    assert only_row() == (0, None, "no capacity left")


@pytest.mark.parametrize("grade", ["SPO", "DMY", "XYZ"])
def test_a_grade_without_full_hours_is_not_measured_and_its_points_are_held_apart(grade: str) -> None:
    building.extract({ALICE: Entry({B2: 1}, grade=grade), BEN: Entry({B2: 2})})
    recompute(reason="A test", day=DAY)
    assert only_row() == (0, None, "not measured")
    team = organisation_row("team", "N07T01")
    assert team is not None
    assert (team.points.total, team.points_not_measured, team.practitioners_not_measured) == (345, 115, 1)
    assert team.capacity == 100 * 345 / 2176


def test_an_spo_with_hours_of_their_own_is_still_not_measured() -> None:
    building.hours(ALICE, "37", date(2026, 4, 1))
    building.extract({ALICE: Entry({B2: 1}, grade="SPO")})
    recompute(reason="A test", day=DAY)
    assert only_row() == (0, None, "not measured")


def test_each_grade_reads_its_own_target_and_hours() -> None:
    grades = ("PO", "TPO", "PSO", "SPO", "DMY", "")
    target = {"PO": 1000, "TPO": 2000, "PSO": 3000, "SPO": 4000, "DMY": 5000}
    full = {grade: Decimal(10 * number) for number, grade in enumerate(target, 1)}
    adopt_weights(weights=replace(weights_in_force(), target=target, default_hours=full))
    building.extract({key(f"N07A10{n}", "N07T01"): Entry(grade=grade) for n, grade in enumerate(grades)})
    recompute(reason="A test")
    found = {row.grade: (row.available, row.contracted_hours) for row in practitioner_rows()}
    assert found == {grade: (target[grade or "PO"], full[grade or "PO"]) for grade in grades}


def test_untiered_cases_are_counted_and_not_scored() -> None:
    building.extract({ALICE: Entry({("community", 0): 3, ("licence", 0): 2, B2: 1}, {("custody", 0): 4})})
    recompute(reason="A test", day=DAY)
    (row,) = practitioner_rows()
    assert (row.cases, row.t2a_cases, row.points.total) == (6, 4, 115)


def test_support_counts_on_its_own_date_and_the_six_days_after_it() -> None:
    def contact(days_before: int, code: str = "CMS01") -> SupportContact:
        return SupportContact(DATESTAMP - timedelta(days=days_before), code, ALICE, BEN)

    building.extract({ALICE: Entry(), BEN: Entry()}, [contact(0), contact(6, "CMS02"), contact(7), contact(-1)])
    recompute(reason="A test", day=DAY)
    assert {row.om_key: row.points.support for row in practitioner_rows()} == {ALICE.om_key: 22, BEN.om_key: -22}
    assert {row.om_key: row.points.total for row in practitioner_rows()}[BEN.om_key] == -22


def test_support_for_ones_own_case_in_another_team_moves_nothing() -> None:
    elsewhere = key(ALICE.om_key, "N07T02")
    building.extract({ALICE: Entry(), elsewhere: Entry()}, [SupportContact(DATESTAMP, "CMS01", ALICE, elsewhere)])
    recompute(reason="A test", day=DAY)
    assert [row.points.support for row in practitioner_rows()] == [0, 0]


def test_offender_management_in_custody_is_not_in_capacity() -> None:
    building.extract({ALICE: Entry(), BEN: Entry({B2: 5}, only_omic=True)})
    recompute(reason="A test", day=DAY)
    assert [row.om_key for row in practitioner_rows()] == [ALICE.om_key]


def test_somebody_in_two_teams_has_two_rows_with_points_of_their_own() -> None:
    elsewhere = key(ALICE.om_key, "N07T02")
    building.hours(elsewhere, "18.5", date(2026, 4, 1))
    building.extract({ALICE: Entry({B2: 1}), elsewhere: Entry({B2: 2})})
    recompute(reason="A test", day=DAY)
    rows = practitioner_rows(Within("practitioner", ALICE.om_key))
    assert [(row.team_code, row.points.total, row.available) for row in rows] == [
        ("N07T01", 115, 2176),
        ("N07T02", 230, 1088),
    ]


def test_an_extract_brings_its_figures_in_its_own_transaction() -> None:
    building.extract({ALICE: Entry({B2: 1})})
    with transaction.atomic():
        record(Event("national.extract_loaded", subject_type="national_load", subject_id="1"))
    (row,) = practitioner_rows()
    assert row.points.total == 115
    assert TrailEntry.objects.filter(kind="workload.recomputed", why="An extract was loaded").count() == 1


def test_contacts_of_an_unknown_code_count_nothing_and_are_told_with_the_working_out() -> None:
    contacts = [SupportContact(DATESTAMP, code, ALICE, BEN) for code in ("NEW01", "CMS01", "NEW01")]
    building.extract({ALICE: Entry(), BEN: Entry()}, contacts)
    recompute(reason="A test", day=DAY)
    assert practitioner_rows(Within("practitioner", ALICE.om_key))[0].points.support == 9
    assert contact_codes_without_points() == {"NEW01": 2}
    after = TrailEntry.objects.get(kind="workload.recomputed").after
    assert after == {
        "day": "2026-11-23",
        "datestamp": "2026-11-20",
        "weights_version": 1,
        "practitioners": 2,
        "contact_codes_without_points": {"NEW01": 2},
    }


def test_what_stays_behind_in_a_team_is_listed() -> None:
    building.hours(ALICE, "30", date(2026, 4, 1))
    building.reduction(ALICE, "2", date(2026, 4, 1))
    building.reduction(BEN, "2", date(2026, 4, 1))
    building.reduction(key("N07A004", "N07T01"), "2", date(2026, 4, 1), date(2026, 5, 1))
    places = PractitionerInTeam.objects.exclude(practitioner__om_key=BEN.om_key)
    places.update(ended_on=DATESTAMP)
    (behind,) = stayed_behind(DAY)
    assert (behind.om_key, behind.team_code, behind.ended_on) == (*ALICE, DATESTAMP)
    assert (behind.contracted_hours, behind.reduction_hours) == (Decimal(30), Decimal(2))


def test_new_weights_show_at_once_and_every_figure_says_its_version() -> None:
    building.extract({ALICE: Entry({B2: 1})})
    recompute(reason="A test")
    weights = weights_in_force()
    version = adopt_weights(weights=replace(weights, cases={**weights.cases, B2: 200}), reason="The audit")
    (row,) = practitioner_rows()
    assert (row.points.total, row.weights_version) == (200, version)
    in_force = figures_in_force()
    assert in_force is not None
    assert in_force.weights_version == version == 2


def test_weights_of_a_later_day_wait_for_it() -> None:
    building.extract({ALICE: Entry({B2: 1})})
    recompute(reason="A test")
    weights = weights_in_force()
    tomorrow = timezone.localdate() + timedelta(days=1)
    adopt_weights(weights=replace(weights, valid_from=tomorrow, cases={**weights.cases, B2: 200}))
    assert practitioner_rows()[0].points.total == 115
    recompute(reason="A test", day=tomorrow)
    assert practitioner_rows()[0].points.total == 200


def test_a_new_day_in_london_has_the_figures_worked_out_anew_once() -> None:
    building.reduction(ALICE, "7", timezone.localdate(), timezone.localdate() + timedelta(days=9))
    building.extract({ALICE: Entry()})
    recompute(reason="A test", day=timezone.localdate() - timedelta(days=1))
    assert only_row()[0] == 2176
    keep_days_that_ended()
    assert only_row()[0] == 1764
    in_force = figures_in_force()
    keep_days_that_ended()
    assert figures_in_force() == in_force
