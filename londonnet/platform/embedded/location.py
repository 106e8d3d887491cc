"""Where an installation keeps what it makes: one home folder, and names for what lies in it."""

import os
import shutil
from dataclasses import dataclass
from pathlib import Path

from londonnet.config.environment import ENV

OWN_NAMES = ("postgres", "trusts", "demo", "secret_key", "demo-sign-ins.json")


@dataclass(frozen=True)
class Installation:
    """The folders and files of one installation (LONDONNET_HOME).

    The embedded server's own folder is the only one that belongs to the user who runs PostgreSQL.
    """

    home: Path

    @property
    def postgres(self) -> Path:
        """What LondonNet notes about its embedded server: locks, password, port."""
        return self.home / "postgres"

    @property
    def server(self) -> Path:
        """The folder of the user that runs PostgreSQL."""
        return self.postgres / "server"

    @property
    def data(self) -> Path:
        """PostgreSQL's data folder."""
        return self.server / "data"

    @property
    def socket(self) -> Path:
        """The folder of PostgreSQL's own socket."""
        return self.server / "socket"

    @property
    def log(self) -> Path:
        """PostgreSQL's log."""
        return self.server / "server.log"

    @property
    def demo_workbook(self) -> Path:
        """Where the demo trust's next extract lies, once it has been made."""
        return self.home / "demo" / "next-extract.xlsx"

    def private_file(self, path: Path, text: str) -> None:
        """Writes a file that only the home's owner can read; whole or not at all."""
        unfinished = path.with_name(f".{path.name}.{os.getpid()}")
        handle = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "w") as file:
            file.write(text)
        self.give_to_owner(unfinished)
        unfinished.replace(path)

    def give_to_owner(self, path: Path) -> None:
        """Lets the home's owner keep what root has made in it."""
        if os.geteuid() == 0:
            owner = self.home.stat()
            os.chown(path, owner.st_uid, owner.st_gid)

    def make(self) -> None:
        """Makes the home so that the user who runs PostgreSQL can pass through it."""
        for folder in (self.home, self.postgres):
            folder.mkdir(parents=True, exist_ok=True)
        if os.geteuid() == 0:
            for folder in (self.home, self.postgres):
                folder.chmod(folder.stat().st_mode | 0o011)
            self.give_to_owner(self.postgres)

    def empty(self) -> list[str]:
        """Removes everything an installation makes for itself and nothing else; the names of what it removed."""
        removed = [name for name in OWN_NAMES if (self.home / name).exists()]
        for name in removed:
            path = self.home / name
            shutil.rmtree(path) if path.is_dir() else path.unlink()
        return removed


def installation() -> Installation:
    """The installation that the environment names."""
    return Installation(ENV.home.absolute())
