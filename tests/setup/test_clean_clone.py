"""`script/server` from a clean clone: the way a newcomer meets LondonNet."""

import contextlib
import os
import re
import signal
import subprocess
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from londonnet.platform.embedded.ports import free_port
from londonnet.platform.embedded.throwaway import throwaway_home

PROJECT = Path(__file__).resolve().parents[2]
STOP_SECONDS = 60

pytestmark = pytest.mark.clean_clone


@pytest.fixture(scope="module")
def clone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What is committed, as it would come from a server."""
    if not (PROJECT / ".git").exists():
        pytest.skip("this copy of LondonNet is no clone, so there is nothing to clone")
    folder = tmp_path_factory.mktemp("clean") / "a clone"  # a name with a space, as people have
    subprocess.run(["git", "clone", "--quiet", str(PROJECT), str(folder)], check=True)
    return folder


@pytest.fixture(scope="module")
def environment() -> Iterator[dict[str, str]]:
    """A person's environment, with ports and a home of our own."""
    unwanted = ("LONDONNET_", "DATABASE_URL", "DJANGO_", "PYTEST_", "VIRTUAL_ENV")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(unwanted)}
    with throwaway_home() as home:
        yield {
            **kept,
            "LONDONNET_HOME": str(home / "installation"),
            "LONDONNET_WEB_PORT": str(free_port()),
            "LONDONNET_LIVE_PORT": str(free_port()),
            "LONDONNET_POSTGRES": os.environ.get("LONDONNET_POSTGRES", "auto"),
        }


@pytest.fixture(scope="module")
def first_run(clone: Path, environment: dict[str, str]) -> Iterator["Server"]:
    with Server(clone, environment) as server:
        yield server


class Server:
    """`script/server`, from its start to Ctrl-C."""

    def __init__(self, clone: Path, environment: dict[str, str], *arguments: str) -> None:
        self._process = subprocess.Popen(
            ["script/server", *arguments],
            cwd=clone,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        self.said: list[str] = []

    def __enter__(self) -> "Server":
        self.until("Ctrl-C stops it.")
        return self

    def __exit__(self, *_: object) -> None:
        if self._process.poll() is None:
            self.stop()

    @property
    def address(self) -> str:
        """The address that it prints."""
        found = re.search(r"LondonNet is ready after [\d.]+ s: (http://\S+)", "\n".join(self.said))
        assert found, "".join(self.said)
        return found.group(1)

    @property
    def sign_ins(self) -> list[str]:
        """The lines that name a demo user."""
        return [line.strip() for line in self.said if line.startswith("  ") and "@" in line]

    def until(self, text: str) -> None:
        """Reads what it says until it says that; fails when it ends first."""
        assert self._process.stdout is not None
        for line in self._process.stdout:
            self.said.append(line.rstrip())
            if text in line:
                return
        pytest.fail("script/server ended early:\n" + "\n".join(self.said))

    def stop(self) -> int:
        """Ctrl-C; its exit status."""
        self._process.send_signal(signal.SIGINT)
        output, _ = self._process.communicate(timeout=STOP_SECONDS)
        self.said += output.splitlines()
        return self._process.returncode


def test_it_says_where_it_is_and_serves_the_sign_in_page_there(first_run: Server) -> None:
    with urllib.request.urlopen(first_run.address, timeout=30) as answer:
        page = answer.read().decode()
        assert answer.status == 200
        assert "sign-in" in answer.url
    assert 'type="password"' in page


def test_it_prints_a_sign_in_for_each_role_of_the_demo_trust(first_run: Server) -> None:
    said = "\n".join(first_run.sign_ins)
    for role in ("practitioner", "team manager", "head of service", "HR", "administrator", "auditor"):
        assert re.search(rf"^{role}\b.*\s\S+@\S+\s+\S+$", said, re.IGNORECASE | re.MULTILINE), role


def test_a_process_that_dies_is_started_again_and_that_is_said(first_run: Server, clone: Path) -> None:
    (live,) = [pid for pid, command in processes_with(str(clone)) if "uvicorn" in command]
    os.kill(live, signal.SIGKILL)
    first_run.until("live was ended by signal SIGKILL; starting it again")


def test_ctrl_c_stops_all_of_it_and_a_second_start_finds_the_same_demo_trust(
    first_run: Server, clone: Path, environment: dict[str, str]
) -> None:
    assert first_run.stop() == 0, "\n".join(first_run.said)
    assert first_run.said[-1] == "LondonNet has stopped."
    assert processes_with(str(clone)) == []
    assert processes_with(environment["LONDONNET_HOME"]) == []
    with Server(clone, environment) as second_run:
        assert second_run.sign_ins == first_run.sign_ins


def processes_with(text: str) -> list[tuple[int, str]]:
    """Number and command line of every process whose command line holds the text."""
    return [(pid, command) for pid, command in _all_processes() if text in command]


def _all_processes() -> Iterator[tuple[int, str]]:
    if not Path("/proc/self/cmdline").exists():
        rows = subprocess.run(["ps", "-axo", "pid=,args="], capture_output=True, text=True, check=True).stdout
        yield from (
            (int(pid), command) for pid, _, command in (row.strip().partition(" ") for row in rows.splitlines())
        )
        return
    for folder in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):  # it ended meanwhile
            yield int(folder.name), (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
