"""Network ports of this machine: which are free, and who has one that isn't."""

import random
import shutil
import socket
import subprocess
from contextlib import closing
from pathlib import Path

from londonnet.platform.errors import LondonNetError

# Below the range from which systems take the ports of outgoing connections.
LOWEST, HIGHEST = 20000, 30000
LISTENING = "0A"


class PortInUse(LondonNetError):
    """A port that LondonNet is to serve on belongs to another program."""

    def __init__(self, port: int, setting: str) -> None:
        super().__init__(
            f"Port {port} is in use{_by(port)}. Stop that program or use another port: "
            f"{setting}={free_port(port + 10)} script/server",
            "port-in-use",
        )


def is_free(port: int) -> bool:
    """Whether a program could serve `localhost` on this port: nobody answers there, and it can be taken."""
    if is_answering(port) or _answers(socket.AF_INET6, "::1", port):
        return False
    with closing(socket.socket(socket.AF_INET, socket.SOCK_STREAM)) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def is_answering(port: int) -> bool:
    """Whether a program takes connections on this port of 127.0.0.1."""
    return _answers(socket.AF_INET, "127.0.0.1", port)


def _answers(family: socket.AddressFamily, host: str, port: int) -> bool:
    try:
        with closing(socket.socket(family, socket.SOCK_STREAM)) as probe:
            probe.settimeout(1)
            return probe.connect_ex((host, port)) == 0
    except OSError:
        return False


def free_port(preferred: int | None = None) -> int:
    """The preferred port if it is free, else one near the preferred, else any of ours."""
    if preferred is not None and preferred <= 65535 - 50:
        for port in range(preferred, preferred + 50):
            if is_free(port):
                return port
    choice = random.SystemRandom()
    return next(port for port in iter(lambda: choice.randrange(LOWEST, HIGHEST), None) if is_free(port))


def check_free(port: int, setting: str) -> None:
    """Stops with a message that says who has the port and which setting chooses another.

    Raises:
        PortInUse: the port is taken.
    """
    if not is_free(port):
        raise PortInUse(port, setting)


def _by(port: int) -> str:
    holder = _holder_from_proc(port) if Path("/proc/net/tcp").exists() else _holder_from_lsof(port)
    return f" by {holder}" if holder else ""


def _holder_from_proc(port: int) -> str | None:
    sockets = {f"socket:[{inode}]" for inode in _listening_inodes(port)}
    for handle in Path("/proc").glob("[0-9]*/fd/*"):
        try:
            if str(handle.readlink()) in sockets:
                process = handle.parent.parent
                return f"{(process / 'comm').read_text().strip()} (process {process.name})"
        except OSError:  # it ended meanwhile, or belongs to another user
            continue
    return None


def _listening_inodes(port: int) -> list[str]:
    """Lines of /proc/net/tcp: number, local address:port in hex, remote, state, …, the inode tenth."""
    rows = [line.split() for table in ("tcp", "tcp6") for line in _lines(Path("/proc/net") / table)[1:]]
    return [row[9] for row in rows if row[3] == LISTENING and int(row[1].rpartition(":")[2], 16) == port]


def _lines(path: Path) -> list[str]:
    return path.read_text().splitlines() if path.exists() else []


def _holder_from_lsof(port: int) -> str | None:
    lsof = shutil.which("lsof")
    if lsof is None:
        return None
    command = [lsof, "-nP", f"-iTCP:{port}", "-sTCP:LISTEN", "-Fpc"]
    found = subprocess.run(command, check=False, capture_output=True, text=True).stdout.split()  # noqa: S603
    fields = {line[0]: line[1:] for line in found}
    return f"{fields['c']} (process {fields['p']})" if {"c", "p"} <= fields.keys() else None
