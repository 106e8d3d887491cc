"""Reallocation, spreading, putting back, differences and history, seen as managers see them."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client

from londonnet.apps.caseload.models import Allocation, Case, CurrentSnapshot, Snapshot
from londonnet.apps.caseload.services import Move, allocate, follow_extract
from londonnet.apps.workload.tests.extracts import ALICE, BELOW, DAY, ELSEWHERE, WITHIN, Person
from londonnet.apps.workload.tests.waiting import ALICES, CRN, ELSEWHERES, TEAM, WAITING, holder, load, place
from londonnet.platform.trusts import Trust, trust_scope

from .reading import text_of

if TYPE_CHECKING:
    from londonnet.platform.access.models import User

Browse = Callable[..., Client]
CountQueries = Callable[[], AbstractContextManager[Any]]
LIST = "/workload/allocation"
HERS = "/workload/allocation/from/N07A001/N07T01"
ALL_OF_HERS = ("X900010", "X900011", "X900012")


@pytest.fixture
def waiting(alpha: Trust) -> Trust:
    """Alpha with cases that wait, and three of Alice's."""
    with trust_scope(alpha):
        load()
    return alpha


def number(trust: Trust, who: Person) -> int:
    """The number of somebody's place in their team."""
    with trust_scope(trust):
        return place(who)


def spread_address(browser: Client, trust: Trust, *crns: str) -> str:
    """Tick some of Alice's cases and ask to spread them; the address of that page."""
    alice = number(trust, ALICE)
    answer = browser.post(HERS, {"case": [f"{crn}:{alice}" for crn in crns], "action": "spread"})
    assert answer.status_code == 302
    return str(answer["Location"])


def part_of(browser: Client, address: str, sent: dict[str, Any], changed: str = "") -> str:
    """The changing part of a page after a field was changed."""
    headers = {"HX-Request": "true", "HX-Trigger-Name": changed}
    return " ".join(browser.post(address, sent, headers=headers).content.decode().split())


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


def test_a_caseload_is_shown_with_nothing_ticked_and_can_be_ticked_whole(
    waiting: Trust, browse: Browse, bob: "User"
) -> None:
    browser = browse(waiting, bob)
    page = text_of(browser, HERS)
    assert all(crn in page for crn in ALL_OF_HERS)
    assert "The cases, 0 of 3 ticked" in page
    assert "3 of 3 ticked" in browser.post(HERS, {"action": "all"}).content.decode()


def test_a_caseload_out_of_reach_is_a_page_not_found(
    waiting: Trust, browse: Browse, charlie: "User", alice: "User", dana: "User"
) -> None:
    for user in (charlie, alice):
        assert browse(waiting, user).get(HERS).status_code == 404
    assert browse(waiting).get(HERS).status_code == 302


def test_some_of_a_caseload_go_to_one_person(waiting: Trust, browse: Browse, bob: "User") -> None:
    browser, alice = browse(waiting, bob), number(waiting, ALICE)
    sent = {"case": [f"{ALICES}:{alice}"], "to": number(waiting, BELOW), "reason": "Workload", "action": "allocate"}
    assert browser.post(HERS, sent).status_code == 302
    with trust_scope(waiting):
        assert [holder(crn) for crn in ALL_OF_HERS] == [BELOW.om_key, ALICE.om_key, ALICE.om_key]


def test_a_spread_is_proposed_changed_and_done_as_one_batch(waiting: Trust, browse: Browse, bob: "User") -> None:
    browser = browse(waiting, bob)
    address = spread_address(browser, waiting, *ALL_OF_HERS)
    alice, chidi, bashir = (number(waiting, who) for who in (ALICE, BELOW, WITHIN))
    proposal = part_of(browser, address, {"target": [chidi, bashir]}, "target")
    assert proposal.count(f':{chidi}" selected') == 3
    assert "What it changes: 3 cases" in proposal
    assert "Chidi Cole, gets" in proposal and "Alice Abara, gives" in proposal
    goes = [f"{ALL_OF_HERS[0]}:{alice}:{bashir}", f"{ALL_OF_HERS[1]}:{alice}:{chidi}", f"{ALL_OF_HERS[2]}:{alice}:0"]
    sent = {"target": [chidi, bashir], "goes": goes, "reason": "The practitioner is leaving"}
    changed = part_of(browser, address, sent, "goes")
    assert f':{bashir}" selected' in changed
    assert "2 cases, 1 stay" in changed
    with trust_scope(waiting):
        assert not Allocation.objects.exists()
    done = browser.post(address, sent | {"action": "allocate"})
    assert "2 cases are spread over 2 people." in text_of(browser, done["Location"])
    with trust_scope(waiting):
        assert [holder(crn) for crn in ALL_OF_HERS] == [WITHIN.om_key, BELOW.om_key, ALICE.om_key]
    browser.post(f"{done['Location']}/undo")
    with trust_scope(waiting):
        assert {holder(crn) for crn in ALL_OF_HERS} == {ALICE.om_key}


