"""What is kept for a page that doesn't read."""

import asyncio

from hypothesis import given
from hypothesis import strategies as st

from londonnet.platform.live.pages import Page

TOPICS = [f"jobs:job:{n}" for n in range(5)]


@given(st.lists(st.sampled_from(TOPICS), max_size=200))
def test_however_often_something_changes_each_topic_is_told_once(changes: list[str]) -> None:
    page = Page(TOPICS, ())
    for topic in changes:
        page.touch(topic)
    assert page.take() == sorted(set(changes))
    assert page.take() == []


def test_a_topic_that_may_no_longer_be_followed_isnt_told_even_if_it_had_changed() -> None:
    page = Page(TOPICS, ())
    page.touch_all()
    page.narrow(frozenset(TOPICS[:2]))
    assert page.take() == TOPICS[:2]
    assert page.ears == frozenset(TOPICS[:2])


def test_what_asks_for_another_look_at_the_session_isnt_told_to_the_page() -> None:
    page = Page(TOPICS, ("live:user:1",))
    page.touch("live:user:1")
    assert page.must_check
    assert page.take() == []


def test_a_change_wakes_a_page_that_waits_and_a_quiet_time_ends() -> None:
    async def wait() -> None:
        page = Page(TOPICS, ())
        page.touch(TOPICS[0])
        await page.woken(within=3600)
        await page.woken(within=0)
        page.set()
        await page.woken(within=3600)
        assert page.is_ending

    asyncio.run(wait())
