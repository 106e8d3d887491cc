"""The heartbeats of all jobs that this worker does."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import structlog
from django.db import DatabaseError

from londonnet.platform.jobs import claims
from londonnet.platform.jobs.claims import Claim
from londonnet.platform.trusts import Trust, trust_scope

from .child import Child

log = structlog.get_logger("londonnet.jobs")
BEATS_APART = 3.0  # seconds; a job is given to others after claims.LOST_AFTER without one


class Pulse(threading.Thread):
    """Says every few seconds that this worker's jobs are being worked on, and ends children that lost theirs."""

    def __init__(self) -> None:
        super().__init__(name="pulse", daemon=True)
        self._lock = threading.Lock()
        self._jobs: dict[Claim, Trust] = {}
        self._children: dict[Claim, Child] = {}
        self._is_over = threading.Event()
        self._stops_children = False

    @contextmanager
    def kept_alive(self, trust: Trust, one: Claim) -> Iterator[None]:
        """For the length of the block, a job is this worker's."""
        with self._lock:
            self._jobs[one] = trust
        try:
            yield
        finally:
            with self._lock:
                del self._jobs[one]
                self._children.pop(one, None)

    def watch_child(self, one: Claim, child: Child) -> None:
        """The process that does a job is ended when the job is taken away, or the worker stops."""
        with self._lock:
            self._children[one] = child
            is_too_late = self._stops_children
        if is_too_late:
            child.stop()

    def under_way(self) -> dict[Claim, Trust]:
        """The jobs that this worker is doing, with their trusts."""
        with self._lock:
            return dict(self._jobs)

    def run(self) -> None:
        """Beat until the end."""
        while not self._is_over.wait(BEATS_APART):
            jobs = self.under_way()
            for trust in {trust.database: trust for trust in jobs.values()}.values():
                self._beat(trust, [one for one, its in jobs.items() if its == trust])

    def end(self) -> None:
        """Beat no more."""
        self._is_over.set()

    def stop_children(self) -> None:
        """End every child, and those that are yet to come; their slots give the jobs back."""
        with self._lock:
            self._stops_children = True
            children = list(self._children.values())
        for child in children:
            child.stop()

    def _beat(self, trust: Trust, jobs: list[Claim]) -> None:
        try:
            with trust_scope(trust):
                lost = claims.beat(jobs)
        except DatabaseError:
            log.warning("no heartbeat", trust=trust.slug)
            return
        except Exception:  # a pulse that stops would lose every job of this worker
            log.exception("pulse stumbled", trust=trust.slug)
            return
        for one in lost:
            self._stop_child_of(one)

    def _stop_child_of(self, one: Claim) -> None:
        with self._lock:
            child = self._children.get(one)
        if child is not None:
            child.stop()
