"""The pages of a place: caseload, case progress, court reports and custody, and the lists behind their numbers."""

import csv
import io
import re
from collections.abc import Callable
from html import unescape
from typing import TYPE_CHECKING

import pytest
from django.test import Client

from londonnet.apps.caseload.models import Case, CaseCount, CurrentSnapshot, Location, RosterEntry, Sheet, T2aEvent
from londonnet.apps.organisation.models import PractitionerInTeam
from londonnet.apps.workload.tests import extracts
from londonnet.apps.workload.tests.reading import Structure, text_of
from londonnet.platform.trusts import Trust, trust_scope

if TYPE_CHECKING:
    from londonnet.platform.access.models import User

Browse = Callable[..., Client]

PLACES = ("trust", "region/N07R1", "pdu/N07P1", "team/N07T01", "practitioner/N07A001/N07T01")
PAGES = ("caseload", "progress", "reports", "omic")
_LINK = re.compile(r'<a [^>]*href="(/cases\?[^"]*)"[^>]*>\s*([\d,]+)\s*</a>')
_TOTAL = re.compile(r"<b>([\d,]+)</b> cases?\b")


@pytest.fixture
def loaded(alpha: Trust) -> Trust:
    """Alpha with an extract whose counts are those of its list of cases."""
    with trust_scope(alpha):
        extracts.load()
        snapshot = CurrentSnapshot.objects.get().snapshot
        CaseCount.objects.all().delete()
        places = list(PractitionerInTeam.objects.order_by("pk"))
        for number in range(120):
            place, tier, location = places[number % len(places)], number % 33, Location(number % 3 + 1)
            inactive = number % 11 == 0
            of_theirs = {"snapshot": snapshot, "place": place, "tier": tier, "location": location}
            Case.objects.create(
                **of_theirs,
                crn=f"X{number:03}",
                is_warrant=inactive,
                is_priority=number % 5 == 0,
                is_suspended=tier > 16,
            )
            sheets = [Sheet.ALL, *([] if inactive else [Sheet.FILTERED])]
            for sheet in (*sheets, *([Sheet.T2A] if number % 7 == 0 and not inactive else [])):
                count, _ = CaseCount.objects.get_or_create(**of_theirs, sheet=sheet, defaults={"count": 1})
                CaseCount.objects.filter(pk=count.pk).update(count=count.count if _ else count.count + 1)
            if number % 7 == 0:
                T2aEvent.objects.create(snapshot=snapshot, crn=f"X{number:03}", event_no="1")
        RosterEntry.objects.update(sdr_last_30=2, oral_reports=1)
        CaseCount.objects.create(
            snapshot=snapshot, sheet=Sheet.OMIC, place=places[0], location=Location.CUSTODY, tier=2, count=5
        )
    return alpha


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("place", PLACES)
def test_every_page_stands_at_every_level_with_its_tabs_moment_and_weights(
    loaded: Trust, browse: Browse, head: "User", place: str, page: str
) -> None:
    text = text_of(browse(loaded, head), f"/workload/{place}/{page}")
    assert f'href="/workload/{place}/{page}" aria-current="page"' in text
    assert "As at <time" in text
    assert "weights version 1" in text
    assert "What these numbers mean" in text
    built = Structure(text)
    assert built.levels.count(1) == 1
    assert not built.unscoped
    assert len(built.ids) == len(set(built.ids))


@pytest.mark.parametrize(
    "page",
    [
        "practitioner/N07A001/N07T01",
        "practitioner/N07A001/N07T01/caseload",
        "trust/progress",
        "team/N07T01/progress",
        "trust/caseload?by=grade",
        "pdu/N07P1/caseload?by=practitioner",
        "team/N07T01/caseload?sheet=all",
        "team/N07T01/caseload?location=custody",
    ],
)
def test_a_number_opens_to_a_list_of_just_so_many_cases(loaded: Trust, browse: Browse, head: "User", page: str) -> None:
    assert_as_many(browse(loaded, head), page)


@pytest.mark.parametrize("page", ["trust/caseload?by=team", "pdu/N07P1/caseload?by=grade&sheet=all"])
def test_cases_that_are_only_offender_management_in_custody_are_neither_counted_nor_listed(
    loaded: Trust, browse: Browse, head: "User", page: str
) -> None:
    browser = browse(loaded, head)
    everything = assert_as_many(browser, page)
    with trust_scope(loaded):
        RosterEntry.objects.filter(place__practitioner__om_key="N07A001").update(only_omic=True)
        CaseCount.objects.filter(place__practitioner__om_key="N07A001").delete()
    assert 0 < assert_as_many(browser, page) < everything


def assert_as_many(browser: Client, page: str) -> int:
    """Each number of a page is that of the list it opens to; answers what they come to."""
    links = dict(_LINK.findall(text_of(browser, f"/workload/{page}")))
    assert len(links) >= 4
    for address, number in links.items():
        found = _TOTAL.search(text_of(browser, unescape(address)))
        assert found is not None, address
        assert found.group(1) == number, address
    return sum(int(number.replace(",", "")) for number in links.values())


