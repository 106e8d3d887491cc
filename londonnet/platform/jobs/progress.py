"""How far a job is: said by the job, seen at once by those who wait for it."""

import contextlib
import threading
import time
from typing import TYPE_CHECKING, Any
from uuid import UUID

import psycopg
from psycopg.types.json import Jsonb

from .errors import JobTakenAway

if TYPE_CHECKING:
    from londonnet.platform.trusts import Trust

_WRITE = """
WITH said AS (
    UPDATE jobs_jobstate
    SET stage_started_at = CASE
            WHEN stage = %(stage)s OR (total = %(total)s AND total > 0 AND done <= %(done)s) THEN stage_started_at
            ELSE clock_timestamp()
        END,
        stage = %(stage)s, done = %(done)s, total = %(total)s
    WHERE task_id = %(task)s AND attempts = %(attempt)s AND heartbeat_at IS NOT NULL
    RETURNING 1
)
SELECT pg_notify('londonnet_live', %(topics)s::text) FROM said
"""


class Progress:
    """What a job says about how far it is. This one keeps it to itself: for commands and tests.

    Attributes:
        stage: what is being done, as people read it.
        done: how many are done of this stage.
        total: how many there are in this stage; 0 where that isn't known.
    """

    def __init__(self) -> None:
        self.stage, self.done, self.total = "", 0, 0

    def say(self, stage: str, done: int = 0, total: int = 0) -> None:
        """Say how far it is; cheap, to be called as often as one likes.

        For the estimate, what goes on counting towards the same total is one stage whatever its words: a file's sheets.

        Args:
            stage: what is being done, as people read it, for example "Reading court_reports".
            done: how many rows (or whatever is counted) are done.
            total: how many there are; 0 where that isn't known.
        """
        self.stage, self.done, self.total = stage[:200], done, total


class WrittenProgress(Progress):
    """Written to the job's row at once, outside of the job's own transaction, and pushed to open pages.

    It has a connection of its own to the trust's database, opened at the first word. A database that can't be
    reached for a moment never stops the job: what couldn't be said is dropped.
    """

    SAYINGS_APART = 0.25  # seconds between two that are written, unless the stage changes

    def __init__(self, trust: "Trust", task_id: UUID, attempt: int) -> None:
        super().__init__()
        self._trust, self._task_id, self._attempt = trust, task_id, attempt
        self._connection: psycopg.Connection[Any] | None = None
        self._lock = threading.Lock()
        self._written: tuple[str, int, int] = ("", 0, 0)
        self._written_at = float("-inf")

    def say(self, stage: str, done: int = 0, total: int = 0) -> None:
        """Say how far it is; written a few times a second, and whenever the stage changes.

        Raises:
            JobTakenAway: the job was given to another worker, so this one stops here.
        """
        super().say(stage, done, total)
        is_new_stage = self.stage != self._written[0]
        if is_new_stage or time.monotonic() - self._written_at >= self.SAYINGS_APART:
            self._write()

    def close(self) -> None:
        """Give the connection up; what was said last is written with how the job ended."""
        with self._lock:
            self._hang_up()

    def _write(self) -> None:
        with self._lock:
            self._written, self._written_at = (self.stage, self.done, self.total), time.monotonic()
            try:
                is_ours = self._connected().execute(_WRITE, self._values()).rowcount > 0
            except psycopg.Error:
                self._hang_up()
                return
        if not is_ours:
            raise JobTakenAway

    def _values(self) -> dict[str, Any]:
        topics = Jsonb([topic(self._task_id)])
        stage, done, total = self._written
        return {
            "stage": stage,
            "done": done,
            "total": total,
            "task": self._task_id,
            "attempt": self._attempt,
            "topics": topics,
        }

    def _connected(self) -> "psycopg.Connection[Any]":
        if self._connection is None or self._connection.closed:
            from londonnet.platform.trusts.cluster import trust_params

            self._connection = psycopg.connect(**trust_params(self._trust), autocommit=True)
        return self._connection

    def _hang_up(self) -> None:
        if self._connection is not None:
            with contextlib.suppress(psycopg.Error):
                self._connection.close()
        self._connection = None


def topic(job_id: UUID) -> str:
    """The live topic of one job."""
    return f"jobs:job:{job_id}"
