"""The supervisor: what dies is started again and said, and nothing outlives it."""

import os
import signal
import subprocess
import time

import pytest

from londonnet.platform.embedded.postmaster import Postmaster, program_of
from londonnet.platform.embedded.processes import Patience

from .conftest import Program

# Runs one service until a signal comes; `python -c CODE` is the service.
SUPERVISED = """
import sys
from londonnet.platform.embedded.postmaster import Postmaster, program_of
from londonnet.platform.embedded.processes import Service, Supervisor
supervisor = Supervisor([Service("demo", (sys.executable, "-c", sys.argv[1]))], lambda line: print(line, flush=True))
supervisor.grace_seconds = float(sys.argv[2])
supervisor.start()
supervisor.wait()
print("all stopped", flush=True)
"""
PATIENT = "import os, signal; print('up', os.getpid(), flush=True); signal.pause()"
STUBBORN = "import os, signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); " + PATIENT
WITH_CHILD = (
    "import os, signal\nchild = os.fork()\nif child: print('up', os.getpid(), child, flush=True)\nsignal.pause()\n"
)


def test_a_process_that_dies_is_started_again_and_that_is_said(program: Program) -> None:
    supervisor = program(SUPERVISED, PATIENT, 10)
    first = _numbers(supervisor)
    os.kill(first[0], signal.SIGKILL)
    assert "demo was ended by signal SIGKILL; starting it again" in _line(supervisor)
    assert _numbers(supervisor) != first


def test_what_keeps_dying_is_said_with_the_delay(program: Program) -> None:
    supervisor = program(SUPERVISED, "raise SystemExit(3)", 10)
    assert _line(supervisor) == "demo ended by itself (exit status 3); starting it again\n"
    assert _line(supervisor) == "demo ended by itself (exit status 3); starting it again in 1 s\n"


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_request_to_stop_ends_all_in_good_order(program: Program, number: signal.Signals) -> None:
    supervisor = program(SUPERVISED, PATIENT, 10)
    (service,) = _numbers(supervisor)
    supervisor.send_signal(number)
    output, _ = supervisor.communicate(timeout=20)
    assert output == "all stopped\n"
    assert supervisor.returncode == 0
    assert not _is_alive(service)


def test_what_does_not_stop_in_time_is_ended(program: Program) -> None:
    supervisor = program(SUPERVISED, STUBBORN, 0.2)
    (service,) = _numbers(supervisor)
    supervisor.terminate()
    assert supervisor.communicate(timeout=20)[0] == "all stopped\n"
    assert not _is_alive(service)


def test_asking_twice_ends_at_once(program: Program) -> None:
    supervisor = program(SUPERVISED, STUBBORN, 600)
    (service,) = _numbers(supervisor)
    supervisor.send_signal(signal.SIGINT)
    while supervisor.poll() is None:
        supervisor.send_signal(signal.SIGINT)
    assert not _is_alive(service), supervisor.communicate()


def test_the_children_of_a_dead_process_go_with_it(program: Program) -> None:
    supervisor = program(SUPERVISED, WITH_CHILD, 10)
    leader, child = _numbers(supervisor)
    os.kill(leader, signal.SIGKILL)
    _line(supervisor)
    _numbers(supervisor)  # started again: by then the orphan is gone
    assert not _is_alive(child)


def test_nothing_outlives_a_supervisor_that_was_killed(program: Program) -> None:
    supervisor = program(SUPERVISED, PATIENT, 10)
    (service,) = _numbers(supervisor)
    supervisor.kill()
    deadline = time.monotonic() + 20  # it is told of the death, and ends in its own time
    while _is_alive(service) and time.monotonic() < deadline:
        os.sched_yield()
    assert not _is_alive(service)


def test_the_delay_grows_while_it_keeps_dying_and_is_forgotten_after_a_steady_time() -> None:
    patience = Patience()
    assert [patience.delay(1) for _ in range(8)] == [0, 1, 2, 4, 8, 16, 30, 30]
    assert [patience.delay(31), patience.delay(1)] == [0, 1]


def _line(process: "subprocess.Popen[str]") -> str:
    assert process.stdout is not None
    return process.stdout.readline()


def _numbers(process: "subprocess.Popen[str]") -> list[int]:
    name, _, said = _line(process).partition(" | up ")
    assert name.strip() == "demo"
    return [int(number) for number in said.split()]


def _is_alive(pid: int) -> bool:
    """A process that has ended and only waits to be noticed by its parent isn't alive."""
    return Postmaster(pid, 0, "").is_alive and bool(program_of(pid))
