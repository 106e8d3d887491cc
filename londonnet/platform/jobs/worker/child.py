"""A heavy job's own process, which never outlives its worker."""

import contextlib
import os
import signal
import subprocess
import sys

from londonnet.platform.jobs.claims import Claim
from londonnet.platform.trusts import Trust

_PROGRAM = "londonnet.platform.jobs.worker.one_job"


class Child:
    """A process that does one job.

    It leads a process group of its own, so that Ctrl-C in a terminal reaches the worker and not the job; its
    standard input is a lifeline that ends when the worker does, however it does.
    """

    def __init__(self, trust: Trust, one: Claim) -> None:
        arguments = [trust.slug, str(one.attempt), str(one.task_id)]
        self._process = subprocess.Popen(  # noqa: S603  # our own program, our own arguments
            [sys.executable, "-m", _PROGRAM, *arguments], stdin=subprocess.PIPE, start_new_session=True
        )
        self.was_stopped = False

    @property
    def pid(self) -> int:
        """The process's id, which is also its group's."""
        return self._process.pid

    def wait(self) -> int:
        """Wait until it has ended; 0 if it wrote how its job ended."""
        return self._process.wait()

    def stop(self) -> None:
        """End it and all that it started; its job will be taken up again."""
        self.was_stopped = True
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.pid, signal.SIGKILL)
