import os
import signal
import subprocess
import sys

import psycopg
import pytest

from londonnet.config.environment import ENV
from londonnet.platform.embedded import throwaway
from londonnet.platform.embedded.postgres import address

from .conftest import PROJECT, Program

# Says where its home is when the server runs, then waits to be killed.
LEFT_BEHIND = """
import signal
from londonnet.platform.embedded.throwaway import empty_server
with empty_server() as address:
    print(address.port, flush=True)
    signal.pause()
"""


def test_the_server_is_everybodys_in_this_process_and_its_children(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ENV, "database_url", None)
    monkeypatch.delenv("DATABASE_URL", raising=False)
    with throwaway.throwaway_server() as server:
        assert address().port == server.port
        assert os.environ["DATABASE_URL"] == server.url
    assert ENV.database_url is None
    assert "DATABASE_URL" not in os.environ


def test_a_server_that_is_given_is_used_and_left_running(monkeypatch: pytest.MonkeyPatch) -> None:
    with throwaway.empty_server() as given:
        monkeypatch.setattr(ENV, "database_url", given.url)
        with throwaway.throwaway_server() as server:
            assert server.port == given.port
        with psycopg.connect(given.dsn()) as connection:
            assert connection.execute("SELECT 1").fetchone() == (1,)


def test_the_command_form_passes_the_server_and_the_exit_status_on() -> None:
    check = "import os, psycopg, sys; psycopg.connect(os.environ['DATABASE_URL']); sys.exit(7)"
    command = [sys.executable, "-m", "londonnet.platform.embedded.throwaway", sys.executable, "-c", check]
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    assert subprocess.run(command, check=False, cwd=PROJECT, env=environment).returncode == 7


def test_what_a_killed_process_left_is_swept_away_by_the_next(program: Program) -> None:
    process = program(LEFT_BEHIND)
    assert process.stdout is not None
    port = int(process.stdout.readline())
    process.send_signal(signal.SIGKILL)
    process.wait()
    with throwaway.throwaway_home(), pytest.raises(psycopg.OperationalError):
        psycopg.connect(f"postgresql://postgres@127.0.0.1:{port}/postgres", connect_timeout=2)