def test_nobody_is_filled_above_the_limit_and_the_limit_must_be_a_percentage(
    waiting: Trust, browse: Browse, bob: "User"
) -> None:
    browser = browse(waiting, bob)
    address, chidi = spread_address(browser, waiting, *ALL_OF_HERS), number(waiting, BELOW)
    filled = part_of(browser, address, {"target": [chidi], "fill": "35"}, "fill")
    assert filled.count(f':{chidi}" selected') == 1
    assert "Enter a whole percentage" in part_of(browser, address, {"target": [chidi], "fill": "a lot"}, "fill")


def test_a_spread_gives_nothing_to_somebody_out_of_reach(waiting: Trust, browse: Browse, bob: "User") -> None:
    browser = browse(waiting, bob)
    address = spread_address(browser, waiting, ALICES)
    alice, farah = number(waiting, ALICE), number(waiting, ELSEWHERE)
    sent = {"target": [farah], "goes": [f"{ALICES}:{alice}:{farah}"], "reason": "Workload", "action": "allocate"}
    assert "Choose at least one person." in browser.post(address, sent).content.decode()
    with trust_scope(waiting):
        assert holder(ALICES) == ALICE.om_key


def test_whoever_spreads_second_is_told_and_keeps_what_was_chosen(waiting: Trust, browse: Browse, bob: "User") -> None:
    browser = browse(waiting, bob)
    address = spread_address(browser, waiting, *ALL_OF_HERS)
    alice, chidi, bashir = (number(waiting, who) for who in (ALICE, BELOW, WITHIN))
    with trust_scope(waiting):
        allocate(moves=[Move(ALICES, alice, bashir)], reason="Workload")
    goes = [f"{crn}:{alice}:{chidi}" for crn in ALL_OF_HERS]
    sent = {"target": [chidi], "goes": goes, "reason": "Workload", "notes": "All to her", "action": "allocate"}
    answer = browser.post(address, sent)
    page = " ".join(answer.content.decode().split())
    assert answer.status_code == 409
    assert f"Case {ALICES} was moved by somebody else" in page
    assert "it is with Bashir Blum" in page
    assert "All to her" in page
    assert page.count(f':{chidi}" selected') == 2
    assert browser.post(address, sent | {"goes": goes[1:]}).status_code == 302


def test_a_case_is_put_back_for_allocation_in_its_team(waiting: Trust, browse: Browse, bob: "User") -> None:
    browser, alice = browse(waiting, bob), number(waiting, ALICE)
    sent = {"case": [f"{ALICES}:{alice}"], "reason": "Long absence", "action": "put-back"}
    done = browser.post(HERS, sent)
    assert "1 case waits for allocation again." in text_of(browser, done["Location"])
    with trust_scope(waiting):
        assert holder(ALICES) == WAITING.om_key
    assert "Unallocated (4)" in text_of(browser, LIST)


def test_where_there_is_no_post_for_unallocated_cases_the_page_says_so(
    alpha: Trust, browse: Browse, bob: "User"
) -> None:
    with trust_scope(alpha):
        load()
    browser, alice = browse(alpha, bob), number(alpha, ALICE)
    with trust_scope(alpha):
        from londonnet.apps.organisation.models import PractitionerInTeam

        PractitionerInTeam.objects.filter(practitioner__om_key__endswith="UTSO").update(ended_on=DAY)
    sent = {"case": [f"{ALICES}:{alice}"], "reason": "Long absence", "action": "put-back"}
    assert "has no post for unallocated cases" in browser.post(HERS, sent).content.decode()


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


@pytest.mark.parametrize("page", ["caseload", "spread", "history", "differences"])
def test_a_page_sends_the_same_few_statements_however_many_rows_it_shows(
    alpha: Trust, browse: Browse, head: "User", count_queries: CountQueries, page: str
) -> None:
    counts = []
    for size in (3, 40):
        crowd = tuple(Person(f"N07C{n:03}", f"Forename{n} Surname", cases=n) for n in range(size))
        with trust_scope(alpha):
            load((*TEAM, *crowd), waiting=size)
            allocate(moves=[Move(f"X{n + 1:06}", place(WAITING), place(WITHIN)) for n in range(size - 1)])
        browser = browse(alpha, head)
        addresses = {
            "caseload": HERS,
            "spread": spread_address(browser, alpha, *ALL_OF_HERS),
            "history": f"{LIST}/history",
            "differences": f"{LIST}/differences",
        }
        browser.get(addresses[page])
        with count_queries() as counted:
            text_of(browser, addresses[page])
        counts.append(len([text for text in counted.texts if "SAVEPOINT" not in text]))
    assert counts[0] == counts[1], "\n".join(counted.texts)
    assert counts[1] + 1 <= 12, "\n".join(counted.texts)
