"""Pages of history: what they show, to whom, with how many statements, and as which files."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final
from zipfile import ZipFile

import pytest
from django.test import Client
from django.utils import timezone

from londonnet.apps.workload.tests import extracts
from londonnet.apps.workload.tests.reading import text_of
from londonnet.platform.audit.models import TrailEntry
from londonnet.platform.trusts import Trust, trust_scope

from .histories import weeks_kept

if TYPE_CHECKING:
    from londonnet.platform.access.models import User

Browse = Callable[..., Client]
MakeUser = Callable[..., "User"]

OF_PLACES: Final = (
    "/workload/trust/history",
    "/workload/region/N07R1/history",
    "/workload/pdu/N07P1/history",
    "/workload/team/N07T01/history",
    "/workload/team/N07T02/history",
    "/workload/excessive?within=trust",
    "/workload/excessive?within=pdu:N07P1",
    "/workload/excessive?within=team:N07T01",
)
ALICES: Final = "/workload/practitioner/N07A001/N07T01/history"
EVERY: Final = (*OF_PLACES, ALICES)
OF_BOB: Final = {
    "/workload/team/N07T01/history",
    "/workload/excessive?within=team:N07T01",
    ALICES,
}
REACHED: Final = {
    "alice": {ALICES},
    "bob": OF_BOB,
    "charlie": {"/workload/team/N07T02/history"},
    "head": set(EVERY),
    "administrator": set(),
}


@pytest.mark.parametrize("who", REACHED)
def test_each_sees_the_history_of_what_their_role_reaches_and_nothing_else(
    kept: Trust, browse: Browse, request: pytest.FixtureRequest, who: str
) -> None:
    browser = browse(kept, request.getfixturevalue(who))
    answers = {url: browser.get(url).status_code for url in EVERY}
    assert answers == {url: 200 if url in REACHED[who] else 404 for url in EVERY}


def test_another_trust_has_no_such_history(kept: Trust, beta: Trust, browse: Browse, dana: "User") -> None:
    assert browse(beta, dana).get("/workload/team/N07T01/history").status_code == 404


@pytest.mark.parametrize(
    "url",
    [
        "/workload/team/N07T77/history",
        "/workload/practitioner/N07A001/N07T02/history",
        "/workload/excessive?within=moon:N07T01",
        "/workload/excessive?within=trust:alpha",
    ],
)
def test_what_does_not_exist_has_no_history(kept: Trust, browse: Browse, head: "User", url: str) -> None:
    assert browse(kept, head).get(url).status_code == 404


@pytest.mark.parametrize(
    "url",
    [
        "/workload/trust/history?by=region&average=week",
        "/workload/pdu/N07P1/history?by=grade",
        "/workload/team/N07T01/history?by=practitioner&average=day",
        "/workload/team/N07T01/history?average=month",
        "/workload/excessive?within=trust",
        "/workload/excessive?within=pdu:N07P1&by=team&threshold=90&weeks=1",
        "/workload/team/N07T01",
        "/workload/trust",
        "/workload/mine",
        ALICES,
    ],
)
def test_a_page_sends_the_same_few_statements_however_much_is_kept(
    alpha: Trust,
    browse: Browse,
    make_user: MakeUser,
    count_queries: Callable[[], AbstractContextManager[Any]],
    url: str,
) -> None:
    user = make_user(
        alpha, "one@example.org", ("head_of_service", "trust", ""), ("practitioner", "own", ""), staff_key="N07A001"
    )
    counts = []
    for days, size in ((29, 2), (40, 12)):
        with trust_scope(alpha):
            others = [extracts.Person(f"N07B{n:03}", f"One Surname{n:03}", cases=30) for n in range(size)]
            weeks_kept(days, (extracts.ALICE, *others))
        browser = browse(alpha, user)
        browser.get(url)
        with count_queries() as statements:
            text_of(browser, url)
        counts.append(statements.count)
    assert counts[0] == counts[1]
    assert counts[1] + 1 <= 12, "\n".join(statements.texts)


def test_a_team_is_taken_apart_by_practitioner_each_with_its_line(kept: Trust, browse: Browse, bob: "User") -> None:
    page = text_of(browse(kept, bob), "/workload/team/N07T01/history?by=practitioner&average=week")
    assert "By practitioner, over the whole range" in page
    assert f'href="{ALICES}"' in page
    assert "Week of " in page
    assert 'class="ln-trend__line"' in page


def test_the_range_the_average_and_the_words_go_together(kept: Trust, browse: Browse, bob: "User") -> None:
    today = timezone.localdate()
    first = today - timedelta(days=2)
    asked = f"?from={first:%d/%m/%Y}&to={today.isoformat()}&average=day"
    page = text_of(browse(kept, bob), f"/workload/team/N07T01/history{asked}")
    assert "on average from " in page
    assert page.count('<th scope="row" class="govuk-table__header ln-table__name ln-table__one-line">') == 2


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("from=31/2/2026", "Enter a date like 1/4/2026."),
        ("from=2026-05-02&to=2026-05-01", "The range must end on the day it begins or later."),
    ],
)
def test_a_range_that_cant_be_is_kept_as_typed_and_told(
    kept: Trust, browse: Browse, bob: "User", asked: str, said: str
) -> None:
    page = text_of(browse(kept, bob), f"/workload/team/N07T01/history?{asked}")
    assert "<title>Error: " in page
    assert page.count(said) == 2
    assert f'value="{asked.split("&")[0].partition("=")[2]}"' in page


@pytest.mark.parametrize(
    ("asked", "said"), [("weeks=x", "weeks from 1 to 104"), ("threshold=110.5", "without decimals")]
)
def test_a_question_that_cant_be_is_told(kept: Trust, browse: Browse, head: "User", asked: str, said: str) -> None:
    page = text_of(browse(kept, head), f"/workload/excessive?within=trust&{asked}")
    assert "<title>Error: " in page
    assert page.count(said) == 2


def test_who_has_been_above_for_four_weeks_is_listed_and_exported(kept: Trust, browse: Browse, head: "User") -> None:
    browser = browse(kept, head)
    page = text_of(browser, "/workload/excessive?within=trust")
    assert "Above 110% for 4 consecutive weeks or longer" in page
    assert "Alice Abara" in page
    assert "Still above" in page
    assert "Bashir Blum" not in page
    assert 'href="/workload/excessive?within=trust&amp;lasting=still">1<' in page
    assert "Nobody" not in text_of(browser, "/workload/excessive?within=trust&lasting=still")
    assert "Alice Abara" not in text_of(browser, "/workload/excessive?within=trust&lasting=over")
    answer = browser.get("/workload/excessive?within=trust&format=csv")
    exported = b"".join(answer.streaming_content).decode()  # type: ignore[attr-defined]  # it streams
    assert "OFFICIAL-SENSITIVE" in answer.headers["Content-Disposition"]
    assert "Alice Abara,N07A001,Team of N07T01,Still above,5," in exported
    with trust_scope(kept):
        assert TrailEntry.objects.filter(kind__contains="export").count() == 1


def test_history_is_exported_with_its_whole_range(kept: Trust, browse: Browse, bob: "User") -> None:
    answer = browse(kept, bob).get("/workload/team/N07T01/history?by=practitioner&average=day&format=csv")
    exported = b"".join(answer.streaming_content).decode()  # type: ignore[attr-defined]  # it streams
    assert exported.count("Alice Abara,N07A001,") == 40


@pytest.mark.parametrize("url", ["/workload/trust/history?", "/workload/excessive?within=trust&"])
def test_a_workbook_of_past_days_says_as_at_when_and_with_which_weights(
    kept: Trust, browse: Browse, head: "User", url: str
) -> None:
    answer = browse(kept, head).get(f"{url}format=xlsx")
    with ZipFile(BytesIO(b"".join(answer.streaming_content))) as made:  # type: ignore[attr-defined]  # it streams
        assert b"weights version 1" in made.read("xl/worksheets/sheet1.xml")


def test_before_anything_is_kept_the_page_says_so(alpha: Trust, browse: Browse, head: "User") -> None:
    assert "No figures are kept for these days." in text_of(browse(alpha, head), "/workload/trust/history")
    assert "Nobody was above it for that long" in text_of(browse(alpha, head), "/workload/excessive?within=trust")


def test_the_overview_counts_who_has_been_above_for_four_weeks(kept: Trust, browse: Browse, head: "User") -> None:
    browser = browse(kept, head)
    for page, within in (("/workload/trust", "trust"), ("/workload/team/N07T01", "team:N07T01")):
        shown = text_of(browser, page)
        still = f"/workload/excessive?within={within}&amp;lasting=still"
        assert f'href="{still}">1 practitioner above 110% for four weeks or more' in shown
    assert "0 practitioners above 110% for four weeks" in text_of(browser, "/workload/team/N07T02")
    assert 'href="/workload/excessive?within=trust"' in text_of(browser, "/")


def test_a_team_has_a_small_line_for_everybody_and_so_has_ones_own_page(
    kept: Trust, browse: Browse, bob: "User", alice: "User"
) -> None:
    assert text_of(browse(kept, bob), "/workload/team/N07T01").count('class="ln-trend__line"') == 3
    assert f'hx-get="{ALICES}?fragment=trend"' in text_of(browse(kept, alice), "/workload/mine")
    assert 'class="ln-trend__line"' in text_of(browse(kept, alice), f"{ALICES}?fragment=trend")
    other = "/workload/practitioner/N07A002/N07T01/history?fragment=trend"
    assert browse(kept, alice).get(other).status_code == 404
