"""A PostgreSQL server for tests and checks: quick, empty, and gone afterwards.

`python -m londonnet.platform.embedded.throwaway COMMAND …` runs one command with DATABASE_URL naming such a server.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from londonnet.config.environment import ENV
from londonnet.platform.embedded.addresses import ServerAddress, from_url, reached
from londonnet.platform.embedded.binaries import Choice
from londonnet.platform.embedded.cluster import Cluster
from londonnet.platform.embedded.location import Installation
from londonnet.platform.embedded.locks import FolderLock, alone
from londonnet.platform.embedded.postgres import EmbeddedServer
from londonnet.platform.errors import LondonNetError

ROOTS_FOLDER = Path("/var/lib/londonnet/throwaway")


@contextmanager
def throwaway_server() -> Iterator[ServerAddress]:
    """The server for this process and its children: the one that DATABASE_URL names, else an empty one for the block.

    Raises:
        NoDatabase: DATABASE_URL's can't be used, or none can be started here.
    """
    if ENV.database_url:
        yield reached(from_url(ENV.database_url))
        return
    with empty_server(ENV.postgres) as address:
        ENV.database_url = os.environ["DATABASE_URL"] = address.url
        try:
            yield address
        finally:
            ENV.database_url = None
            os.environ.pop("DATABASE_URL", None)


@contextmanager
def empty_server(choice: Choice = "auto") -> Iterator[ServerAddress]:
    """An empty server that nothing else uses; its data goes when the block ends, or at the next call after a crash.

    Raises:
        NoDatabase: none can be started here.
    """
    with throwaway_home() as home, EmbeddedServer(_cluster(home, choice)).used() as address:
        yield address


@contextmanager
def throwaway_home() -> Iterator[Path]:
    """An empty folder that the user who runs PostgreSQL can reach, removed afterwards."""
    parent = _parent()
    with alone(parent / "sweep.lock"):
        _sweep(parent)
        home = Path(tempfile.mkdtemp(dir=parent))
        home.chmod(0o755)
        lock = FolderLock(home / "throwaway.lock")
        lock.keep()
    with lock:
        try:
            yield home
        finally:
            shutil.rmtree(home, ignore_errors=True)


def _parent() -> Path:
    """Root's temporary folders may be closed to the user who runs PostgreSQL."""
    is_root = os.geteuid() == 0
    folder = ROOTS_FOLDER if is_root else Path(tempfile.gettempdir()) / f"londonnet-throwaway-{os.geteuid()}"
    folder.mkdir(parents=True, exist_ok=True)
    if is_root:
        for each in (folder, folder.parent):
            each.chmod(0o755)
    return folder


def _cluster(home: Path, choice: Choice) -> Cluster:
    return Cluster(Installation(home), choice, is_durable=False)


def _sweep(parent: Path) -> None:
    """Stops and removes what was left by a process that was killed."""
    for lock_file in parent.glob("*/throwaway.lock"):
        with FolderLock(lock_file) as lock:
            if not lock.keep_now():
                continue
            cluster = _cluster(lock_file.parent, "auto")
            if cluster.settle():
                cluster.stop()
            shutil.rmtree(lock_file.parent, ignore_errors=True)


def main(command: list[str]) -> int:
    """Runs the command with DATABASE_URL; its exit status."""
    if not command:
        sys.stderr.write("Usage: python -m londonnet.platform.embedded.throwaway COMMAND …\n")
        return 64
    try:
        with throwaway_server():
            return subprocess.run(command, check=False).returncode  # noqa: S603 - the caller's own
    except LondonNetError as error:
        sys.stderr.write(f"{error.message}\n")
        return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
