"""Reductions and contracted hours changed by hand: the rules, the history, the trail, and two people at once."""

import json
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from londonnet.apps.workload import services
from londonnet.apps.workload.errors import ChangedMeanwhile, StaffingRefused
from londonnet.apps.workload.models import ContractedHours, Reduction, ReductionReason, ReductionTerms
from londonnet.apps.workload.selectors import practitioner_rows
from londonnet.apps.workload.selectors.staffing import reasons_on
from londonnet.apps.workload.services import ReductionWanted, load_reductions, recompute
from londonnet.platform.audit import Actor, acting_as
from londonnet.platform.audit.models import TrailEntry

from . import building
from .building import ALICE, Entry, key

pytestmark = pytest.mark.usefixtures("in_alpha")

TODAY = timezone.localdate()
YEAR = timedelta(days=365)
ELSEWHERE = key(ALICE.om_key, "N07T02")


@pytest.fixture(autouse=True)
def alice_with_figures(in_alpha: object) -> None:
    """Alice with 10 cases and no hours of her own."""
    building.extract({ALICE: Entry({("community", 6): 10})})
    recompute(reason="A test")


def reason(name: str = "Court Duty") -> int:
    return ReductionReason.objects.get(short_name=name).pk


def wanted(
    hours: str = "7.4",
    *,
    why: str = "Court Duty",
    first: date = TODAY,
    last: date | None = TODAY + YEAR,
    notes: str = "",
) -> ReductionWanted:
    return ReductionWanted(reason(why), Decimal(hours), first, last, notes)


def added(**changes: str) -> Reduction:
    return services.add_reduction(place_id=building.place(ALICE).pk, wanted=wanted(**changes))  # type: ignore[arg-type]


def of_alice() -> tuple[Decimal | None, Decimal, int]:
    (row,) = practitioner_rows()
    return row.contracted_hours, row.reduction_hours, row.available


def test_a_reduction_counts_as_soon_as_it_is_added() -> None:
    added()
    assert of_alice() == (Decimal(37), Decimal("7.4"), 1740)


def test_every_state_that_a_reduction_had_is_kept_with_who_did_it_and_why() -> None:
    first = added(notes="Mondays")
    with acting_as(Actor("user", "Bob", 7)):
        second = services.change_reduction(version=first.pk, wanted=wanted("11.1"), why="Tuesdays too")
        third = services.end_reduction(version=second.pk, last_day=TODAY + timedelta(days=7))
        fourth = services.delete_reduction(version=third.pk, why="A mistake")
        assert of_alice()[1] == 0
        fifth = services.put_back_reduction(version=fourth.pk)
    assert of_alice()[1] == Decimal("11.1")
    rows = list(Reduction.objects.order_by("id").select_related("loaded_by"))
    assert [row.replaces_id for row in rows] == [None, first.pk, second.pk, third.pk, fourth.pk]
    assert [row.superseded_by_id for row in rows] == [*(row.loaded_by_id for row in rows[1:]), None]
    assert [(row.loaded_by.act, row.loaded_by.why) for row in rows[1:]] == [
        ("changed", "Tuesdays too"),
        ("ended", ""),
        ("deleted", "A mistake"),
        ("put_back", ""),
    ]
    assert {row.loaded_by.done_by for row in rows[1:]} == {"Bob"}
    assert (rows[0].hours, rows[0].notes, fifth.last_day) == (Decimal("7.4"), "Mondays", TODAY + timedelta(days=7))


def test_whoever_saves_second_is_told_and_nothing_is_overwritten() -> None:
    first = added()
    services.change_reduction(version=first.pk, wanted=wanted("11.1"))
    attempts: tuple[Callable[[], object], ...] = (
        lambda: services.change_reduction(version=first.pk, wanted=wanted("3.7")),
        lambda: services.end_reduction(version=first.pk, last_day=TODAY + timedelta(days=2)),
        lambda: services.delete_reduction(version=first.pk),
        lambda: services.put_back_reduction(version=first.pk),
    )
    for second in attempts:
        with pytest.raises(ChangedMeanwhile):
            second()
    assert of_alice()[1] == Decimal("11.1")


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"last": TODAY}, "last_day", "after the start"),
        ({"hours": "37.01"}, "hours", "more than the 37 contracted"),
        ({"hours": "0"}, "hours", "more than 0"),
        ({"hours": "1.86", "why": "SPOC lead"}, "hours", "5% of contracted hours"),
        ({"notes": "x" * 4000}, "notes", "under 4,000"),
    ],
)
def test_what_the_rules_forbid_is_refused_with_the_field_that_is_wrong(
    changes: dict[str, str], field: str, words: str
) -> None:
    with pytest.raises(StaffingRefused, match=words) as refused:
        added(**changes)
    assert refused.value.field == field
    assert not Reduction.objects.exists()


