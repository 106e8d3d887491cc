"""Practitioners see what looks wrong in the record and say which line is wrong; managers answer."""

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from django.test import Client

from londonnet.apps.caseload.models import Case, Location
from londonnet.apps.workload.models import MistakeReport
from londonnet.apps.workload.record_checks import RecordCounts, record_checks
from londonnet.apps.workload.services import recompute
from londonnet.apps.workload.support import SupportContact
from londonnet.platform.audit.models import TrailEntry
from londonnet.platform.notices.models import Notice
from londonnet.platform.trusts import Trust, trust_scope

from . import building
from .building import ALICE, DATESTAMP, DAY, Entry, key
from .reading import text_of

if TYPE_CHECKING:
    from londonnet.platform.access.models import User

Browse = Callable[..., Client]

BEN = key("N07A002", "N07T01")
LINE = "/workload/mine/mistake?team=N07T01&line=cases-community-b2"


@pytest.fixture
def staffed(alpha: Trust) -> Trust:
    """Alice with cases, one of them without a tier and one overdue, and a contact of an unknown code."""
    with trust_scope(alpha):
        cases = {("community", 6): 3, ("community", 0): 1}
        contact = SupportContact(DATESTAMP, "ODD1", done_by=ALICE, managed_by=BEN)
        snapshot = building.extract({ALICE: Entry(cases=cases), BEN: Entry()}, [contact])
        for number, others in enumerate(({"tier": 0}, {"tier": 6, "is_overdue_termination": True})):
            Case.objects.create(
                snapshot=snapshot,
                crn=f"X{number:06}",
                place=building.place(ALICE),
                location=Location.COMMUNITY,
                **others,
            )
        building.team("N07T02")
        recompute(reason="A test", day=DAY)
    return alpha


def report_of(staffed: Trust, browse: Browse, alice: "User") -> int:
    """The number of a report that Alice makes."""
    assert browse(staffed, alice).post(LINE, {"words": "One was closed"}).status_code == 302
    with trust_scope(staffed):
        return MistakeReport.objects.get().pk


def test_my_page_says_what_looks_wrong_and_how_it_is_put_right(
    staffed: Trust, browse: Browse, alice: "User", bob: "User"
) -> None:
    page = text_of(browse(staffed, alice), "/workload/mine")
    assert "1 case has no tier." in page
    assert "1 case is flagged as overdue for termination." in page
    assert "1 support contact has a code without points: ODD1." in page
    assert "tier=no+tier" in page
    assert "on warrant." not in page


def test_each_line_of_my_working_leads_to_its_report(staffed: Trust, browse: Browse, alice: "User") -> None:
    assert LINE.replace("&", "&amp;") in text_of(browse(staffed, alice), "/workload/mine")
    assert "Community B2: 3 cases × 115 = 345" in text_of(browse(staffed, alice), LINE)


def test_a_report_reaches_the_manager_with_its_line_and_the_answer_comes_back(
    staffed: Trust, browse: Browse, alice: "User", bob: "User", charlie: "User"
) -> None:
    pk = report_of(staffed, browse, alice)
    with trust_scope(staffed):
        assert list(Notice.objects.values_list("user_id", "kind")) == [(bob.pk, "workload.mistake_reported")]
    manager = browse(staffed, bob)
    assert "Community B2: 3 cases × 115 = 345" in text_of(manager, "/workload/mistakes")
    answer = {"state": "put-right", "words": "Closed this morning"}
    assert manager.post(f"/workload/mistakes/{pk}", answer).status_code == 302
    assert "Closed this morning" in text_of(browse(staffed, alice), "/workload/mine")
    with trust_scope(staffed):
        assert Notice.objects.filter(user_id=alice.pk, kind="workload.mistake_answered").count() == 1
        assert TrailEntry.objects.filter(kind="workload.mistake_answered").count() == 1


