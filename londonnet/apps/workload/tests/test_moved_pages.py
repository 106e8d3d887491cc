"""History and differences of cases that were moved, and the ways to them, seen as managers see them."""

from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING

from django.test import Client

from londonnet.apps.caseload.models import Allocation, Case, CurrentSnapshot, Snapshot
from londonnet.apps.caseload.services import Move, allocate, follow_extract
from londonnet.apps.workload.tests.extracts import ALICE, BELOW, DAY, ELSEWHERE, WITHIN, Person
from londonnet.apps.workload.tests.waiting import (
    ALICES,
    ALL_OF_HERS,
    CRN,
    ELSEWHERES,
    HERS,
    LIST,
    WAITING,
    holder,
    place,
)
from londonnet.platform.trusts import Trust, trust_scope

from .reading import text_of

if TYPE_CHECKING:
    from londonnet.platform.access.models import User

Browse = Callable[..., Client]


def later_extract(trust: Trust, crn: str, who: Person) -> None:
    """An extract of the next day that names one case, with this practitioner."""
    with trust_scope(trust):
        snapshot = Snapshot.objects.create(datestamp=DAY + timedelta(days=1), digest="1" * 64)
        Case.objects.create(snapshot=snapshot, crn=crn, place_id=place(who), tier=6, location=1)
        load_pointer = CurrentSnapshot.objects.get()
        load_pointer.snapshot = snapshot
        load_pointer.save()
        follow_extract()
        from londonnet.apps.workload.services import recompute

        recompute(reason="A test", day=DAY)


def test_history_tells_who_moved_what_and_why_and_undoes_it(waiting: Trust, browse: Browse, bob: "User") -> None:
    browser = browse(waiting, bob)
    with trust_scope(waiting):
        allocate(moves=[Move(ALICES, place(ALICE), place(BELOW))], reason="Conflict of interest")
        allocate(moves=[Move(ELSEWHERES, number_of_elsewhere(), place(ELSEWHERE))])
    page = text_of(browser, f"{LIST}/history")
    assert "History (1)" in page
    assert "Conflict of interest" in page and "Alice Abara" in page and "Chidi Cole" in page
    with trust_scope(waiting):
        batch = Allocation.objects.get(crn=ALICES).batch
    back = browser.post(f"{LIST}/moved/{batch}/undo", {"back": f"{LIST}/history"})
    assert back["Location"] == f"{LIST}/history"
    assert "Undone" in text_of(browser, f"{LIST}/history")


def number_of_elsewhere() -> int:
    """The post for unallocated cases of the other team."""
    from .waiting import WAITING_ELSEWHERE

    return place(WAITING_ELSEWHERE)


def test_a_difference_stays_listed_with_what_the_record_says_until_it_is_let_stand(
    waiting: Trust, browse: Browse, bob: "User", charlie: "User"
) -> None:
    with trust_scope(waiting):
        allocate(moves=[Move(ALICES, place(ALICE), place(BELOW))], reason="Workload")
    later_extract(waiting, ALICES, ALICE)
    browser = browse(waiting, bob)
    page = text_of(browser, f"{LIST}/differences")
    assert "Differences (1)" in page
    assert "Contradicted by an extract" in page and "The extract of 21 November 2026 says otherwise." in page
    assert "Not yet compared with an extract" not in page
    assert "Chidi Cole" in page and "Alice Abara" in page
    with trust_scope(waiting):
        address = f"{LIST}/differences/{Allocation.objects.get().pk}/let-stand"
    assert browse(waiting, charlie).post(address).status_code == 404
    browser.post(address)
    assert "No differences" in text_of(browser, f"{LIST}/differences")


def test_what_no_extract_has_been_compared_with_is_listed_apart_and_undone_case_by_case(
    waiting: Trust, browse: Browse, bob: "User", charlie: "User"
) -> None:
    with trust_scope(waiting):
        allocate(moves=[Move(crn, place(ALICE), place(BELOW)) for crn in ALL_OF_HERS], reason="Workload")
        undo = f"{LIST}/differences/{Allocation.objects.get(crn=ALICES).pk}/undo"
    browser = browse(waiting, bob)
    page = text_of(browser, f"{LIST}/differences")
    assert "Differences (3)" in page and "Not yet compared with an extract" in page
    assert "Contradicted by an extract" not in page and "Let the record stand" not in page
    assert "No difference fits these filters" in text_of(browser, f"{LIST}/differences?compared=contradicted")
    assert browse(waiting, charlie).post(undo).status_code == 404
    assert "Undone: 1 case went back." in text_of(browser, browser.post(undo)["Location"])
    with trust_scope(waiting):
        assert [holder(crn) for crn in ALL_OF_HERS] == [ALICE.om_key, BELOW.om_key, BELOW.om_key]
    assert "Differences (2)" in text_of(browser, f"{LIST}/differences")


def test_a_batch_that_reaches_further_than_the_manager_offers_no_undo(
    waiting: Trust, browse: Browse, bob: "User", head: "User"
) -> None:
    with trust_scope(waiting):
        away = Move(ELSEWHERES, number_of_elsewhere(), place(ELSEWHERE))
        allocate(moves=[Move(CRN, place(WAITING), place(WITHIN)), away])
    assert "Undo" not in text_of(browse(waiting, bob), f"{LIST}/history")
    assert "Undo" in text_of(browse(waiting, head), f"{LIST}/history")
    assert "the move of X000001" in text_of(browse(waiting, bob), f"{LIST}/differences")


def test_the_home_page_and_lists_of_cases_lead_to_allocation(
    waiting: Trust, browse: Browse, bob: "User", alice: "User"
) -> None:
    browser = browse(waiting, bob)
    home = text_of(browser, "/")
    assert "Cases to allocate" in home and f'value="{CRN}"' in home and ELSEWHERES not in home
    assert f'href="{HERS}"' in home
    assert f'href="{HERS}"' in text_of(browser, "/workload/practitioner/N07A001/N07T01")
    tab = 'href="/workload/allocation?within=team:N07T01"'
    assert tab in text_of(browser, "/workload/team/N07T01") and tab in text_of(
        browser, "/workload/team/N07T01/caseload"
    )
    cases = text_of(browser, "/cases?practitioner=N07A001")
    assert 'action="/workload/allocation/choose"' in cases and f'value="{ALICES}"' in cases
    assert "/workload/allocation" not in text_of(browse(waiting, alice), "/cases?practitioner=N07A001")
