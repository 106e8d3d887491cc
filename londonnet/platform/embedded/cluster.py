"""One PostgreSQL data folder: made, started and stopped, as an ordinary user. Nothing here counts who uses it."""

import json
import os
import secrets
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from londonnet.platform.embedded import binaries, postmaster
from londonnet.platform.embedded.addresses import NoDatabase, ServerAddress
from londonnet.platform.embedded.binaries import Binaries, Choice
from londonnet.platform.embedded.location import Installation
from londonnet.platform.embedded.ports import LOWEST, free_port, is_free
from londonnet.platform.embedded.service_user import ServiceUser, can_enter, run_as, service_user

ADMINISTRATOR = "postgres"
LONGEST_SOCKET_FOLDER = 85  # a socket's whole path may have about 104 bytes; PostgreSQL adds its file's name
WAIT_SECONDS = "60"
LONGEST_LOG_BYTES = 5_000_000

DURABLE: Mapping[str, str] = {
    "max_connections": "200",
    "shared_buffers": "256MB",
    "work_mem": "16MB",
    "maintenance_work_mem": "128MB",
    "effective_cache_size": "1GB",
    "max_wal_size": "2GB",
    "random_page_cost": "1.1",
    "jit": "off",
    "timezone": "'UTC'",
    "log_timezone": "'UTC'",
    "log_line_prefix": "'%m [%p] %d '",
    # An error's details quote the row that it met, and rows name people.
    "log_error_verbosity": "terse",
}
# For data that nobody will miss: nothing waits for the disk.
THROWAWAY: Mapping[str, str] = {
    **DURABLE,
    "max_connections": "400",
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
}


