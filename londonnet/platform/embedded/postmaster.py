"""What PostgreSQL itself notes about its running server, in the data folder's postmaster.pid."""

import os
import shutil
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

from londonnet.platform.embedded.ports import is_answering

SETTLING = ("starting", "stopping")
SETTLE_SECONDS = 60.0


@dataclass(frozen=True)
class Postmaster:
    """The main process of a server, as PostgreSQL last noted it; it may be long gone."""

    pid: int
    port: int
    status: str

    @property
    def is_alive(self) -> bool:
        """Whether there is a process of that number at all."""
        try:
            os.kill(self.pid, 0)
        except ProcessLookupError:
            return False
        except PermissionError:
            return True
        return True

    @property
    def is_ready(self) -> bool:
        """Whether the server takes connections."""
        return self.status in ("ready", "standby") and self.is_alive and is_answering(self.port)

    @property
    def is_another_program(self) -> bool:
        """Whether the number has passed to another program, as after a restart of the machine, or is a zombie's."""
        program = program_of(self.pid) if self.is_alive else None
        return program is not None and "postgres" not in program


def noted(data: Path) -> Postmaster | None:
    """What postmaster.pid says: lines 1, 4 and 8 are the process, the port and the status."""
    try:
        lines = (data / "postmaster.pid").read_text().splitlines()
    except FileNotFoundError:
        return None
    if len(lines) < 4 or not (lines[0].isdecimal() and lines[3].isdecimal()):
        return None
    return Postmaster(int(lines[0]), int(lines[3]), lines[7].strip() if len(lines) > 7 else "starting")


def running(data: Path) -> Postmaster | None:
    """The server that takes connections on this data, if there is one."""
    found = noted(data)
    return found if found and found.is_ready else None


def settled(data: Path) -> Postmaster | None:
    """The running server, after one that is just starting or stopping has finished with that."""
    deadline = time.monotonic() + SETTLE_SECONDS
    while (found := noted(data)) and found.status in SETTLING and found.is_alive and not found.is_another_program:
        if time.monotonic() > deadline:
            break
        time.sleep(0.05)
    return running(data)


def forget_the_dead(data: Path) -> None:
    """Removes the note of a server that is gone and whose number another program now has: it would stop a start."""
    found = noted(data)
    if found and found.is_another_program:
        (data / "postmaster.pid").unlink(missing_ok=True)


def program_of(pid: int) -> str | None:
    """A process's name; None where it can't be known.

    Empty for one that has ended and that nobody has waited for, as happens in a container without an init.
    """
    try:
        name, _, rest = Path(f"/proc/{pid}/stat").read_text().rpartition(")")
        return "" if rest.split()[0] == "Z" else name.partition("(")[2]
    except OSError:
        return _program_by_ps(pid)


def _program_by_ps(pid: int) -> str | None:
    if shutil.which("ps") is None:
        return None
    command = ["ps", "-o", "stat=,comm=", "-p", str(pid)]
    shown = subprocess.run(command, check=False, capture_output=True, text=True).stdout  # noqa: S603
    return "" if shown.startswith("Z") else shown or None
