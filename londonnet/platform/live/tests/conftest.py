"""A live process, somebody signed in, and jobs whose topics they may follow."""

from collections.abc import Callable, Iterator

import pytest
from django.test import Client

from londonnet.platform.access.models import User
from londonnet.platform.jobs import Job, enqueue
from londonnet.platform.jobs.tests import sample_jobs
from londonnet.platform.live.tests.listening import live_process, session_of
from londonnet.platform.trusts import Trust, testkit, trust_scope

Browse = Callable[..., Client]
MakeUser = Callable[..., User]


@pytest.fixture(scope="module")
def port(installation: testkit.Installation) -> Iterator[int]:
    with live_process() as on:
        yield on


@pytest.fixture
def olive(fresh_trust: Trust, make_user: MakeUser) -> User:
    """An administrator, who may follow every job."""
    return make_user(fresh_trust, "olive@example.org", ("administrator", "trust", ""))


@pytest.fixture
def session(fresh_trust: Trust, olive: User, browse: Browse) -> str:
    return session_of(browse(fresh_trust, olive))


@pytest.fixture
def jobs(fresh_trust: Trust) -> list[Job]:
    with trust_scope(fresh_trust):
        return [enqueue(sample_jobs.add, a=n, b=n) for n in range(3)]


@pytest.fixture
def topics(jobs: list[Job]) -> list[str]:
    return [f"jobs:job:{job.id}" for job in jobs]
