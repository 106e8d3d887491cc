"""Noticing work in any trust: listening to those in use, and looking at every one in turn."""

import selectors
import threading
import time
from collections.abc import Callable, Sequence

import psycopg
import structlog
from django.db import DatabaseError

from londonnet.platform.jobs import schedules
from londonnet.platform.trusts import Trust, trust_scope

from .activity import Activity
from .doorbell import Doorbell
from .ears import Ear, Glance, glance, passing_by

log = structlog.get_logger("londonnet.jobs")

MOST_EARS = 40  # trusts that are listened to at once, a connection each
LOOK_EVERY = 2.0  # seconds between two looks at the same trust, where there are few
LOOKS_A_SECOND = 20  # over all trusts, where there are many
ROUND = 0.25  # seconds; how long one waits for something to be said before looking round
LONGEST_PAUSE = 30.0  # seconds between two tries to reach a trust that doesn't answer


class Watch(threading.Thread):
    """Rings the bells for every trust that may have work.

    Where there are no more than ``most_ears`` trusts, it listens to all of them; else to those that somebody is
    connected to, the latest first. Every trust is looked at in turn as well: for jobs of workers that died, for
    schedules, and in case a job was asked for in a trust that nobody was heard in.

    Args:
        trusts: answers the trusts to serve now; new ones are noticed by it.
        bells: who is to be told.
        most_ears: how many trusts are listened to at once.
    """

    def __init__(
        self, trusts: Callable[[], Sequence[Trust]], bells: Sequence[Doorbell], most_ears: int = MOST_EARS
    ) -> None:
        super().__init__(name="watch", daemon=True)
        self._trusts, self._bells, self._most_ears = trusts, bells, most_ears
        self._ears: dict[str, Ear] = {}
        self._selector = selectors.DefaultSelector()
        self._activity = Activity()
        self._look_at: dict[str, float] = {}
        self._pauses: dict[str, float] = {}
        self._is_over = threading.Event()
        self.is_listening = threading.Event()

    def run(self) -> None:
        """Watch until the end."""
        while not self._is_over.is_set():
            try:
                self._go_round()
            except DatabaseError:  # the control database; trusts' own trouble is dealt with one by one
                log.warning("the trusts can't be listed")
                self._is_over.wait(1)
            except Exception:  # a worker that no longer watches would look well and do nothing
                log.exception("watch stumbled")
                self._is_over.wait(1)
        self._close()

    def end(self) -> None:
        """Watch no more."""
        self._is_over.set()

    def _go_round(self) -> None:
        trusts = self._trusts()
        self._listen_to(self._wanted(trusts))
        self.is_listening.set()
        self._hear()
        self._look_round(trusts)

    # ---- Listening ----

    def _wanted(self, trusts: Sequence[Trust]) -> list[Trust]:
        if len(trusts) <= self._most_ears:
            return list(trusts)
        return self._activity.in_use(trusts, self._most_ears)

    def _listen_to(self, wanted: Sequence[Trust]) -> None:
        names = {trust.database for trust in wanted}
        for name in [name for name in self._ears if name not in names]:
            self._drop(name)
        for trust in wanted:
            if trust.database not in self._ears and not self._is_pausing(trust):
                self._guarded(trust, self._open)

    def _open(self, trust: Trust) -> None:
        ear = self._ears[trust.database] = Ear(trust)
        self._selector.register(ear, selectors.EVENT_READ)
        self._ring(trust)  # something may have been asked for before anyone listened

    def _hear(self) -> None:
        if not self._ears:
            self._is_over.wait(ROUND)
            return
        for key, _ in self._selector.select(ROUND):
            ear: Ear = key.fileobj  # type: ignore[assignment]  # only ears are registered
            self._guarded(ear.trust, self._listen)

    def _listen(self, trust: Trust) -> None:
        if self._ears[trust.database].listen():
            self._ring(trust)

    # ---- Looking ----

    def _look_round(self, trusts: Sequence[Trust]) -> None:
        now = time.monotonic()
        every = max(LOOK_EVERY, len(trusts) / LOOKS_A_SECOND)
        waiting = [trust for trust in trusts if self._look_at.get(trust.database, 0.0) <= now]
        waiting.sort(key=lambda trust: self._look_at.get(trust.database, 0.0))
        for trust in waiting[: max(1, int(LOOKS_A_SECOND * ROUND))]:
            self._look_at[trust.database] = now + every
            self._guarded(trust, self._look)

    def _look(self, trust: Trust) -> None:
        ear = self._ears.get(trust.database)
        if ear is not None:
            seen = glance(ear.connection)
            self._listen(trust)  # what was said meanwhile came in with the answer
        else:
            with passing_by(trust) as connection:
                seen = glance(connection)
        if _has_work(trust, seen):
            self._ring(trust)

    # ---- Trouble ----

    def _guarded(self, trust: Trust, act: Callable[[Trust], None]) -> None:
        """A trust that can't be reached is left alone for a while, twice as long each time, and holds nobody up."""
        try:
            act(trust)
            self._pauses.pop(trust.database, None)
        except (psycopg.Error, OSError) as error:
            log.warning("trust can't be watched", trust=trust.slug, error=type(error).__name__)
            self._drop(trust.database)
            pause = min(LONGEST_PAUSE, 2 * self._pauses.get(trust.database, 0.25))
            self._pauses[trust.database] = pause
            self._look_at[trust.database] = time.monotonic() + pause

    def _is_pausing(self, trust: Trust) -> bool:
        return trust.database in self._pauses and self._look_at[trust.database] > time.monotonic()

    def _drop(self, name: str) -> None:
        ear = self._ears.pop(name, None)
        if ear is None:
            return
        for key in [key for key in self._selector.get_map().values() if key.fileobj is ear]:
            self._selector.unregister(key.fd)
        ear.close()

    def _ring(self, trust: Trust) -> None:
        for bell in self._bells:
            bell.ring(trust)

    def _close(self) -> None:
        for name in list(self._ears):
            self._drop(name)
        self._selector.close()
        self._activity.close()


def _has_work(trust: Trust, seen: Glance) -> bool:
    if seen.has_waiting or seen.has_lost:
        return True
    with trust_scope(trust):  # which applications are on is asked of the trust; no connection is borrowed
        return bool(schedules.due(seen.last_runs))
