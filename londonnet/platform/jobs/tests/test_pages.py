"""The progress page, and who may see it."""

from collections.abc import Callable

import pytest
from django.test import Client

from londonnet.platform.access.models import User
from londonnet.platform.audit import Actor, acting_as
from londonnet.platform.jobs import Job, claims, enqueue, running
from londonnet.platform.jobs.hooks import may_follow_topic
from londonnet.platform.jobs.models import JobState
from londonnet.platform.jobs.progress import Progress
from londonnet.platform.jobs.selectors import find
from londonnet.platform.jobs.tests import sample_jobs
from londonnet.platform.trusts import Trust, trust_scope

Browse = Callable[..., Client]


@pytest.fixture
def asked(alpha: Trust, alice: User) -> Job:
    """A job that Alice asked for."""
    with trust_scope(alpha), acting_as(Actor("user", alice.name, alice.pk)):
        return enqueue(sample_jobs.add, a=1, b=2)


def _take_up(trust: Trust) -> claims.Claim:
    with trust_scope(trust):
        one = claims.claim("light", "tester")
    assert one is not None
    return one


def test_who_asked_for_it_and_administrators_see_it_and_nobody_else(
    alpha: Trust, beta: Trust, alice: User, bob: User, dana: User, administrator: User, asked: Job, browse: Browse
) -> None:
    seen = {
        user.email: [browse(trust, user).get(path).status_code for path in (asked.url, f"{asked.url}/progress")]
        for trust, user in ((alpha, alice), (alpha, bob), (beta, dana), (alpha, administrator))
    }
    assert seen == {
        "alice@example.org": [200, 200],
        "bob@example.org": [404, 404],
        "dana@example.org": [404, 404],
        "administrator@example.org": [200, 200],
    }


def test_the_same_people_may_follow_it_live(
    alpha: Trust, alice: User, bob: User, administrator: User, asked: Job
) -> None:
    with trust_scope(alpha):
        topic = f"jobs:job:{asked.id}"
        assert [may_follow_topic(user, topic) for user in (alice, bob, administrator)] == [True, False, True]
        for odd in (f"jobs:other:{asked.id}", "jobs:job:nonsense", "jobs:job:"):
            assert not may_follow_topic(administrator, odd)


def test_a_job_of_a_schedule_is_for_administrators_only(alpha: Trust, alice: User, browse: Browse) -> None:
    with trust_scope(alpha):
        nobodys = enqueue(sample_jobs.add, a=1, b=2)
    assert browse(alpha, alice).get(nobodys.url).status_code == 404


def test_who_is_not_signed_in_is_asked_to(alpha: Trust, asked: Job, browse: Browse) -> None:
    assert browse(alpha).get(asked.url).status_code == 302
    refresh = browse(alpha).get(f"{asked.url}/progress", headers={"X-LondonNet-Refresh": "1"})
    assert refresh.status_code == 401


def test_the_part_that_moves_is_followed_live_and_asked_for_again_until_it_is_over(
    alpha: Trust, alice: User, asked: Job, browse: Browse
) -> None:
    browser = browse(alpha, alice)
    one = _take_up(alpha)
    with trust_scope(alpha):
        JobState.objects.filter(pk=asked.id).update(stage="Reading court_reports", done=1200, total=15000)
    moving = browser.get(f"{asked.url}/progress").content.decode()
    assert f'data-live-topics="jobs:job:{asked.id}"' in moving
    assert f'data-live-refresh="{asked.url}/progress"' in moving
    assert 'hx-trigger="every 2s"' in moving
    assert "Reading court_reports" in moving
    assert "1,200 of 15,000" in moving
    with trust_scope(alpha):
        running.do(one, Progress())()
    over = browser.get(f"{asked.url}/progress").content.decode()
    assert "data-live-topics" not in over
    assert "hx-trigger" not in over
    assert 'href="/sums"' in over


def test_why_it_failed_is_said_in_its_own_words(alpha: Trust, alice: User, browse: Browse) -> None:
    with trust_scope(alpha), acting_as(Actor("user", alice.name, alice.pk)):
        refused = enqueue(sample_jobs.refuse, why="Send the <b>whole</b> file again.")
    one = _take_up(alpha)
    with trust_scope(alpha):
        running.do(one, Progress())()
    assert "Send the &lt;b&gt;whole&lt;/b&gt; file again." in browse(alpha, alice).get(refused.url).content.decode()


def test_the_page_costs_a_fixed_number_of_queries(
    alpha: Trust, alice: User, asked: Job, browse: Browse, count_queries: Callable[[], object]
) -> None:
    browser = browse(alpha, alice)
    browser.get(asked.url)
    with count_queries() as counted:  # type: ignore[attr-defined]
        browser.get(asked.url)
    with trust_scope(alpha):
        for _ in range(5):
            enqueue(sample_jobs.add, a=1, b=2)
    with count_queries() as later:  # type: ignore[attr-defined]
        browser.get(asked.url)
    assert counted.count == later.count <= 12


def test_the_page_has_one_heading_and_a_job_that_is_done_says_so(
    alpha: Trust, alice: User, asked: Job, browse: Browse
) -> None:
    one = _take_up(alpha)
    with trust_scope(alpha):
        running.do(one, Progress())()
        JobState.objects.filter(pk=asked.id).update(stage="Adding up")
    page = browse(alpha, alice).get(asked.url).content.decode()
    assert page.count("<h1") == 1
    assert f'<h1 class="govuk-heading-l">{asked.label}</h1>' in page
    assert "Everything is done." in page
    assert "Adding up" not in page


def test_what_a_job_changes_is_told_of_who_asked_for_it(alpha: Trust, alice: User, asked: Job) -> None:
    with trust_scope(alpha), acting_as(Actor("user", alice.name, alice.pk)):
        named = enqueue(sample_jobs.say_who)
    _take_up(alpha)
    one = _take_up(alpha)
    with trust_scope(alpha):
        running.do(one, Progress())()
        assert find(named.id).result == {"kind": "job", "name": alice.name, "user_id": alice.pk}
