"""The bell, the list, the choices and the tile, as their owner and as others see them."""

import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest
from django.test import Client

from londonnet.platform.access.models import User
from londonnet.platform.audit.models import TrailEntry
from londonnet.platform.notices import selectors
from londonnet.platform.notices.models import Delivery, Notice, NoticeChoice
from londonnet.platform.notices.services import notify
from londonnet.platform.trusts import Trust, trust_scope

from .newsroom import CASE, NEWS

pytestmark = pytest.mark.usefixtures("newsroom")
Browse = Callable[..., Client]
CountQueries = Callable[[], AbstractContextManager[Any]]


def tell(trust: Trust, *users: User, times: int = 1, **said: str) -> int:
    """Tell users something; answers the number of the first one's newest notice."""
    with trust_scope(trust):
        for n in range(times):
            notify(kind=NEWS.name, users=[user.pk for user in users], title=f"News {n}", **said)
        return Notice.objects.filter(user=users[0]).latest("pk").pk


def text_of(browser: Client, address: str) -> str:
    answer = browser.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def test_the_bell_on_a_page_counts_what_is_unread_and_follows_for_its_owner(
    alpha: Trust, alice: User, bob: User, browse: Browse
) -> None:
    tell(alpha, alice, times=2)
    page = text_of(browse(alpha, alice), "/help")
    assert "Notices: 2 unread" in page
    assert f'data-live-topics="notices:user:{alice.pk}" data-live-refresh="/notices/bell"' in page
    assert "Notices: none unread" in text_of(browse(alpha, bob), "/help")
    assert 'id="bell"' not in text_of(browse(alpha), "/help")


def test_the_bell_alone_is_what_it_is_on_a_page(alpha: Trust, alice: User, browse: Browse) -> None:
    tell(alpha, alice, times=120)
    browser = browse(alpha, alice)
    bell = text_of(browser, "/notices/bell").strip()
    assert "99+ unread" in bell
    assert "<html" not in bell
    assert bell in text_of(browser, "/help")


def test_the_bell_adds_one_statement_to_a_page(
    alpha: Trust, alice: User, browse: Browse, count_queries: CountQueries
) -> None:
    browser = browse(alpha, alice)
    for times in (1, 60):
        tell(alpha, alice, times=times)
        with count_queries() as counted:
            text_of(browser, "/account")
        assert len([text for text in counted.texts if "notices_notice" in text]) == 1


def test_the_list_shows_fifty_the_newest_first_with_as_many_statements_as_one(
    alpha: Trust, alice: User, browse: Browse, count_queries: CountQueries
) -> None:
    browser = browse(alpha, alice)
    tell(alpha, alice)
    with count_queries() as few:
        text_of(browser, "/notices")
    tell(alpha, alice, times=60)
    with count_queries() as many:
        page = text_of(browser, "/notices")
    assert many.count == few.count <= 12
    titles = re.findall(r'href="/notices/\d+">(News \d+)<', page)
    assert titles == [f"News {n}" for n in range(59, 9, -1)]
    assert text_of(browser, "/notices?page=2").count('<li class="ln-notice ') == 11


def test_opening_one_marks_it_read_and_leads_to_its_page(alpha: Trust, alice: User, browse: Browse) -> None:
    pk = tell(alpha, alice, url="/help")
    browser = browse(alpha, alice)
    assert browser.head(f"/notices/{pk}").headers["Location"] == "/help"
    assert "1 unread" in text_of(browser, "/notices/bell")
    assert browser.get(f"/notices/{pk}").headers["Location"] == "/help"
    assert "none unread" in text_of(browser, "/notices/bell")
    page = text_of(browser, "/notices")
    assert "News 0" in page
    assert "Unread" not in page


def test_one_without_a_page_leads_back_to_the_list(alpha: Trust, alice: User, browse: Browse) -> None:
    pk = tell(alpha, alice)
    assert browse(alpha, alice).get(f"/notices/{pk}").headers["Location"] == f"/notices#notice-{pk}"


