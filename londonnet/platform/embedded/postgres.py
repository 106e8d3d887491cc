"""The PostgreSQL server of this installation, run for as long as somebody needs it.

Every command that needs the server holds a shared lock while it does; the kernel takes the lock back from one that
dies. The last to leave stops the server. Entering and leaving are done one at a time, so a server that another command
has begun to use is never stopped.
"""

from collections.abc import Iterator
from contextlib import AbstractContextManager as Context
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path

from londonnet.config.environment import ENV
from londonnet.platform.embedded.addresses import NoDatabase, ServerAddress, from_url, reached
from londonnet.platform.embedded.cluster import Cluster
from londonnet.platform.embedded.location import installation
from londonnet.platform.embedded.locks import FolderLock, alone


@dataclass(frozen=True)
class EmbeddedServer:
    """A cluster whose server is started by the first who needs it and stopped by the last."""

    cluster: Cluster

    @contextmanager
    def used(self) -> Iterator[ServerAddress]:
        """Runs the server for the block, and longer where others use it too.

        Raises:
            NoDatabase: it can't be started, or the installation belongs to another user.
        """
        with _whose(self.cluster):
            users = FolderLock(self._users_lock())
        with users:
            with _whose(self.cluster):
                address = self._entered(users)
            try:
                yield address
            finally:
                self._left(users)

    def address(self) -> ServerAddress | None:
        """Where the server is, if it runs.

        Raises:
            NoDatabase: the installation belongs to another user.
        """
        with _whose(self.cluster):
            return self.cluster.address()

    def remove(self) -> list[str]:
        """Stops a forgotten server and removes all that the installation made; the names of what went.

        Raises:
            NoDatabase: somebody is using it.
        """
        with FolderLock(self._users_lock()) as users:
            if not users.keep_now():
                raise NoDatabase(
                    f"LondonNet is running on the data in {self.cluster.installation.home}. Stop it first.",
                    "data-in-use",
                )
            if self.cluster.settle():
                self.cluster.stop()
            return self.cluster.installation.empty()

    def _users_lock(self) -> Path:
        self.cluster.installation.make()
        return self.cluster.installation.home / "users.lock"

    def _turn(self) -> Context[None]:
        return alone(self.cluster.installation.home / "start.lock")

    def _entered(self, users: FolderLock) -> ServerAddress:
        with self._turn():
            users.share()
            if not self.cluster.settle():
                self.cluster.start()
            address = self.cluster.address()
        if address is None:
            raise NoDatabase(f"PostgreSQL started and ended at once; see {self.cluster.installation.log}.")
        return address

    def _left(self, users: FolderLock) -> None:
        with self._turn():
            if users.keep_now() and self.cluster.settle():
                self.cluster.stop()
            users.release()


@contextmanager
def _whose(cluster: Cluster) -> Iterator[None]:
    """Says plainly that the installation's files are another user's."""
    try:
        yield
    except PermissionError as error:
        raise NoDatabase(
            f"LondonNet's files in {cluster.installation.home} belong to another user. Be that user, or set "
            "LONDONNET_HOME to a folder of your own.",
            "home-of-another-user",
        ) from error


def embedded() -> EmbeddedServer:
    """The embedded server of the installation that the environment names."""
    return EmbeddedServer(Cluster(installation(), ENV.postgres))


def server() -> Context[ServerAddress]:
    """`with server() as address:` — DATABASE_URL's server, or the embedded one running for as long as the block does.

    Raises:
        NoDatabase: DATABASE_URL's server can't be used, or none can be started here.
    """
    if ENV.database_url:
        return nullcontext(reached(from_url(ENV.database_url)))
    return embedded().used()


def address() -> ServerAddress:
    """Where the server is that is running now; starts nothing.

    Raises:
        NoDatabase: there is no DATABASE_URL and the embedded server isn't running, or belongs to another user.
    """
    if ENV.database_url:
        return from_url(ENV.database_url)
    found = embedded().address()
    if found is None:
        raise NoDatabase("LondonNet's database isn't running. Start LondonNet with script/server, or set DATABASE_URL.")
    return found
