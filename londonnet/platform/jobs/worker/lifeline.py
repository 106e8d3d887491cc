"""A child process never outlives its worker, however that ends."""

import contextlib
import ctypes
import os
import signal
import sys
import threading

_DIE_WITH_PARENT = 1  # PR_SET_PDEATHSIG


def die_with_worker() -> None:
    """Called in the child: end when the worker does, even by ``kill -9``.

    The worker holds the other end of our standard input, which the kernel closes when it ends. On Linux the kernel
    ends us as well, even in the middle of something that lets no other thread run.
    """
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(_DIE_WITH_PARENT, signal.SIGKILL)
    threading.Thread(target=_end_with_lifeline, daemon=True).start()


def _end_with_lifeline() -> None:
    with contextlib.suppress(OSError):
        while os.read(0, 1):
            pass
    os._exit(1)
