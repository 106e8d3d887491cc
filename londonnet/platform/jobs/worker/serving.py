"""The worker: one process that does the jobs of all trusts."""

import os
import signal
import socket
import threading
import time
from collections.abc import Callable, Sequence

import structlog
from django.db import DatabaseError

from londonnet.platform.jobs import claims
from londonnet.platform.trusts import Trust, trust_scope

from .doorbell import Doorbell
from .pulse import Pulse
from .slots import HeavySlot, LightSlot, Slot
from .watch import Watch

log = structlog.get_logger("londonnet.jobs")
TO_GIVE_BACK = 3.0  # seconds that slots have to give their jobs back, when the grace is over


class Worker:
    """Slots, what tells them of work, and what keeps their jobs alive.

    Args:
        trusts: answers the trusts to serve now.
        light: how many jobs are done at once in this process.
        heavy: how many are done at once in child processes.
        name: what the worker is called in rows and logs.
    """

    def __init__(
        self, trusts: Callable[[], Sequence[Trust]], *, light: int = 4, heavy: int = 1, name: str = ""
    ) -> None:
        self.name = name or f"{socket.gethostname()}-{os.getpid()}"
        self._light, self._heavy = Doorbell(), Doorbell()
        self.pulse = Pulse()
        self.watch = Watch(trusts, (self._light, self._heavy))
        self.slots: list[Slot] = [
            *(LightSlot(f"{self.name}-light-{n}", self._light, self.pulse) for n in range(1, light + 1)),
            *(HeavySlot(f"{self.name}-heavy-{n}", self._heavy, self.pulse) for n in range(1, heavy + 1)),
        ]

    def start(self) -> None:
        """Begin to take jobs up."""
        for thread in (self.pulse, *self.slots, self.watch):
            thread.start()

    def stop(self, grace: float) -> bool:
        """Take nothing up any more, and let what is under way finish; what doesn't is given back for later.

        Args:
            grace: seconds that jobs have to finish.

        Returns:
            Whether everything finished in time.
        """
        self.watch.end()
        self._light.close()
        self._heavy.close()
        in_time = _ended(self.slots, grace)
        if not in_time:
            self.pulse.stop_children()
            _ended(self.slots, TO_GIVE_BACK)
            self._give_back()
        self.pulse.end()
        return in_time

    def _give_back(self) -> None:
        """Jobs that run in this process and go on: their rows are let go of, and the process is about to end."""
        for one, trust in self.pulse.under_way().items():
            log.warning("job given back", trust=trust.slug, job=one.name, id=str(one.task_id))
            try:
                with trust_scope(trust):
                    claims.lose(one, is_a_fault=False)
            except DatabaseError:
                continue  # without heartbeats, it is given back by others soon


def _ended(threads: Sequence[threading.Thread], within: float) -> bool:
    deadline = time.monotonic() + within
    for thread in threads:
        thread.join(max(0.0, deadline - time.monotonic()))
    return not any(thread.is_alive() for thread in threads)


def serve(worker: Worker, grace: float) -> bool:
    """Run a worker in this process until SIGTERM or SIGINT; whether everything finished in time."""
    asked_to_stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: asked_to_stop.set())
    worker.start()
    log.info("worker started", worker=worker.name, slots=len(worker.slots))
    asked_to_stop.wait()
    log.info("worker stops", worker=worker.name, under_way=len(worker.pulse.under_way()))
    return worker.stop(grace)
