"""Whoever began something long is told when it is over."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from londonnet.platform.access.models import User
from londonnet.platform.audit import Actor, acting_as
from londonnet.platform.jobs import Job, JobKind, claims, enqueue
from londonnet.platform.jobs.testkit import do_waiting
from londonnet.platform.jobs.tests import sample_jobs
from londonnet.platform.notices import selectors
from londonnet.platform.notices.models import Notice
from londonnet.platform.trusts import Trust, trust_scope

Browse = Callable[..., Client]


def _done_for(user: User, kind: JobKind[Any, Any], **arguments: Any) -> Job:
    with acting_as(Actor("user", user.name, user.pk)):
        enqueue(kind, **arguments)
    return do_waiting()[-1]


@pytest.mark.parametrize(("succeeds", "how"), [(True, "is done"), (False, "has stopped")])
def test_whoever_began_it_is_told_once_where_to_look(
    in_alpha: Trust, alice: User, bob: User, succeeds: bool, how: str
) -> None:
    job = _done_for(alice, sample_jobs.do_something_long, succeeds=succeeds)
    (line,) = selectors.newest_unread(alice)
    assert (line.title, line.url) == (f"“Do something long” {how}", job.url)
    assert selectors.unread_count(bob) == 0


def test_of_small_work_and_of_what_nobody_asked_for_nobody_is_told(in_alpha: Trust, alice: User) -> None:
    _done_for(alice, sample_jobs.add, a=1, b=2)
    enqueue(sample_jobs.do_something_long, succeeds=True)
    do_waiting()
    assert not Notice.objects.exists()


def test_work_that_was_given_back_is_told_of_when_it_is_over(in_alpha: Trust, alice: User) -> None:
    with acting_as(Actor("user", alice.name, alice.pk)):
        enqueue(sample_jobs.do_something_long, succeeds=True)
    one = claims.claim("light", "tester")
    assert one is not None
    claims.lose(one)
    assert not Notice.objects.exists()
    do_waiting()
    assert Notice.objects.count() == 1


def test_whoever_looks_at_the_work_itself_neednt_be_told(
    alpha: Trust, alice: User, administrator: User, browse: Browse
) -> None:
    with trust_scope(alpha):
        job = _done_for(alice, sample_jobs.do_something_long, succeeds=True)
    browse(alpha, administrator).get(job.url)
    browse(alpha, alice).head(job.url)
    with trust_scope(alpha):
        assert selectors.unread_count(alice) == 1
    browse(alpha, alice).get(f"{job.url}/progress", headers={"X-LondonNet-Refresh": "1"})
    with trust_scope(alpha):
        assert selectors.unread_count(alice) == 0