def test_reductions_together_may_exceed_the_hours_and_leave_no_capacity() -> None:
    added(hours="30")
    added(hours="30", why="Disability")
    assert of_alice() == (Decimal(37), Decimal(60), 0)
    assert practitioner_rows()[0].capacity_note == "no capacity left"


def test_of_one_reason_and_first_day_there_is_one_as_in_files() -> None:
    first = added()
    with pytest.raises(StaffingRefused, match="from that day already"):
        added(hours="3")
    services.delete_reduction(version=first.pk)
    added(hours="3")
    with pytest.raises(StaffingRefused, match="from that day already"):
        services.put_back_reduction(version=Reduction.objects.get(deleted_at__isnull=False).pk)


def test_a_reason_that_is_switched_off_takes_no_new_ones_and_old_ones_can_still_be_shortened() -> None:
    first = added()
    services.set_terms(reason_id=reason(), terms=services.Terms(None, None, None, enabled=False), valid_from=TODAY)
    assert of_alice()[1] == 0
    with pytest.raises(StaffingRefused, match="switched off"):
        added(first=TODAY + YEAR, last=None)  # type: ignore[arg-type]
    services.change_reduction(version=first.pk, wanted=wanted(last=TODAY + timedelta(days=3)))


def test_what_was_deleted_by_hand_stays_deleted_whatever_a_file_says() -> None:
    line = f"N07A001,N07T01,Court Duty,7.4,{TODAY},{TODAY + YEAR},"
    services.delete_reduction(version=added().pk)
    content = f"om_key,team_code,reason,hours,start,end,notes\n{line}\n".encode()
    assert load_reductions(content=content).unchanged
    assert of_alice()[1] == 0


def test_a_file_that_replaces_a_reduction_goes_on_with_its_history() -> None:
    first = added()
    content = f"om_key,team_code,reason,hours,start,end,notes\nN07A001,N07T01,Court Duty,3.7,{TODAY},,\n".encode()
    load_reductions(content=content)
    after = Reduction.objects.get(superseded_by=None)
    assert (after.replaces_id, after.loaded_by.by_hand) == (first.pk, False)


def test_a_change_is_one_event_without_reason_notes_or_why() -> None:
    before = TrailEntry.objects.count()
    first = added(why="Pregnancy", notes="Due in June")
    second = services.change_reduction(version=first.pk, wanted=wanted("11.1", why="Disability"), why="Moved on")
    services.delete_reduction(version=second.pk, why="Secret")
    entries = list(TrailEntry.objects.order_by("id"))[before:]
    assert [entry.kind for entry in entries] == [
        "workload.reduction_added",
        "workload.reduction_changed",
        "workload.reduction_deleted",
    ]
    told = json.dumps([(entry.before, entry.after, entry.why, entry.about) for entry in entries])
    assert '"hours": "11.10"' in told
    for private in ("Pregnancy", "Disability", "Due in June", "Moved on", "Secret", "reason"):
        assert private not in told


def test_ending_early_is_after_the_first_day_and_before_the_last() -> None:
    first = added()
    for last_day in (TODAY, TODAY + YEAR, TODAY + 2 * YEAR):
        with pytest.raises(StaffingRefused):
            services.end_reduction(version=first.pk, last_day=last_day)


