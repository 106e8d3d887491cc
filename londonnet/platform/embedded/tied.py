"""Runs a command that ends when the process which started it ends, even by kill -9.

Run as a script, `tied.py PARENT COMMAND …`, so that it starts in a few milliseconds and needs nothing of LondonNet.
"""

import ctypes
import os
import signal
import subprocess
import sys
import time
from types import FrameType

PR_SET_PDEATHSIG = 1
LOOK_SECONDS = 0.5


def main(parent: int, command: list[str]) -> int:
    """Becomes the command on Linux, where the kernel tells it of the parent's end; elsewhere watches over it."""
    if sys.platform != "linux":
        return watched(parent, command)
    ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
    if os.getppid() != parent:  # it ended before we could ask
        return 1
    return os.execv(command[0], command)  # noqa: S606 - the supervisor's own command


def watched(parent: int, command: list[str]) -> int:
    """Runs the command as a child, passes on a request to end, and ends it when the parent is gone."""
    with subprocess.Popen(command) as process:  # noqa: S603 - the supervisor's own command

        def end(_number: int, _frame: FrameType | None) -> None:
            process.terminate()

        signal.signal(signal.SIGTERM, end)
        while process.poll() is None:
            if os.getppid() != parent:
                process.terminate()
                parent = os.getppid()
            time.sleep(LOOK_SECONDS)
    return process.returncode


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]), sys.argv[2:]))