@dataclass(frozen=True)
class Cluster:
    """The data folder of one installation, and how its server is to run."""

    installation: Installation
    choice: Choice = "auto"
    is_durable: bool = True

    def address(self) -> ServerAddress | None:
        """Where the server is, if it runs."""
        place = self.installation
        found = postmaster.running(place.data)
        if found is None:
            return None
        started = json.loads((place.postgres / "started.json").read_text())
        return ServerAddress(
            host="127.0.0.1",
            port=found.port,
            user=ADMINISTRATOR,
            password=(place.postgres / "password").read_text().strip(),
            version=started["version"],
            source=started["source"],
            options=(("sslmode", "disable"),),
        )

    def settle(self) -> bool:
        """Waits for a server that is just starting or stopping; whether one runs."""
        return postmaster.settled(self.installation.data) is not None

    def start(self) -> None:
        """Makes the data if there is none and starts the server on it.

        Raises:
            NoDatabase: no binaries, data of another version, a closed folder, or PostgreSQL's own refusal.
        """
        place = self.installation
        place.make()
        chosen = binaries.chosen(self.choice, self._data_version())
        user = self._service_user()
        if user is not None:
            chosen = binaries.copied(chosen, place.postgres)
        if not (place.data / "PG_VERSION").exists():
            self._make_data(chosen, user)
        self._write_settings(user)
        self._launch(chosen, user)

    def stop(self) -> None:
        """Stops the server; sessions that are still open are ended."""
        place = self.installation
        started = json.loads((place.postgres / "started.json").read_text())
        command = (f"{started['folder']}/pg_ctl", "stop", "-D", place.data, "-m", "fast", "-w", "-t", WAIT_SECONDS)
        done = run_as(service_user(place.data), *command)
        if done.returncode and postmaster.running(place.data):
            raise NoDatabase(f"PostgreSQL didn't stop: {done.stderr.strip()}. See {place.log}.", "server-not-stopped")

    def _data_version(self) -> int | None:
        try:
            return int((self.installation.data / "PG_VERSION").read_text())
        except FileNotFoundError:
            return None

    def _service_user(self) -> ServiceUser | None:
        place = self.installation
        user = service_user(place.data)
        place.server.mkdir(exist_ok=True)
        place.server.chmod(0o755)
        if user is not None:
            os.chown(place.server, user.uid, user.gid)
            if not can_enter(user, place.server):
                raise NoDatabase(
                    f"PostgreSQL can't run as root; it would run as {user.name}, who can't enter {place.server}. "
                    "Set LONDONNET_HOME to a folder that others may pass through, such as one under /var/lib.",
                    "home-closed",
                )
        return user

    def _make_data(self, chosen: Binaries, user: ServiceUser | None) -> None:
        """The data has its name only when it is whole, so that a start that was cut off begins again."""
        place = self.installation
        unfinished = place.data.with_name("data.unfinished")
        if unfinished.exists():
            shutil.rmtree(unfinished)
        password = secrets.token_urlsafe(24)
        self._initdb(chosen, user, unfinished, password)
        with (unfinished / "postgresql.conf").open("a") as file:
            file.write("\ninclude_if_exists = '../londonnet.conf'\n")
        place.private_file(place.postgres / "password", password)
        unfinished.rename(place.data)

    def _initdb(self, chosen: Binaries, user: ServiceUser | None, data: Path, password: str) -> None:
        note = self.installation.server / "new-password"
        self.installation.private_file(note, password)
        if user is not None:
            os.chown(note, user.uid, user.gid)
        made = run_as(
            user,
            *(chosen.program("initdb"), "-D", data, "-U", ADMINISTRATOR, f"--pwfile={note}"),
            *("--encoding=UTF8", "--locale=C", "--auth=scram-sha-256"),
            *(() if self.is_durable else ("--no-sync",)),
        )
        note.unlink()
        if made.returncode:
            raise NoDatabase(f"{chosen.label} couldn't make its data: {made.stderr.strip()}", "data-not-made")

    def _write_settings(self, user: ServiceUser | None) -> None:
        place = self.installation
        settings = {
            **(DURABLE if self.is_durable else THROWAWAY),
            "listen_addresses": "'127.0.0.1'",
            "port": str(self._port()),
            "unix_socket_directories": f"'{self._socket_folder(user)}'",
        }
        text = "".join(f"{name} = {value}\n" for name, value in settings.items())
        (place.server / "londonnet.conf").write_text("# Written at each start of the server.\n" + text)
        (place.server / "londonnet.conf").chmod(0o644)

    def _port(self) -> int:
        note = self.installation.postgres / "port"
        last = note.read_text().strip() if note.exists() else ""
        port = int(last) if last.isdecimal() and int(last) >= LOWEST and is_free(int(last)) else free_port()
        self.installation.private_file(note, str(port))
        return port

    def _socket_folder(self, user: ServiceUser | None) -> str:
        folder = self.installation.socket
        if len(os.fsencode(folder)) > LONGEST_SOCKET_FOLDER or "'" in str(folder):
            return ""  # the loopback port is enough
        folder.mkdir(exist_ok=True)
        if user is not None:
            os.chown(folder, user.uid, user.gid)
        return str(folder)

    def _launch(self, chosen: Binaries, user: ServiceUser | None) -> None:
        place = self.installation
        postmaster.forget_the_dead(place.data)
        _shorten(place)
        started = {"version": chosen.version, "source": chosen.source, "folder": str(chosen.folder)}
        place.private_file(place.postgres / "started.json", json.dumps(started))
        command = (chosen.program("pg_ctl"), "start", "-D", place.data, "-l", place.log, "-w", "-t", WAIT_SECONDS)
        if run_as(user, *command).returncode:
            lines = place.log.read_text(errors="replace").splitlines() if place.log.exists() else []
            last = " / ".join(lines[-3:])
            raise NoDatabase(f"{chosen.label} didn't start: {last}. Its log is {place.log}.", "server-not-started")


def _shorten(place: Installation) -> None:
    """Puts a long log aside, in place of the one put aside before."""
    if place.log.exists() and place.log.stat().st_size > LONGEST_LOG_BYTES:
        place.log.replace(place.log.with_suffix(".log.old"))
