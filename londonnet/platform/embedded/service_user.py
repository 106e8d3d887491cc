"""PostgreSQL refuses to run as root: who runs it then, and how."""

import os
import pwd
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

CANDIDATES = ("postgres", "_postgres", "londonnet")
NEW_USER = "londonnet"


@dataclass(frozen=True)
class ServiceUser:
    """An ordinary user of this machine."""

    name: str
    uid: int
    gid: int


def service_user(data: Path) -> ServiceUser | None:
    """Who runs the server on this data folder; None when we are an ordinary user and run it ourselves.

    Data that exists stays with its owner, so that root and an ordinary user can take turns.
    """
    if os.geteuid() != 0:
        return None
    if data.exists() and data.stat().st_uid != 0:
        owner = data.stat()
        return ServiceUser(_name(owner.st_uid), owner.st_uid, owner.st_gid)
    known = next((user for user in map(_known, CANDIDATES) if user), None)
    return known or _made() or _known("nobody")


def _name(uid: int) -> str:
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return str(uid)


def _known(name: str) -> ServiceUser | None:
    try:
        entry = pwd.getpwnam(name)
    except KeyError:
        return None
    return ServiceUser(name, entry.pw_uid, entry.pw_gid)


def _made() -> ServiceUser | None:
    command = shutil.which("useradd")
    if command is None:
        return None
    shell = "/usr/sbin/nologin"
    subprocess.run(  # noqa: S603 - a fixed command
        [command, "--system", "--user-group", "--no-create-home", "--shell", shell, NEW_USER],
        check=False,
        capture_output=True,
    )
    return _known(NEW_USER)


def run_as(user: ServiceUser | None, *command: str | Path) -> subprocess.CompletedProcess[str]:
    """Runs a command to its end as that user, with nothing of our environment but the path.

    PostgreSQL's programs read PGPORT, PGOPTIONS and the like, which belong to the person at the keyboard.
    """
    identity = {} if user is None else {"user": user.uid, "group": user.gid, "extra_groups": []}
    return subprocess.run(  # type: ignore[call-overload, no-any-return]  # noqa: S603 - our own binaries
        [str(part) for part in command],
        check=False,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        errors="replace",
        cwd="/",
        start_new_session=True,  # Ctrl-C is for us: PostgreSQL is then stopped in good order
        env={"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C"},
        **identity,
    )


def can_enter(user: ServiceUser | None, folder: Path) -> bool:
    """Whether that user can get into the folder through all that lie above it."""
    return run_as(user, "/bin/sh", "-c", 'cd "$1"', "sh", folder).returncode == 0
