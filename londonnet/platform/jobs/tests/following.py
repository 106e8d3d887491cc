"""Waiting for what happens to jobs by hearing of it, never by sleeping."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import psycopg

from londonnet.platform.jobs import Job, find
from londonnet.platform.jobs.worker.serving import Worker
from londonnet.platform.trusts import Trust, trust_scope
from londonnet.platform.trusts.cluster import trust_params

LONG_ENOUGH = 60.0  # seconds, on a machine that does ten other things


class Follower:
    """Follows the jobs of a trust through what open pages are told."""

    def __init__(self, trust: Trust) -> None:
        self.trust = trust
        self.connection = psycopg.connect(**trust_params(trust), autocommit=True)
        self.connection.execute("LISTEN londonnet_live")

    def until(self, job: Job, happened: Callable[[Job], bool]) -> Job:
        """The job as it is when something has happened to it."""
        deadline = time.monotonic() + LONG_ENOUGH
        while time.monotonic() < deadline:
            with trust_scope(self.trust):
                now = find(job.id)
            if happened(now):
                return now
            if now.is_over:
                break
            for _ in self.connection.notifies(timeout=deadline - time.monotonic(), stop_after=1):
                break
        raise AssertionError(f"It didn't happen: {now}")

    def until_over(self, job: Job) -> Job:
        return self.until(job, lambda now: now.is_over)


@contextmanager
def following(trust: Trust) -> Iterator[Follower]:
    follower = Follower(trust)
    try:
        yield follower
    finally:
        follower.connection.close()


class Gate:
    """A gate that jobs wait at until it is opened."""

    def __init__(self, trust: Trust, number: int) -> None:
        self.number = number
        self.connection = psycopg.connect(**trust_params(trust), autocommit=True)
        self.connection.execute("SELECT pg_advisory_lock(%s)", [number])

    def open(self) -> None:
        self.connection.close()


@contextmanager
def gate(trust: Trust, number: int = 7) -> Iterator[Gate]:
    closed = Gate(trust, number)
    try:
        yield closed
    finally:
        closed.open()


@contextmanager
def working(*trusts: Trust, light: int = 2, heavy: int = 0, name: str = "tester") -> Iterator[Worker]:
    """A worker for those trusts, in threads of this process."""
    worker = Worker(lambda: list(trusts), light=light, heavy=heavy, name=name)
    worker.start()
    assert worker.watch.is_listening.wait(LONG_ENOUGH)
    try:
        yield worker
    finally:
        worker.stop(grace=5)
