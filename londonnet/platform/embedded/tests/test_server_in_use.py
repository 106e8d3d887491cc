"""Who uses the server is counted by the kernel: the last to leave stops it, and nobody else."""

import os
import signal
import subprocess

import psycopg
import pytest

from londonnet.platform.embedded import postmaster
from londonnet.platform.embedded.addresses import NoDatabase, ServerAddress
from londonnet.platform.embedded.postgres import EmbeddedServer

from .conftest import Program

# Says the port when the server runs; leaves when its standard input ends.
USER = """
import sys
from pathlib import Path
from londonnet.platform.embedded.cluster import Cluster
from londonnet.platform.embedded.location import Installation
from londonnet.platform.embedded.postgres import EmbeddedServer
with EmbeddedServer(Cluster(Installation(Path(sys.argv[1])), is_durable=False)).used() as address:
    print(address.port, flush=True)
    sys.stdin.read()
"""


def test_the_server_runs_while_it_is_used_and_not_afterwards(embedded: EmbeddedServer) -> None:
    with embedded.used() as address:
        assert embedded.address() == address
        assert psycopg.connect(address.dsn()).execute("SELECT current_setting('server_encoding')").fetchone() == (
            "UTF8",
        )
    assert embedded.address() is None


def test_a_command_that_leaves_does_not_stop_the_server_of_another(embedded: EmbeddedServer, program: Program) -> None:
    other = program(USER, embedded.cluster.installation.home)
    port = int(_line(other))
    with embedded.used() as address:
        assert address.port == port
    assert embedded.address() == address
    other.communicate()
    assert embedded.address() is None


def test_the_first_may_leave_before_the_last(embedded: EmbeddedServer, program: Program) -> None:
    with embedded.used() as address:
        other = program(USER, embedded.cluster.installation.home)
        _line(other)
    with psycopg.connect(address.dsn()) as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)
    other.communicate()
    assert embedded.address() is None


def test_a_user_that_was_killed_is_not_counted(embedded: EmbeddedServer, program: Program) -> None:
    killed = program(USER, embedded.cluster.installation.home)
    port = int(_line(killed))
    killed.send_signal(signal.SIGKILL)
    killed.wait()
    with embedded.used() as address:
        assert address.port == port, "the server it left behind is taken over"
    assert embedded.address() is None


def test_rows_and_port_survive_a_stop(embedded: EmbeddedServer) -> None:
    with embedded.used() as before, psycopg.connect(before.dsn()) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 42 AS answer")
    with embedded.used() as after, psycopg.connect(after.dsn()) as connection:
        assert connection.execute("SELECT answer FROM kept").fetchone() == (42,)
    assert after == before


def test_a_server_that_was_killed_is_started_again(embedded: EmbeddedServer) -> None:
    with embedded.used():
        found = postmaster.noted(embedded.cluster.installation.data)
        assert found is not None
        os.kill(found.pid, signal.SIGQUIT)  # PostgreSQL's own way of ending at once, without tidying up
        while found.is_alive and not found.is_another_program:
            os.sched_yield()
        with embedded.used() as again:
            assert psycopg.connect(again.dsn()).execute("SELECT 1").fetchone() == (1,)


def test_a_note_whose_process_number_went_to_another_program_does_not_stop_a_start(embedded: EmbeddedServer) -> None:
    with embedded.used():
        pass
    data = embedded.cluster.installation.data
    (data / "postmaster.pid").write_text(f"{os.getpid()}\n{data}\n1\n1\n\n127.0.0.1\n\nready\n")
    with embedded.used() as address:
        assert embedded.address() == address


def test_nobody_gets_in_without_the_password(empty: ServerAddress) -> None:
    wrong = empty.dsn().replace(str(empty.password), "wrong")
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(wrong)


def test_password_and_notes_are_closed_to_others(embedded: EmbeddedServer, empty: ServerAddress) -> None:
    place = embedded.cluster.installation
    assert (place.postgres / "password").stat().st_mode & 0o077 == 0
    assert place.data.stat().st_mode & 0o077 == 0


def test_the_server_never_runs_as_root(embedded: EmbeddedServer, empty: ServerAddress) -> None:
    assert embedded.cluster.installation.data.stat().st_uid != 0


def test_data_in_use_is_not_removed(embedded: EmbeddedServer, empty: ServerAddress) -> None:
    with pytest.raises(NoDatabase, match="Stop it first"):
        embedded.remove()
    assert embedded.cluster.installation.data.exists()


def test_removal_takes_what_the_installation_made_and_nothing_else(embedded: EmbeddedServer) -> None:
    home = embedded.cluster.installation.home
    with embedded.used():
        (home / "letter.txt").write_text("mine")
    assert "postgres" in embedded.remove()
    assert not (home / "postgres").exists()
    assert (home / "letter.txt").read_text() == "mine"


def _line(process: "subprocess.Popen[str]") -> str:
    assert process.stdout is not None
    return process.stdout.readline()
