"""Keeps LondonNet's processes going: starts them, passes on what they say, restarts one that dies, stops them all."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

TIED = Path(__file__).with_name("tied.py")
GRACE_SECONDS = 10.0
STEADY_SECONDS = 30.0
LONGEST_DELAY_SECONDS = 30.0
LOOK_SECONDS = 0.1

Say = Callable[[str], None]


@dataclass(frozen=True)
class Service:
    """One process to keep going."""

    name: str
    command: tuple[str, ...]


@dataclass
class Patience:
    """How long to wait before starting again what has died: at once, then 1, 2, 4 … 30 seconds while it keeps dying."""

    deaths: int = 0

    def delay(self, lived_seconds: float) -> float:
        """Seconds to wait after a death; having lived for half a minute wipes out earlier deaths."""
        self.deaths = 1 if lived_seconds >= STEADY_SECONDS else self.deaths + 1
        return 0.0 if self.deaths == 1 else min(2.0 ** (self.deaths - 2), LONGEST_DELAY_SECONDS)


@dataclass
class Supervisor:
    """Runs services until it is told to stop. Each has a thread of its own, which starts it and waits for its end.

    Linux ties a child to the thread that started it, so that thread must live as long as the child.
    """

    services: Iterable[Service]
    say: Say
    grace_seconds: float = GRACE_SECONDS
    environment: dict[str, str] = field(default_factory=dict)
    _stopping: threading.Event = field(default_factory=threading.Event)
    _requests: int = 0
    _running: dict[str, subprocess.Popen[str]] = field(default_factory=dict)
    _turn: threading.Lock = field(default_factory=threading.Lock)
    _keepers: list[threading.Thread] = field(default_factory=list)

    def start(self) -> None:
        """Starts every service; from here on Ctrl-C, SIGTERM and a closed terminal ask for an orderly stop."""
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._asked)
        for service in self.services:
            keeper = threading.Thread(target=self._keep, args=(service,), name=service.name, daemon=True)
            self._keepers.append(keeper)
            keeper.start()

    def wait_until(self, condition: Callable[[], bool], seconds: float) -> bool:
        """Waits until the condition holds; False when the time is over or a stop is asked for first."""
        deadline = time.monotonic() + seconds
        while not condition():
            if self.is_stopping or time.monotonic() > deadline:
                return False
            time.sleep(LOOK_SECONDS)
        return True

    def wait(self) -> None:
        """Waits until a stop is asked for, then ends every service: politely, and after the grace by force."""
        while not self.is_stopping:
            time.sleep(LOOK_SECONDS)
        self._stopping.set()
        self._signal_all(lambda process: process.terminate())
        deadline = time.monotonic() + self.grace_seconds
        while (alive := self._keepers_alive()) and time.monotonic() < deadline and self._requests < 2:
            alive[0].join(LOOK_SECONDS)
        self._signal_all(lambda process: _end_group(process.pid))
        for keeper in self._keepers:
            keeper.join(self.grace_seconds)

    def stop(self) -> None:
        """Asks for an orderly stop; asked a second time, for one without grace.

        Only counts: a signal may come while this same thread holds the lock of an event.
        """
        self._requests += 1

    @property
    def is_stopping(self) -> bool:
        """Whether a stop has been asked for."""
        return self._requests > 0

    def _tell(self, line: str) -> None:
        """A reader that has gone away (a closed pipe) is no reason to stop a service."""
        with suppress(OSError):
            self.say(line)

    def _asked(self, _number: int, _frame: FrameType | None) -> None:
        self.stop()

    def _keepers_alive(self) -> list[threading.Thread]:
        return [keeper for keeper in self._keepers if keeper.is_alive()]

    def _signal_all(self, send: Callable[[subprocess.Popen[str]], None]) -> None:
        with self._turn:
            for process in self._running.values():
                send(process)

    def _keep(self, service: Service) -> None:
        patience = Patience()
        while process := self._begun(service):
            began = time.monotonic()
            status = self._followed(service, process)
            if self._stopping.is_set():
                return
            delay = patience.delay(time.monotonic() - began)
            self._tell(f"{service.name} {_ended(status)}; starting it again{f' in {delay:.0f} s' if delay else ''}")
            self._stopping.wait(delay)

    def _begun(self, service: Service) -> subprocess.Popen[str] | None:
        with self._turn:
            if self._stopping.is_set():
                return None
            process = subprocess.Popen(  # noqa: S603 - our own commands
                [sys.executable, "-S", str(TIED), str(os.getpid()), *service.command],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
                errors="replace",
                env={**os.environ, "PYTHONUNBUFFERED": "1", **self.environment},
                start_new_session=True,  # Ctrl-C reaches us alone; a dead service's own children can be found
            )
            self._running[service.name] = process
            return process

    def _followed(self, service: Service, process: subprocess.Popen[str]) -> int:
        reader = threading.Thread(target=self._pass_on, args=(service, process), daemon=True)
        reader.start()
        status = process.wait()
        with self._turn:
            self._running.pop(service.name, None)
        _end_group(process.pid)
        reader.join(self.grace_seconds)
        return status

    def _pass_on(self, service: Service, process: subprocess.Popen[str]) -> None:
        for line in process.stdout or ():
            self._tell(f"{service.name:>6} | {line.rstrip()}")


def _end_group(leader: int) -> None:
    """Ends what a process has left behind; orphans would keep its port."""
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(leader, signal.SIGKILL)


def _ended(status: int) -> str:
    if status < 0:
        return f"was ended by signal {signal.Signals(-status).name}"
    return f"ended by itself (exit status {status})"