def test_hours_from_a_day_on_leave_the_days_before_as_they_were() -> None:
    place = building.place(ALICE).pk
    services.set_hours(place_id=place, hours=Decimal(37), first_day=TODAY - YEAR)
    services.set_hours(place_id=place, hours=Decimal("18.5"), first_day=TODAY, why="Asked for it")
    assert of_alice() == (Decimal("18.5"), Decimal(0), 1088)
    held = ContractedHours.objects.filter(superseded_by=None).order_by("first_day")
    assert list(held.values_list("hours", "first_day", "last_day")) == [
        (Decimal(37), TODAY - YEAR, TODAY - timedelta(days=1)),
        (Decimal("18.5"), TODAY, None),
    ]
    assert {one.loaded_by.why for one in held} == {"Asked for it"}
    assert TrailEntry.objects.filter(kind="workload.hours_changed").count() == 2


def test_hours_that_somebody_else_changed_meanwhile_are_not_overwritten() -> None:
    place = building.place(ALICE).pk
    services.set_hours(place_id=place, hours=Decimal(30), first_day=TODAY, version=0)
    with pytest.raises(ChangedMeanwhile):
        services.set_hours(place_id=place, hours=Decimal(20), first_day=TODAY, version=0)
    with pytest.raises(StaffingRefused, match="already"):
        services.set_hours(place_id=place, hours=Decimal(30), first_day=TODAY)
    assert of_alice()[0] == Decimal(30)


def test_what_stayed_behind_is_taken_along_and_counts_in_the_new_team() -> None:
    building.hours(ALICE, "30", TODAY - YEAR)
    old = building.reduction(ALICE, "6", TODAY - YEAR, TODAY)
    building.reduction(ALICE, "5", TODAY - 2 * YEAR, TODAY - YEAR, reason="Disability")
    before, now = building.place(ALICE), building.place(ELSEWHERE)
    before.ended_on = TODAY
    before.save()
    building.extract({ELSEWHERE: Entry()})
    recompute(reason="A test")
    assert of_alice() == (Decimal(37), Decimal(0), 2176)
    services.take_along(place_id=before.pk, to_place_id=now.pk)
    assert of_alice() == (Decimal(30), Decimal(6), 1411)
    moved = Reduction.objects.get(place=now)
    assert (moved.replaces_id, moved.first_day, moved.last_day) == (old.pk, TODAY - YEAR, TODAY)
    assert ContractedHours.objects.get(place=before, superseded_by=None).last_day == TODAY - timedelta(days=1)
    with pytest.raises(StaffingRefused, match="Nothing stayed behind"):
        services.take_along(place_id=before.pk, to_place_id=now.pk)
    with pytest.raises(StaffingRefused, match="haven’t moved"):
        services.take_along(place_id=now.pk, to_place_id=before.pk)


def test_terms_hold_from_their_day_on_and_of_one_day_the_last_ones() -> None:
    spoc = reason("SPOC lead")
    tomorrow = TODAY + timedelta(days=1)
    services.set_terms(reason_id=spoc, terms=services.Terms(10, 20, 6), valid_from=tomorrow, why="Agreed")
    services.set_terms(reason_id=spoc, terms=services.Terms(15, 20, 6), valid_from=tomorrow)
    services.set_terms(reason_id=spoc, terms=services.Terms(4, 8, 6), valid_from=TODAY)
    assert [reasons_on(day)[spoc].maximum_percent for day in (TODAY - YEAR, TODAY, tomorrow)] == [5, 8, 20]
    assert reasons_on(tomorrow)[spoc].allowance_percent == 15
    assert ReductionTerms.objects.filter(reason_id=spoc).count() == 4
    with pytest.raises(StaffingRefused, match="today or a later day"):
        services.set_terms(reason_id=spoc, terms=services.Terms(4, 8, 6), valid_from=TODAY - YEAR)
    with pytest.raises(StaffingRefused, match="more than the most"):
        services.set_terms(reason_id=spoc, terms=services.Terms(9, 8, 6), valid_from=TODAY)
    with pytest.raises(ChangedMeanwhile):
        services.set_terms(reason_id=spoc, terms=services.Terms(4, 7, 6), valid_from=TODAY, version=1)


def test_a_reason_is_added_and_can_be_used_at_once() -> None:
    services.add_reason(name="Mentoring", short_name="", kind="work", terms=services.Terms(10, None, 12))
    added(why="Mentoring")
    for name, kind in (("mentoring ", "work"), ("", "work"), ("Other things", "play")):
        with pytest.raises(StaffingRefused):
            services.add_reason(name=name, short_name="", kind=kind, terms=services.Terms(None, None, None))
