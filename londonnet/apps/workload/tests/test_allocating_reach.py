"""Who is at one end of what was moved learns of that end, and nothing of people elsewhere."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from django.test import Client

from londonnet.apps.caseload.services import Move
from londonnet.apps.workload.services.allocating import give_cases
from londonnet.apps.workload.tests.extracts import ALICE, BELOW, ELSEWHERE, Person
from londonnet.apps.workload.tests.reading import text_of
from londonnet.apps.workload.tests.waiting import ALICES, CRN, ELSEWHERES, WAITING, WAITING_ELSEWHERE, place
from londonnet.platform.notices.models import Notice
from londonnet.platform.trusts import Trust, trust_scope

if TYPE_CHECKING:
    from londonnet.platform.access.models import User


def move(crn: str, giver: Person, taker: Person) -> Move:
    """A move of a case."""
    return Move(crn, place(giver), place(taker))


def test_a_manager_is_told_of_the_moves_of_their_own_teams(waiting: Trust, bob: "User", charlie: "User") -> None:
    with trust_scope(waiting):
        give_cases(moves=[move(CRN, WAITING, BELOW), move(ELSEWHERES, WAITING_ELSEWHERE, ELSEWHERE)])
        told = {notice.user_id: notice for notice in Notice.objects.filter(kind="workload.cases_moved")}
        assert told[bob.pk].title.startswith("1 case moved")
        assert told[bob.pk].text == "1 case from Unallocated Staff to Chidi Cole."
        assert told[charlie.pk].text == "1 case from Unallocated Staff to Farah Finch."


def test_the_page_of_a_move_shows_the_workload_of_those_within_reach(
    waiting: Trust, browse: Callable[..., Client], bob: "User", charlie: "User"
) -> None:
    with trust_scope(waiting):
        batch = give_cases(moves=[move(ALICES, ALICE, ELSEWHERE)], reason="Workload")
    for reader, within, beyond in ((bob, ALICE, ELSEWHERE), (charlie, ELSEWHERE, ALICE)):
        page = text_of(browse(waiting, reader), f"/workload/allocation/moved/{batch}")
        now = page[page.index("Workload now") :]
        assert within.name in now
        assert beyond.name not in now
