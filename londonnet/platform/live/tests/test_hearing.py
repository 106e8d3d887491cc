"""Who hears what: on real connections, from real notifications."""

import contextlib
import urllib.request
from collections.abc import Callable

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.db import transaction
from django.test import Client

from londonnet.platform.access.models import User
from londonnet.platform.audit import wake
from londonnet.platform.jobs import Job, enqueue
from londonnet.platform.jobs.tests import sample_jobs
from londonnet.platform.live.tests.listening import OpenPage, change, hostname, session_of
from londonnet.platform.trusts import Trust, testkit, trust_scope
from londonnet.platform.trusts.cluster import admin_connection

Browse = Callable[..., Client]
MakeUser = Callable[..., User]


def test_a_change_reaches_the_page_that_shows_it_and_says_only_which_topic(
    port: int, fresh_trust: Trust, session: str, topics: list[str]
) -> None:
    with OpenPage(port, hostname(fresh_trust), topics[0], topics[1], session=session) as page:
        page.catch_up()
        change(fresh_trust, topics[1], topics[2])
        assert topics[2] not in page.changes_until(topics[1])


def test_a_change_that_is_rolled_back_is_never_heard_of(
    port: int, fresh_trust: Trust, session: str, topics: list[str]
) -> None:
    with OpenPage(port, hostname(fresh_trust), *topics, session=session) as page:
        page.catch_up()
        with trust_scope(fresh_trust), contextlib.suppress(ValueError), transaction.atomic():
            wake((topics[0],))
            raise ValueError
        change(fresh_trust, topics[1])
        assert page.changes_until(topics[1]) == [topics[1]]


def test_a_change_to_all_of_an_application_reaches_each_of_its_topics(
    port: int, fresh_trust: Trust, session: str, topics: list[str]
) -> None:
    with OpenPage(port, hostname(fresh_trust), *topics, session=session) as page:
        page.catch_up()
        change(fresh_trust, "other:*")
        change(fresh_trust, "jobs:*")
        assert set(page.changes_until(sorted(topics)[-1])) >= set(topics)


def test_only_topics_that_one_may_follow_are_listened_to(
    port: int, fresh_trust: Trust, make_user: MakeUser, browse: Browse, topics: list[str], jobs: list[Job]
) -> None:
    mallory = session_of(browse(fresh_trust, make_user(fresh_trust, "mallory@example.org", ("hr", "trust", ""))))
    with OpenPage(port, hostname(fresh_trust), *topics, session=mallory) as page:
        assert page.hear().name == "refused"
        change(fresh_trust, *topics)
        with trust_scope(fresh_trust):
            SessionStore(mallory).delete()
        assert page.hear().name == "signed-out"


@pytest.mark.parametrize("wide", ["jobs:*", "jobs:job:*", "*", "nothing:job:1", "jobs:job", "live:user:1", ""])
def test_nobody_can_listen_to_all_of_an_application_or_to_what_no_application_has(
    port: int, fresh_trust: Trust, session: str, topics: list[str], wide: str
) -> None:
    with OpenPage(port, hostname(fresh_trust), wide, topics[0], session=session) as page:
        heard = page.hear()
        while heard.name == "changed":
            heard = page.hear()
        assert (heard.name, heard.content) == ("refused", {})
        change(fresh_trust, topics[1])
        change(fresh_trust, topics[0])
        assert set(page.changes_until(topics[0])) == {topics[0]}


def test_what_happens_in_another_trust_is_never_heard(
    port: int, fresh_trust: Trust, session: str, topics: list[str], make_user: MakeUser, browse: Browse
) -> None:
    with testkit.clone() as other, OpenPage(port, hostname(fresh_trust), *topics, session=session) as page:
        page.catch_up()
        dana = make_user(other, "dana@example.org", ("administrator", "trust", ""))
        with trust_scope(other):
            theirs = f"jobs:job:{enqueue(sample_jobs.add, a=1, b=1).id}"
        with OpenPage(port, hostname(other), theirs, session=session_of(browse(other, dana))) as their_page:
            their_page.catch_up()
            change(other, *topics)
            change(other, "jobs:*")
            assert their_page.changes_until(theirs) == [theirs]
        change(fresh_trust, topics[1])
        assert page.changes_until(topics[1]) == [topics[1]]


def test_a_session_of_another_trust_opens_nothing(
    port: int, fresh_trust: Trust, session: str, topics: list[str]
) -> None:
    with testkit.clone() as other:
        page = OpenPage(port, hostname(other), *topics, session=session)
        assert page.status == 401
        page.close()


@pytest.mark.parametrize("session_key", ["", "nonsense", "a" * 32])
def test_without_a_session_nothing_is_opened(port: int, fresh_trust: Trust, session_key: str) -> None:
    page = OpenPage(port, hostname(fresh_trust), "jobs:job:1", session=session_key)
    assert page.status == 401
    page.close()


@pytest.mark.parametrize("host", ["nowhere.localhost", "evil.example", "", "template.localhost"])
def test_an_unknown_hostname_gets_a_plain_404(port: int, fresh_trust: Trust, session: str, host: str) -> None:
    page = OpenPage(port, host, "jobs:job:1", session=session)
    assert (page.status, page.answer.read()) == (404, b"Not found")
    page.close()


@pytest.mark.parametrize("path", ["/healthz", "/live/healthz"])
def test_it_says_that_it_is_well_on_any_host(port: int, path: str) -> None:
    with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}") as answer:
        assert answer.read() == b"ok"


def test_too_many_topics_or_none_are_refused(port: int, fresh_trust: Trust, session: str) -> None:
    for topics in ([], ["jobs:job:1"] * 101):
        page = OpenPage(port, hostname(fresh_trust), *topics, session=session)
        assert page.status == 400
        page.close()


def test_every_answer_is_sealed(port: int, fresh_trust: Trust, session: str, topics: list[str]) -> None:
    for host, path_topics in (
        (hostname(fresh_trust), topics),
        (hostname(fresh_trust), []),
        ("nowhere.localhost", topics),
    ):
        page = OpenPage(port, host, *path_topics, session=session)
        assert page.answer.headers["Content-Security-Policy"].startswith("default-src 'none'")
        assert page.answer.headers["X-Content-Type-Options"] == "nosniff"
        page.close()


def test_however_many_pages_are_open_one_connection_listens_outside_any_pool(
    port: int, fresh_trust: Trust, session: str, topics: list[str]
) -> None:
    with contextlib.ExitStack() as pages:
        for topic in topics:
            pages.enter_context(OpenPage(port, hostname(fresh_trust), topic, session=session))
        with admin_connection() as admin:
            listening = admin.execute(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = %s AND query = 'LISTEN londonnet_live'",
                [fresh_trust.database],
            ).fetchone()
    assert listening == (1,)