def test_somebody_elses_notice_is_a_page_not_found(
    alpha: Trust, beta: Trust, alice: User, bob: User, administrator: User, dana: User, browse: Browse
) -> None:
    pk = tell(alpha, alice, url="/help")
    for trust, user in ((alpha, bob), (alpha, administrator), (beta, dana)):
        assert browse(trust, user).get(f"/notices/{pk}").status_code == 404
        assert "News 0" not in text_of(browse(trust, user), "/notices")
    with trust_scope(alpha):
        assert selectors.unread_count(alice) == 1


def test_all_are_marked_as_read_by_their_owner_alone(alpha: Trust, alice: User, bob: User, browse: Browse) -> None:
    tell(alpha, alice, bob, times=3)
    assert browse(alpha, alice).get("/notices/read").status_code == 405
    assert browse(alpha, alice).post("/notices/read").headers["Location"] == "/notices"
    with trust_scope(alpha):
        assert (selectors.unread_count(alice), selectors.unread_count(bob)) == (0, 3)


def test_markup_in_a_notice_is_shown_as_text(alpha: Trust, alice: User, browse: Browse) -> None:
    with trust_scope(alpha):
        notify(kind=NEWS.name, users=[alice.pk], title="<script>1</script>", text="<b>bold</b>")
    for address in ("/notices", "/"):
        assert "<script>1" not in text_of(browse(alpha, alice), address)
    assert "&lt;b&gt;bold" in text_of(browse(alpha, alice), "/notices")


def test_the_home_page_shows_the_five_newest_while_any_are_unread(alpha: Trust, alice: User, browse: Browse) -> None:
    browser = browse(alpha, alice)
    assert "What is new" not in text_of(browser, "/")
    tell(alpha, alice, times=7)
    page = text_of(browser, "/")
    assert "What is new" in page
    assert re.findall(r">(News \d)<", page) == ["News 6", "News 5", "News 4", "News 3", "News 2"]
    assert text_of(browser, "/notices/newest").strip() in page
    browser.post("/notices/read")
    assert "You have read everything" in text_of(browser, "/notices/newest")


def test_the_choices_are_of_the_kinds_that_one_may_have(alpha: Trust, alice: User, bob: User, browse: Browse) -> None:
    for user, sees_cases in ((alice, False), (bob, True)):
        page = text_of(browse(alpha, user), "/notices/settings")
        assert NEWS.label in page
        assert NEWS.explanation in page
        assert (CASE.label in page) is sees_cases
    names = re.findall(r'name="jobs\.finished" type="radio" value="(\w+)"', page)
    assert names == ["product", "off"]


def test_choices_are_kept_and_shown_again(alpha: Trust, alice: User, browse: Browse) -> None:
    browser = browse(alpha, alice)
    with trust_scope(alpha):
        as_shown = {choice.kind.name: choice.delivery.value for choice in selectors.kind_choices(alice)}
    given = {**as_shown, NEWS.name: "daily", "jobs.finished": "off", CASE.name: "email"}
    assert browser.post("/notices/settings", given).headers["Location"] == "/notices/settings"
    page = text_of(browser, "/notices/settings")
    assert "Your choices are saved" in page
    assert re.search(rf'name="{NEWS.name}" type="radio" value="daily" checked', page)
    with trust_scope(alpha):
        chosen = dict(NoticeChoice.objects.filter(user=alice).values_list("kind", "delivery"))
        assert chosen == {NEWS.name: Delivery.DAILY, "jobs.finished": Delivery.OFF}
        assert TrailEntry.objects.get(kind="notices.choices_saved").actor_id == alice.pk


def test_a_choice_that_isnt_offered_is_said_and_nothing_is_kept(alpha: Trust, alice: User, browse: Browse) -> None:
    answer = browse(alpha, alice).post("/notices/settings", {NEWS.name: "daily", "jobs.finished": "email"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "<title>\n  Error: " in page or "<title>Error: " in page
    assert "There is a problem" in page
    assert re.search(rf'name="{NEWS.name}" type="radio" value="daily" checked', page)
    with trust_scope(alpha):
        assert not NoticeChoice.objects.exists()
