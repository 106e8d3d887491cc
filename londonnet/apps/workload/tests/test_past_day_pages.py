"""Pages of a past day: what each shows again and to whom, and that its links stay in it."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final

import pytest
from django.test import Client
from django.utils import timezone

from londonnet.apps.workload.models import KeptDay
from londonnet.apps.workload.selectors.excess import lately
from londonnet.apps.workload.tests import extracts
from londonnet.apps.workload.tests.reading import text_of
from londonnet.platform.trusts import Trust, trust_scope

if TYPE_CHECKING:
    from londonnet.platform.access.models import User

Browse = Callable[..., Client]

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
    assert f"within=team:N07T01&amp;from={lately(day).first.isoformat()}&amp;to={day.isoformat()}" in shown


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
