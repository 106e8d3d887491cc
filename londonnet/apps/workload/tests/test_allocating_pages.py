"""Allocation, seen as managers see it: cases that wait, choosing who gets them, one button, and undo."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client

from londonnet.apps.caseload.models import Allocation
from londonnet.apps.caseload.services import Move, allocate
from londonnet.apps.workload.tests.extracts import ALICE, BELOW, ELSEWHERE, WITHIN, Person
from londonnet.apps.workload.tests.waiting import ALICES, CRN, ELSEWHERES, LIST, TEAM, WAITING, holder, load, place
from londonnet.platform.audit.models import TrailEntry
from londonnet.platform.notices.models import Notice
from londonnet.platform.trusts import Trust, trust_scope

from .reading import names_in_order, text_of

if TYPE_CHECKING:
    from londonnet.platform.access.models import User

Browse = Callable[..., Client]
CountQueries = Callable[[], AbstractContextManager[Any]]
PICK = "/workload/allocation/choose"


def pick(browser: Client, *crns: str) -> str:
    """Tick cases; the address of the page that chooses who gets them."""
    answer = browser.post(PICK, {"case": crns})
    assert answer.status_code == 302
    return str(answer["Location"])


def form(trust: Trust, *crns: str, held_by: Person = WAITING, to: Person = BELOW, **others: str) -> dict[str, Any]:
    """What the form of choosing sends."""
    with trust_scope(trust):
        giver, taker = place(held_by), place(to)
    return {"case": [f"{crn}:{giver}" for crn in crns], "to": taker, "action": "allocate", **others}


def test_the_list_holds_what_waits_in_the_managers_team_with_the_highest_tier_first(
    waiting: Trust, browse: Browse, bob: "User"
) -> None:
    page = text_of(browse(waiting, bob), LIST)
    assert "Unallocated (3)" in page
    assert names_in_order(page, CRN, "X000002", "X000003") == [CRN, "X000002", "X000003"]
    assert ELSEWHERES not in page
    assert ALICES not in page
    with trust_scope(waiting):
        assert TrailEntry.objects.get(kind="audit.consulted").subject_id == "unallocated:own"


def test_the_head_of_service_sees_all_that_waits_and_can_narrow_it_to_a_team(
    waiting: Trust, browse: Browse, head: "User"
) -> None:
    browser = browse(waiting, head)
    everything = text_of(browser, LIST)
    assert CRN in everything and ELSEWHERES in everything
    assert ELSEWHERES not in text_of(browser, f"{LIST}?within=team:N07T01")
    assert CRN not in text_of(browser, f"{LIST}?team=N07T02")


def test_practitioners_and_managers_of_other_teams_are_told_nothing(
    waiting: Trust, browse: Browse, alice: "User", charlie: "User", hr: "User"
) -> None:
    assert browse(waiting, alice).get(LIST).status_code == 404
    assert browse(waiting, hr).get(LIST).status_code == 404
    assert browse(waiting, charlie).get(f"{LIST}?within=team:N07T01").status_code == 404
    browser = browse(waiting, charlie)
    assert browser.get(pick(browser, CRN)).status_code == 404


def test_who_has_most_room_stands_first_and_who_is_away_last(waiting: Trust, browse: Browse, bob: "User") -> None:
    browser = browse(waiting, bob)
    page = text_of(browser, pick(browser, CRN))
    names = ("Chidi Cole", "Bashir Blum", "Alice Abara", "Doreen Dale", "Ewa Engel")
    people = page[page.index('id="people"') :]
    assert names_in_order(people, *names) == list(names)
    assert "Farah Finch" not in people
    assert "Unallocated Staff" not in people
    assert "No hours, no end known" in people
    assert "Sickness" not in page


def test_of_many_who_could_get_a_case_a_page_is_shown_sorted_and_found_by_name(
    alpha: Trust, browse: Browse, head: "User"
) -> None:
    crowd = tuple(Person(f"N07C{n:03}", f"Forename{n} Crowd", cases=n) for n in range(120))
    zoe = Person("N07Z001", "Zoë Zaradin", cases=200)
    with trust_scope(alpha):
        load((*TEAM, *crowd, zoe))
        fullest = place(zoe)
    browser = browse(alpha, head)
    address = pick(browser, CRN)

    def people(**sent: object) -> str:
        asked = {"case": [f"{CRN}:0"], **sent}
        page = " ".join(browser.post(address, asked, headers={"HX-Request": "true"}).content.decode().split())
        return page[page.index('id="to"') : page.index('id="effect"')]

    assert people().count('type="radio"') == 50
    assert "50 of 126 practitioners shown" in people() and "Zoë Zaradin" not in people()
    assert names_in_order(people(order="name"), "Alice Abara", "Bashir Blum")[0] == "Alice Abara"
    found = people(find="zoe zar")
    assert "Zoë Zaradin" in found and found.count('type="radio"') == 1
    assert "Nobody here is called that." in people(find="Nobody")
    chosen = people(to=fullest, find="crowd")
    assert chosen.count('type="radio"') == 51 and f'value="{fullest}" data-keep="no" checked' in chosen


def test_an_address_names_no_case(waiting: Trust, browse: Browse, bob: "User") -> None:
    assert CRN not in pick(browse(waiting, bob), CRN)


def test_a_case_is_allocated_with_one_choice_and_one_button_and_undone_with_another(
    waiting: Trust, browse: Browse, bob: "User"
) -> None:
    browser = browse(waiting, bob)
    address = pick(browser, CRN)
    answer = browser.post(address, form(waiting, CRN))
    assert answer.status_code == 302, answer.content.decode()
    page = text_of(browser, answer["Location"])
    assert "1 case is allocated to Chidi Cole. Their capacity goes from 26% to 33%." in page
    with trust_scope(waiting):
        assert holder() == BELOW.om_key
    assert "Undo" in page
    assert "Undone: 1 case went back." in text_of(browser, browser.post(f"{answer['Location']}/undo")["Location"])
    with trust_scope(waiting):
        assert holder() == WAITING.om_key


def test_the_effect_is_shown_while_one_chooses_and_nothing_is_written(
    waiting: Trust, browse: Browse, bob: "User"
) -> None:
    browser = browse(waiting, bob)
    address = pick(browser, CRN, "X000002")
    sent = form(waiting, CRN)
    part = browser.post(address, sent, headers={"HX-Request": "true"}).content.decode()
    assert part.strip().startswith('<div id="board">')
    assert "1 case, 146 points" in part
    assert "Chidi Cole, gets" in part
    with trust_scope(waiting):
        assert not Allocation.objects.exists()


def test_taking_a_case_from_somebody_wants_a_reason_and_shows_both_bars(
    waiting: Trust, browse: Browse, bob: "User"
) -> None:
    browser = browse(waiting, bob)
    address = pick(browser, ALICES)
    without = browser.post(address, form(waiting, ALICES, held_by=ALICE, notes="Knows the family"))
    page = without.content.decode()
    assert without.status_code == 200
    assert "<title>Error: " in " ".join(page.split())
    assert "Choose why the case moves." in page
    assert "Knows the family" in page
    assert "Alice Abara, gives" in page and "Chidi Cole, gets" in page
    sent = form(waiting, ALICES, held_by=ALICE, notes="Knows the family", reason="Workload")
    assert browser.post(address, sent).status_code == 302
    with trust_scope(waiting):
        assert holder(ALICES) == BELOW.om_key
        assert Allocation.objects.get().notes == "Knows the family"


def test_nobody_is_given_a_case_outside_the_managers_reach(waiting: Trust, browse: Browse, bob: "User") -> None:
    browser = browse(waiting, bob)
    answer = browser.post(pick(browser, CRN), form(waiting, CRN, to=ELSEWHERE, among="team:N07T02"))
    assert "Choose who gets the case." in answer.content.decode()
    with trust_scope(waiting):
        assert holder() == WAITING.om_key


def test_whoever_comes_second_is_told_who_has_it_and_goes_on_with_the_rest(
    waiting: Trust, browse: Browse, bob: "User"
) -> None:
    browser = browse(waiting, bob)
    address = pick(browser, CRN, "X000002")
    sent = form(waiting, CRN, "X000002", notes="For both")
    with trust_scope(waiting):
        allocate(moves=[Move(CRN, place(WAITING), place(WITHIN))])
    second = browser.post(address, sent)
    page = " ".join(second.content.decode().split())
    assert second.status_code == 409
    assert f"Case {CRN} was moved by somebody else while you chose." in page
    assert "it is with Bashir Blum" in page
    assert "For both" in page
    assert f'value="{sent["to"]}" data-keep="no" checked' in page
    rest = browser.post(address, sent | {"case": sent["case"][1:]})
    assert rest.status_code == 302
    with trust_scope(waiting):
        assert (holder(), holder("X000002")) == (WITHIN.om_key, BELOW.om_key)


def test_whoever_saw_the_page_follow_the_move_is_told_all_the_same(waiting: Trust, browse: Browse, bob: "User") -> None:
    browser = browse(waiting, bob)
    address = pick(browser, CRN)
    sent = form(waiting, CRN)
    with trust_scope(waiting):
        allocate(moves=[Move(CRN, place(WAITING), place(WITHIN))])
    shown = f'<input type="hidden" name="case" value="{sent["case"][0]}">'
    followed = browser.post(address, sent, headers={"HX-Request": "true"}).content.decode()
    assert "it is with Bashir Blum" in followed and shown in followed
    told = browser.post(address, sent)
    assert (told.status_code, shown in told.content.decode()) == (409, False)
    again = browser.post(address, {**sent, "case": []}).content.decode()
    assert "See who has it now" in again
    with trust_scope(waiting):
        assert holder() == WITHIN.om_key


def test_a_case_that_left_the_managers_teams_is_told_of_only_to_whom_it_was_taken_from(
    waiting: Trust, browse: Browse, bob: "User"
) -> None:
    browser = browse(waiting, bob)
    address = pick(browser, CRN, "X000002", ELSEWHERES, "X777777")
    with trust_scope(waiting):
        allocate(moves=[Move(CRN, place(WAITING), place(ELSEWHERE))])
    page = text_of(browser, address)
    assert "gave it to Farah Finch, Team of N07T02." in page
    assert page.count("Farah Finch") == 1
    for out_of_reach_or_unknown in (ELSEWHERES, "X777777"):
        assert f"<strong>{out_of_reach_or_unknown}</strong> It isn’t in your teams any more." in page


def test_the_practitioner_and_the_managers_are_told_but_not_oneself(
    waiting: Trust, browse: Browse, bob: "User", make_user: Callable[..., "User"]
) -> None:
    chidi = make_user(waiting, "chidi@example.org", ("practitioner", "own", ""), staff_key=BELOW.om_key)
    other = make_user(waiting, "other@example.org", ("team_manager", "team", "N07T01"))
    above = make_user(waiting, "above@example.org", ("head_of_service", "trust", ""))
    browser = browse(waiting, bob)
    browser.post(pick(browser, CRN), form(waiting, CRN, notes="Call her soon"))
    with trust_scope(waiting):
        told = {notice.user_id: notice for notice in Notice.objects.all()}
    assert set(told) == {chidi.pk, other.pk}
    assert told[chidi.pk].title == "1 case was allocated to you"
    assert CRN in told[chidi.pk].text and "Call her soon" in told[chidi.pk].text
    assert told[other.pk].title == "1 case moved in your teams by Bob"
    assert above.pk not in told


def test_undoing_wants_both_ends_within_reach(
    waiting: Trust, browse: Browse, bob: "User", charlie: "User", head: "User"
) -> None:
    with trust_scope(waiting):
        batch = allocate(moves=[Move(CRN, place(WAITING), place(ELSEWHERE))])
    address = f"/workload/allocation/moved/{batch}"
    for user in (bob, charlie):
        assert "Undo" not in text_of(browse(waiting, user), address)
        assert browse(waiting, user).post(f"{address}/undo").status_code == 404
    assert browse(waiting, head).post(f"{address}/undo").status_code == 302


@pytest.mark.parametrize("page", ["list", "choose", "moved"])
def test_a_page_sends_the_same_few_statements_however_many_rows_it_shows(
    alpha: Trust, browse: Browse, head: "User", count_queries: CountQueries, page: str
) -> None:
    counts = []
    for size in (3, 40):
        crowd = tuple(Person(f"N07C{n:03}", f"Forename{n} Surname", cases=n) for n in range(size))
        with trust_scope(alpha):
            load((*TEAM, *crowd), waiting=9 if size == 3 else 60)
            batch = allocate(moves=[Move(CRN, place(WAITING), place(WITHIN))])
        browser = browse(alpha, head)
        addresses = {
            "list": LIST,
            "choose": pick(browser, ALICES, *(f"X{n:06}" for n in range(2, size))),
            "moved": f"/workload/allocation/moved/{batch}",
        }
        browser.get(addresses[page])
        with count_queries() as counted:
            text_of(browser, addresses[page])
        counts.append(len([text for text in counted.texts if "SAVEPOINT" not in text]))
    assert counts[0] == counts[1], "\n".join(counted.texts)
    assert counts[1] + 1 <= 12, "\n".join(counted.texts)
