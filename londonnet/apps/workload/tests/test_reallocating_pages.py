"""Reallocation, spreading and putting back, seen as managers see them."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client

from londonnet.apps.caseload.models import Allocation
from londonnet.apps.caseload.services import Move, allocate
from londonnet.apps.workload.tests.extracts import ALICE, BELOW, DAY, ELSEWHERE, WITHIN, Person
from londonnet.apps.workload.tests.waiting import (
    ALICES,
    ALL_OF_HERS,
    HERS,
    LIST,
    TEAM,
    WAITING,
    holder,
    load,
    place,
)
from londonnet.platform.trusts import Trust, trust_scope

from .reading import text_of

if TYPE_CHECKING:
    from londonnet.platform.access.models import User

Browse = Callable[..., Client]
CountQueries = Callable[[], AbstractContextManager[Any]]


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


def test_a_caseload_is_shown_with_nothing_ticked_and_can_be_ticked_whole(
    waiting: Trust, browse: Browse, bob: "User"
) -> None:
    browser = browse(waiting, bob)
    page = text_of(browser, HERS)
    assert all(crn in page for crn in ALL_OF_HERS)
    assert "The cases, 0 of 3 ticked" in page
    assert "3 of 3 ticked" in browser.post(HERS, {"action": "all"}).content.decode()
    assert f'name="to" value="{number(waiting, ALICE)}"' not in page
    assert f'name="to" value="{number(waiting, WITHIN)}"' in page


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
