"""A live process in a thread, and pages that listen to it, as browsers do."""

import http.client
import json
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from types import TracebackType

import uvicorn
from django.conf import settings
from django.test import Client

from londonnet.platform.audit import wake
from londonnet.platform.live.application import build
from londonnet.platform.trusts import Trust, trust_scope

LONG_ENOUGH = 60.0  # seconds, on a machine that does ten other things


class _Told(uvicorn.Server):
    """Says when it has started."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.is_up = threading.Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.is_up.set()


@contextmanager
def live_process(check_every: float = 3600.0) -> Iterator[int]:
    """A live process; gives its port. Unless told otherwise, it never looks at a session again by itself."""
    listening = socket.create_server(("127.0.0.1", 0))
    server = _Told(uvicorn.Config(build(check_every=check_every), log_level="warning", timeout_graceful_shutdown=1))
    thread = threading.Thread(target=server.run, args=([listening],))
    thread.start()
    assert server.is_up.wait(LONG_ENOUGH)
    try:
        yield listening.getsockname()[1]
    finally:
        server.should_exit = server.force_exit = True
        thread.join(LONG_ENOUGH)
        listening.close()


def hostname(trust: Trust) -> str:
    return f"{trust.slug}.localhost"


def session_of(client: Client) -> str:
    return client.cookies[settings.SESSION_COOKIE_NAME].value


@dataclass
class Heard:
    """One event."""

    name: str
    content: dict[str, object] = field(default_factory=dict)


class OpenPage:
    """A page's connection."""

    def __init__(
        self, port: int, host: str, *topics: str, session: str = "", method: str = "GET", **extra: str
    ) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=LONG_ENOUGH)
        headers = {"Host": host, "Cookie": f"{settings.SESSION_COOKIE_NAME}={session}"}
        headers |= {name.replace("_", "-"): value for name, value in extra.items()}
        path = "/live?" + "&".join(f"topic={topic}" for topic in topics)
        self._connection.request(method, path, headers=headers)
        self.answer = self._connection.getresponse()
        self.status = self.answer.status

    def __enter__(self) -> "OpenPage":
        """Wait until it listens."""
        assert self.status == 200
        assert self._block() == [": listening", "id: 1", "retry: 2000"]
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        self.answer.close()
        self._connection.close()

    def hear(self) -> Heard:
        """The next event; empty when the connection was ended."""
        while lines := self._block():
            fields = dict(line.split(": ", 1) for line in lines if not line.startswith(":"))
            if "event" in fields:
                return Heard(fields["event"], json.loads(fields["data"]))
        return Heard("")

    def catch_up(self) -> None:
        """Read what the first page of a trust is told when its trust begins to be listened to: look at everything."""
        while self.hear().name != "changed":
            pass

    def changes_until(self, topic: str) -> list[str]:
        """What changed, in order, up to that topic."""
        changed: list[str] = []
        while topic not in changed:
            heard = self.hear()
            assert heard.name == "changed", heard
            changed += heard.content["topics"]  # type: ignore[arg-type]
        return changed

    def _block(self) -> list[str]:
        lines: list[str] = []
        while line := self.answer.readline().decode().rstrip("\r\n"):
            lines.append(line)
        return lines


def change(trust: Trust, *topics: str) -> None:
    """Commit a change to these topics."""
    with trust_scope(trust):
        wake(topics)