def test_the_home_page_leads_those_who_answer_to_the_reports(
    staffed: Trust, browse: Browse, alice: "User", bob: "User", hr: "User"
) -> None:
    report_of(staffed, browse, alice)
    assert "Reports of mistakes (1 waiting)" in text_of(browse(staffed, bob), "/")
    for user in (alice, hr):
        assert "Reports of mistakes" not in text_of(browse(staffed, user), "/")


def test_what_was_typed_stays_when_something_is_wrong(
    staffed: Trust, browse: Browse, alice: "User", bob: "User"
) -> None:
    empty = browse(staffed, alice).post(LINE, {"words": "  "})
    assert (empty.status_code, "Error: " in empty.content.decode()) == (422, True)
    pk = report_of(staffed, browse, alice)
    unchosen = browse(staffed, bob).post(f"/workload/mistakes/{pk}", {"words": "Looked at it"})
    assert (unchosen.status_code, "Looked at it" in unchosen.content.decode()) == (422, True)
    assert 'href="#state"' in unchosen.content.decode()
    wordless = browse(staffed, bob).post(f"/workload/mistakes/{pk}", {"state": "is-right"})
    assert (wordless.status_code, 'id="words-error"' in wordless.content.decode()) == (422, True)


def test_a_report_is_answered_once(staffed: Trust, browse: Browse, alice: "User", bob: "User") -> None:
    pk = report_of(staffed, browse, alice)
    answer = {"state": "is-right", "words": "Counted by hand"}
    assert browse(staffed, bob).post(f"/workload/mistakes/{pk}", answer).status_code == 302
    second = browse(staffed, bob).post(f"/workload/mistakes/{pk}", answer)
    assert (second.status_code, 'href="#"' in second.content.decode()) == (422, False)
    assert "has an answer already" in second.content.decode()


def test_others_neither_read_nor_answer_it(
    staffed: Trust, beta: Trust, browse: Browse, alice: "User", charlie: "User", dana: "User"
) -> None:
    pk = report_of(staffed, browse, alice)
    assert browse(staffed, charlie).get(f"/workload/mistakes/{pk}").status_code == 404
    assert browse(staffed, charlie).post(f"/workload/mistakes/{pk}/take-back").status_code == 404
    assert browse(beta, dana).get(f"/workload/mistakes/{pk}").status_code == 404
    assert browse(staffed, alice).get(f"/workload/mistakes/{pk}").status_code == 404
    assert "Nothing waits" in text_of(browse(staffed, charlie), "/workload/mistakes")


def test_nobody_reports_for_somebody_else(staffed: Trust, browse: Browse, alice: "User", bob: "User") -> None:
    assert browse(staffed, bob).post(LINE, {"words": "Too many"}).status_code == 404
    assert browse(staffed, alice).post(LINE.replace("b2", "a3"), {"words": "Too many"}).status_code == 404


def test_a_line_is_reported_once_until_it_is_answered(staffed: Trust, browse: Browse, alice: "User") -> None:
    pk = report_of(staffed, browse, alice)
    again = browse(staffed, alice).post(LINE, {"words": "Once more"})
    assert again.status_code == 422
    assert "waits for an answer" in again.content.decode()
    browse(staffed, alice).post(f"/workload/mistakes/{pk}/take-back")
    assert browse(staffed, alice).post(LINE, {"words": "Once more"}).status_code == 302


def test_one_takes_ones_own_report_back(staffed: Trust, browse: Browse, alice: "User") -> None:
    pk = report_of(staffed, browse, alice)
    assert browse(staffed, alice).post(f"/workload/mistakes/{pk}/take-back").status_code == 302
    with trust_scope(staffed):
        assert MistakeReport.objects.get().state == "taken-back"


def test_nothing_is_said_where_nothing_looks_wrong() -> None:
    assert record_checks(RecordCounts(0, 0, 0, ())) == ()
    keys = [check.key for check in record_checks(RecordCounts(1, 1, 1, (("X", 2),), is_incomplete=True))]
    assert keys == ["no-tier", "overdue", "warrants", "contact-codes", "quarantine"]
