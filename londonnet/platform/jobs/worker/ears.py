"""A connection that listens in one trust, and what a glance at a trust tells."""

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import psycopg
from psycopg.rows import TupleRow

from londonnet.config.environment import ENV
from londonnet.platform.jobs.claims import LOST_AFTER
from londonnet.platform.jobs.enqueueing import JOBS_CHANNEL
from londonnet.platform.trusts import Trust
from londonnet.platform.trusts.cluster import trust_params

Connection = psycopg.Connection[TupleRow]

_GLANCE = """
SELECT EXISTS (SELECT FROM django_tasks_database_dbtaskresult WHERE status = 'READY'),
       EXISTS (SELECT FROM jobs_jobstate WHERE heartbeat_at < now() - %s),
       ARRAY(SELECT name::text FROM jobs_schedulerun WHERE last_run_at IS NOT NULL ORDER BY name),
       ARRAY(SELECT last_run_at FROM jobs_schedulerun WHERE last_run_at IS NOT NULL ORDER BY name)
"""


@dataclass(frozen=True, slots=True)
class Glance:
    """What there is to do in a trust: jobs that wait, jobs that were lost, and when schedules ran last."""

    has_waiting: bool
    has_lost: bool
    last_runs: dict[str, datetime]


def worker_name() -> str:
    """What the worker's own watching connections are called, to tell them from those of pages and jobs."""
    return f"{ENV.database_prefix} watch"


def open_connection(trust: Trust) -> Connection:
    """A watching connection to a trust, outside any pool; a server that doesn't answer is given up on soon.

    Raises:
        psycopg.OperationalError: it can't be reached.
    """
    params = {**trust_params(trust), "connect_timeout": 2, "application_name": worker_name()}
    return psycopg.connect(**params, autocommit=True)


def glance(connection: Connection) -> Glance:
    """What there is to do in the trust of a connection: one query."""
    row = connection.execute(_GLANCE, [LOST_AFTER]).fetchone()
    assert row is not None  # noqa: S101  # a SELECT without FROM answers one row
    waiting, lost, names, times = row
    return Glance(waiting, lost, dict(zip(names, times, strict=True)))


@contextlib.contextmanager
def passing_by(trust: Trust) -> Iterator[Connection]:
    """A watching connection for one look."""
    connection = open_connection(trust)
    try:
        yield connection
    finally:
        connection.close()


class Ear:
    """A connection that hears when a job is enqueued in its trust."""

    def __init__(self, trust: Trust) -> None:
        self.trust = trust
        self.connection = open_connection(trust)
        self._heard = False
        self.connection.add_notify_handler(self._hear)
        self.connection.execute(f"LISTEN {JOBS_CHANNEL}")

    def fileno(self) -> int:
        """For a selector: readable when something was said."""
        return self.connection.fileno()

    def listen(self) -> bool:
        """Read what was said since the last time; whether anything was.

        Raises:
            psycopg.OperationalError: the connection is gone.
        """
        self.connection.pgconn.consume_input()
        while said := self.connection.pgconn.notifies():
            self._hear(said)
        heard, self._heard = self._heard, False
        return heard

    def close(self) -> None:
        """Listen no more."""
        self.connection.close()

    def _hear(self, said: Any) -> None:
        self._heard = True
