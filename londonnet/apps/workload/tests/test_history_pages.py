"""Pages of history: what they show, to whom, with how many statements, and as which files."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final

import pytest
from django.test import Client
from django.utils import timezone

from londonnet.apps.workload.models import KeptDay
from londonnet.apps.workload.services import keep_day
from londonnet.apps.workload.tests import extracts
from londonnet.apps.workload.tests.reading import text_of
from londonnet.platform.audit.models import TrailEntry
from londonnet.platform.trusts import Trust, trust_scope

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


def weeks_kept(days: int = 40, people: Any = extracts.EVERYBODY) -> date:
    """An extract in force, and its figures kept for so many days before today; today itself isn't kept."""
    extracts.load(people)
    today = timezone.localdate()
    for before in range(days, 0, -1):
        keep_day(day=today - timedelta(days=before))
    return today


@pytest.fixture
def kept(alpha: Trust) -> Trust:
    """Alpha with forty days of the same figures."""
    with trust_scope(alpha):
        weeks_kept()
    return alpha


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


def test_before_anything_is_kept_the_page_says_so(alpha: Trust, browse: Browse, head: "User") -> None:
    assert "No figures are kept for these days." in text_of(browse(alpha, head), "/workload/trust/history")
    assert "Nobody was above it for that long" in text_of(browse(alpha, head), "/workload/excessive?within=trust")


PAST: Final = (
    "/workload/trust",
    "/workload/pdu/N07P1",
    "/workload/team/N07T01",
    "/workload/people?within=trust",
    "/workload/practitioner/N07A001/N07T01",
)


@pytest.fixture
def changed(kept: Trust) -> Trust:
    """Alpha after its cases have changed: Alice has two where she had 27."""
    with trust_scope(kept):
        extracts.load((extracts.Person("N07A001", "Alice Abara", cases=2),))
    return kept


def day_of(page: str, day: date) -> str:
    """The same page as at a day."""
    return f"{page}{'&' if '?' in page else '?'}as_at={day:%d/%m/%Y}"


@pytest.mark.parametrize("page", PAST)
def test_a_page_shows_a_past_day_again_and_says_so(
    changed: Trust,
    browse: Browse,
    head: "User",
    page: str,
    count_queries: Callable[[], AbstractContextManager[Any]],
) -> None:
    day = timezone.localdate() - timedelta(days=10)
    browser = browse(changed, head)
    shown = text_of(browser, day_of(page, day))
    assert f"Figures as they were on {day.day} {day:%B %Y}" in shown
    assert "Back to now" in shown
    assert f">{day.day} {day:%B %Y}</time> from the national extract of" in shown
    assert 'data-live-topics="workload' not in shown.partition('id="figures"')[2]
    with count_queries() as statements:
        text_of(browser, day_of(page, day))
    assert statements.count + 1 <= 12
    assert "Figures as they were on" not in text_of(browser, page)


def test_a_day_from_another_tool_names_no_extract_and_no_weights(kept: Trust, browse: Browse, head: "User") -> None:
    day = timezone.localdate() - timedelta(days=10)
    with trust_scope(kept):
        KeptDay.objects.filter(day=day).update(weight_version=None, datestamp=None)
    browser = browse(kept, head)
    for page in PAST:
        shown = text_of(browser, day_of(page, day))
        assert f">{day.day} {day:%B %Y}</time> from another tool</p>" in shown
        assert "weights version 0" not in shown


def test_links_of_a_past_day_stay_in_it(changed: Trust, browse: Browse, bob: "User") -> None:
    day = timezone.localdate() - timedelta(days=10)
    shown = text_of(browse(changed, bob), day_of("/workload/team/N07T01", day))
    assert f'href="/workload/practitioner/N07A001/N07T01?as_at={day.isoformat()}"' in shown
    assert "Bashir Blum" in shown


def test_of_a_past_day_a_working_has_its_sums_only(changed: Trust, browse: Browse, bob: "User") -> None:
    day = timezone.localdate() - timedelta(days=10)
    shown = text_of(browse(changed, bob), day_of("/workload/practitioner/N07A001/N07T01", day))
    assert "3,105" in shown
    assert "The working line by line isn’t kept" in shown
    assert "Pregnancy" not in shown


@pytest.mark.parametrize(
    ("asked", "said"), [("31/2/2026", "Enter a date like 1/4/2026."), ("1/1/2020", "No figures are kept for 1 January")]
)
def test_a_day_that_cant_be_shown_is_told_and_now_is_shown(
    changed: Trust, browse: Browse, bob: "User", asked: str, said: str
) -> None:
    shown = text_of(browse(changed, bob), f"/workload/team/N07T01?as_at={asked}")
    assert "<title>Error: " in shown
    assert shown.count(said) == 2
    assert f'value="{asked}"' in shown


@pytest.mark.parametrize("as_at", [False, True])
def test_a_working_and_the_grades_leave_as_files_now_and_of_a_past_day(
    changed: Trust, browse: Browse, bob: "User", as_at: bool
) -> None:
    day = timezone.localdate() - timedelta(days=10)
    asked = f"&as_at={day.isoformat()}" if as_at else ""
    for page, heading, held in (
        ("practitioner/N07A001/N07T01?format=csv", "Part,What counts,Working,Points", "Total points"),
        (
            "team/N07T01?by=grade&columns=name,cases&format=csv",
            "Grade,Cases",
            f"Probation officer,{55 if as_at else 2}",
        ),
    ):
        answer = browse(changed, bob).get(f"/workload/{page}{asked}")
        text = b"".join(answer.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
        assert heading in text
        assert held in text
        if "practitioner" in page:
            assert ("3105" in text.replace(",", "")) == as_at


def test_a_past_day_has_the_same_wall(changed: Trust, browse: Browse, charlie: "User") -> None:
    day = timezone.localdate() - timedelta(days=10)
    for page in ("/workload/team/N07T01", "/workload/practitioner/N07A001/N07T01", "/workload/trust"):
        assert browse(changed, charlie).get(day_of(page, day)).status_code == 404


def test_the_overview_counts_who_has_been_above_for_four_weeks(kept: Trust, browse: Browse, head: "User") -> None:
    browser = browse(kept, head)
    for page, within in (("/workload/trust", "trust"), ("/workload/team/N07T01", "team:N07T01")):
        shown = text_of(browser, page)
        assert f'href="/workload/excessive?within={within}">1 practitioner above 110% for four weeks or more' in shown
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
