"""Working out some figures anew: they are what working all of them out would give, and nobody else's change."""

from datetime import timedelta

import pytest
from django.db import transaction

from londonnet.apps.caseload.models import CaseCount, Sheet, Snapshot
from londonnet.apps.workload.models import Figure, FigureRun
from londonnet.apps.workload.selectors import figures_in_force, practitioner_rows
from londonnet.apps.workload.services import recompute, recount
from londonnet.apps.workload.services.concerned import topics_of_places
from londonnet.apps.workload.support import PractitionerKey, SupportContact

from . import building
from .building import ALICE, DATESTAMP, DAY, Entry, key

pytestmark = pytest.mark.usefixtures("in_alpha")

BEN = key("N07A002", "N07T01")
CARA = key("N07A003", "N07T02")
B2 = ("community", 6)


@pytest.fixture
def extract() -> Snapshot:
    """Three people with cases, and a contact between two of them."""
    people = {who: Entry(cases={B2: number}, sdr=number) for number, who in enumerate((ALICE, BEN, CARA), start=3)}
    contact = SupportContact(DATESTAMP, "CMS06", done_by=ALICE, managed_by=CARA)
    snapshot = building.extract(people, [contact])
    recompute(reason="A test", day=DAY)
    return snapshot


def one_case_more(snapshot: Snapshot, who: PractitionerKey) -> None:
    CaseCount.objects.filter(snapshot=snapshot, sheet=Sheet.FILTERED, place=building.place(who)).update(count=9)


def test_a_recount_gives_what_a_full_run_would_give(extract: Snapshot) -> None:
    one_case_more(extract, ALICE)
    building.hours(CARA, "18.5", DAY)
    building.reduction(CARA, "3", DAY, DAY + timedelta(days=30))
    assert recount(place_ids=[building.place(ALICE).pk, building.place(CARA).pk]) == 2
    recounted = practitioner_rows()
    recompute(reason="A test", day=DAY)
    assert recounted == practitioner_rows()


def test_only_those_asked_for_are_worked_out(extract: Snapshot) -> None:
    one_case_more(extract, ALICE)
    one_case_more(extract, BEN)
    before = {row.om_key: row.points.total for row in practitioner_rows()}
    recount(place_ids=[building.place(ALICE).pk])
    after = {row.om_key: row.points.total for row in practitioner_rows()}
    assert after["N07A001"] > before["N07A001"]
    assert after["N07A002"] == before["N07A002"]


def test_the_run_stays_and_says_when_it_was_changed(extract: Snapshot) -> None:
    before = figures_in_force()
    recount(place_ids=[building.place(ALICE).pk])
    after = figures_in_force()
    assert before is not None and after is not None
    assert after.run_id == before.run_id
    assert after.computed_at > before.computed_at
    assert FigureRun.objects.count() == 1


def test_nobody_is_added_to_a_run(extract: Snapshot) -> None:
    stranger = building.place(key("N07A009", "N07T02"))
    assert recount(place_ids=[stranger.pk]) == 0
    assert not Figure.objects.filter(place=stranger).exists()


def test_without_figures_there_is_nothing_to_recount() -> None:
    assert recount(place_ids=[building.place(ALICE).pk]) == 0


def test_open_pages_of_those_concerned_and_of_all_above_them_are_woken(extract: Snapshot) -> None:
    with transaction.atomic():
        assert topics_of_places([building.place(ALICE).pk]) == (
            "workload:pdu:N07P1",
            "workload:practitioner:N07A001",
            "workload:region:N07R1",
            "workload:team:N07T01",
            "workload:trust:alpha",
        )
    assert topics_of_places([]) == ()
