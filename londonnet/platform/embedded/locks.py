"""Locks between processes: the kernel takes them back from a process that dies, however it dies."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self


class FolderLock:
    """One holder's lock on a file: shared by many or kept by one.

    The file is opened for reading only, so that a user who may read the home can lock what root has made.
    """

    def __init__(self, path: Path) -> None:
        self._handle = os.open(path, os.O_RDONLY | os.O_CREAT, 0o644)

    def share(self) -> None:
        """Waits until nobody keeps it alone, then shares it."""
        fcntl.flock(self._handle, fcntl.LOCK_SH)

    def keep(self) -> None:
        """Waits until nobody else holds it, then keeps it alone."""
        fcntl.flock(self._handle, fcntl.LOCK_EX)

    def keep_now(self) -> bool:
        """Keeps it alone if nobody else holds it; answers whether it did."""
        try:
            fcntl.flock(self._handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def release(self) -> None:
        """Gives it up; a second time changes nothing."""
        if self._handle >= 0:
            os.close(self._handle)
            self._handle = -1

    def __enter__(self) -> Self:
        """Holds the file until the block ends; the lock itself is taken inside."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Releases it."""
        self.release()


@contextmanager
def alone(path: Path) -> Iterator[None]:
    """Waits for its turn, then keeps the lock for the block."""
    with FolderLock(path) as lock:
        lock.keep()
        yield