def test_an_export_holds_every_row_of_what_is_shown(loaded: Trust, browse: Browse, head: "User") -> None:
    answer = browse(loaded, head).get(
        "/workload/trust/caseload?by=practitioner&columns=name,grade,cases,b2,untiered&sort=-cases&format=csv"
    )
    text = b"".join(answer.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    headings, *rows = csv.reader(io.StringIO(text))
    assert headings == ["Name", "Code", "Grade", "Cases", "No tier", "B2"]
    assert len(rows) == len(extracts.EVERYBODY)
    assert sum(int(row[3]) for row in rows) == 109
    assert [int(row[3]) for row in rows] == sorted((int(row[3]) for row in rows), reverse=True)


def test_a_page_without_custody_cases_offers_no_tab_for_them(loaded: Trust, browse: Browse, head: "User") -> None:
    browser = browse(loaded, head)
    with trust_scope(loaded):
        CaseCount.objects.filter(sheet=Sheet.OMIC).delete()
    assert "OMiC" not in text_of(browser, "/workload/team/N07T01")


@pytest.mark.parametrize("page", PAGES)
def test_what_is_out_of_reach_isnt_there(
    loaded: Trust, browse: Browse, bob: "User", charlie: "User", page: str
) -> None:
    assert browse(loaded, bob).get(f"/workload/team/N07T01/{page}").status_code == 200
    assert browse(loaded, charlie).get(f"/workload/team/N07T01/{page}").status_code == 404
    assert browse(loaded, bob).get(f"/workload/trust/{page}").status_code == 404
    for nobodys in ("practitioner/N07A001/N07T02", "practitioner/N07Z999/N07T01", "practitioner/N07A006/N07T02"):
        assert browse(loaded, bob).get(f"/workload/{nobodys}/{page}").status_code == 404


def test_of_somebody_in_two_teams_each_has_its_own_numbers(alpha: Trust, browse: Browse, head: "User") -> None:
    with trust_scope(alpha):
        extracts.load((extracts.ALICE, extracts.ALICE_ELSEWHERE, extracts.WITHIN))
    for team, cases in (("N07T01", extracts.ALICE.cases), ("N07T02", extracts.ALICE_ELSEWHERE.cases)):
        address = f"/workload/practitioner/N07A001/{team}/caseload?columns=name,cases&format=csv"
        answer = browse(alpha, head).get(address)
        text = b"".join(answer.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
        assert list(csv.reader(io.StringIO(text)))[1:] == [["Alice Abara", "N07A001", str(cases)]]


@pytest.mark.parametrize(
    "page",
    [
        *(f"team/N07T01/{page}" for page in (*PAGES, "history")),
        "reductions?within=team:N07T01",
        "excessive?within=team:N07T01",
    ],
)
def test_a_page_that_keeps_no_past_days_says_so(loaded: Trust, browse: Browse, bob: "User", page: str) -> None:
    said = "This page can’t go back to a past day"
    browser = browse(loaded, bob)
    asked = f"/workload/{page}{'&' if '?' in page else '?'}as_at=20/11/2026"
    assert said in text_of(browser, asked)
    assert said in text_of(browser, "/cases?team=N07T01&as_at=20/11/2026")
    assert said not in text_of(browser, f"/workload/{page}")


def test_whoever_may_not_see_cases_gets_numbers_without_lists(
    loaded: Trust, browse: Browse, make_user: Callable[..., "User"]
) -> None:
    hr = make_user(loaded, "hr@example.org", ("hr", "trust", ""))
    assert "/cases?" not in text_of(browse(loaded, hr), "/workload/trust/progress")


def test_all_cases_are_those_within_reach(loaded: Trust, browse: Browse, head: "User", bob: "User") -> None:
    assert "<b>120</b> cases" in text_of(browse(loaded, head), "/cases?trust=all").replace(",", "")
    with trust_scope(loaded):
        own = Case.objects.filter(place__team__code="N07T01").count()
    assert f"<b>{own}</b> cases" in text_of(browse(loaded, bob), "/cases?trust=all")


def test_the_live_part_is_the_same_as_in_the_page(loaded: Trust, browse: Browse, head: "User") -> None:
    browser = browse(loaded, head)
    for page in PAGES:
        part = text_of(browser, f"/workload/trust/{page}?fragment=figures")
        assert part.strip().startswith('<div id="figures" data-live-topics="workload:trust:')
        assert "<h1" not in part


def test_reports_of_a_place_open_to_who_has_most_of_them(loaded: Trust, browse: Browse, head: "User") -> None:
    browser = browse(loaded, head)
    page = text_of(browser, "/workload/trust/reports")
    links = re.findall(r'href="(/workload/region/[^"]+\?by=practitioner&amp;sort=-sdr)"', page)
    assert links
    assert "Standard delivery reports" in text_of(browser, unescape(links[0]))
