"""A connection lives no longer than the session and the rights behind it."""

import time
from collections.abc import Callable

from django.contrib.auth import logout
from django.contrib.sessions.backends.db import SessionStore
from django.db import transaction
from django.http import HttpRequest
from django.test import Client

from londonnet.config.environment import ENV
from londonnet.platform.access.models import RoleGrant, User
from londonnet.platform.access.sessions import SEEN, STARTED
from londonnet.platform.audit import Actor, acting_as
from londonnet.platform.jobs import enqueue
from londonnet.platform.jobs.tests import sample_jobs
from londonnet.platform.live import rights_changed
from londonnet.platform.live.tests.listening import OpenPage, change, hostname, live_process, session_of
from londonnet.platform.trusts import Trust, trust_scope

Browse = Callable[..., Client]


def test_signing_out_ends_its_connections_at_once_and_no_others(
    port: int, fresh_trust: Trust, olive: User, session: str, browse: Browse, topics: list[str]
) -> None:
    elsewhere = session_of(browse(fresh_trust, olive))
    host = hostname(fresh_trust)
    with OpenPage(port, host, *topics, session=session) as one, OpenPage(port, host, *topics, session=elsewhere) as two:
        one.catch_up()
        request = HttpRequest()
        request.session = SessionStore(session)
        request.user = olive
        with trust_scope(fresh_trust):
            logout(request)
        assert one.hear().name == "signed-out"
        assert one.hear().name == ""
        change(fresh_trust, topics[1])
        assert two.changes_until(topics[1]) == [topics[1]]


def test_a_browser_that_comes_back_after_its_session_ended_is_told_so(port: int, fresh_trust: Trust) -> None:
    page = OpenPage(port, hostname(fresh_trust), "jobs:job:1", session="a" * 32, Last_Event_ID="1")
    assert page.status == 200
    assert page.hear().name == "signed-out"
    page.close()


def test_a_browser_that_comes_back_is_told_to_look_at_everything_again(
    port: int, fresh_trust: Trust, session: str, topics: list[str]
) -> None:
    with OpenPage(port, hostname(fresh_trust), *topics, session=session, Last_Event_ID="1") as page:
        assert page.changes_until(sorted(topics)[-1]) == sorted(topics)


def test_a_session_that_has_been_idle_too_long_is_found_out_at_the_next_look(
    fresh_trust: Trust, session: str, topics: list[str]
) -> None:
    with live_process(check_every=0.1) as on, OpenPage(on, hostname(fresh_trust), *topics, session=session) as page:
        with trust_scope(fresh_trust):
            kept = SessionStore(session)
            kept[STARTED] = kept[SEEN] = time.time() - 60 * ENV.session_idle_minutes - 1
            kept.save()
        heard = page.hear()
        while heard.name == "changed":
            heard = page.hear()
        assert heard.name == "signed-out"


def test_a_right_that_is_taken_away_ends_its_topics(
    port: int, fresh_trust: Trust, olive: User, session: str, topics: list[str]
) -> None:
    with trust_scope(fresh_trust):
        own = _asked_by(olive)
    with OpenPage(port, hostname(fresh_trust), topics[0], own, session=session) as page:
        page.catch_up()
        with trust_scope(fresh_trust), transaction.atomic():
            RoleGrant.objects.filter(user=olive).delete()
            rights_changed(olive.pk)
        for _ in range(3):  # what is heard while the rights are being looked at may still come
            change(fresh_trust, own)
            page.changes_until(own)
        change(fresh_trust, topics[0])
        change(fresh_trust, own)
        assert page.changes_until(own) == [own]


def _asked_by(user: User) -> str:
    with acting_as(Actor("user", user.name, user.pk)):
        return f"jobs:job:{enqueue(sample_jobs.add, a=1, b=1).id}"
