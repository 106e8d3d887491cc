"""How soon a change reaches 1,000 open pages of one live process. Budget: within a second.

    python bench/live.py [--pages 1000] [--json]

Works in an installation of its own on the server that DATABASE_URL names (else on one for this run only), and leaves
nothing behind. Prints what it measured, and the ratio to a bare LISTEN on the same server in the same run.
"""

import argparse
import asyncio
import json
import os
import resource
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "londonnet.config.settings")
os.environ.setdefault("LONDONNET_HOME", tempfile.mkdtemp(prefix="londonnet-bench-"))

import django

django.setup()

import psycopg  # noqa: E402  # settings are read first
from django.conf import settings  # noqa: E402
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: E402
from django.contrib.sessions.backends.db import SessionStore  # noqa: E402

from londonnet.config.environment import ENV  # noqa: E402
from londonnet.platform.audit import wake  # noqa: E402
from londonnet.platform.jobs import enqueue, job  # noqa: E402
from londonnet.platform.jobs.progress import Progress  # noqa: E402
from londonnet.platform.trusts import Trust, testkit, trust_scope  # noqa: E402
from londonnet.platform.trusts.cluster import trust_params  # noqa: E402

if TYPE_CHECKING:
    from londonnet.platform.access.models import User

SINGLE_CHANGES = 300
OPENING_AT_ONCE = 50
LONGEST = 90.0  # seconds for one measurement, so that the whole is bounded in time
Times = list[float]


@job(name="bench.nothing", label="Nothing")
def nothing(progress: Progress, *, n: int) -> None:
    """A job to have a topic of."""


def session_of(user: "User") -> str:
    """The key of a session in which a user is signed in."""
    session = SessionStore()
    session[SESSION_KEY], session[HASH_SESSION_KEY] = str(user.pk), user.get_session_auth_hash()
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session.save()
    return str(session.session_key)


def prepare(trust: Trust, pages: int) -> tuple[str, list[str]]:
    """An administrator's session, and a topic for each page."""
    from londonnet.platform.access.models import RoleGrant, User

    with trust_scope(trust):
        user = User.objects.create_user(email="bench@example.org", name="Bench")
        RoleGrant.objects.create(user=user, role="administrator", scope_kind="trust", scope_code="")
        return session_of(user), [f"jobs:job:{enqueue(nothing, n=n).id}" for n in range(pages)]


@contextmanager
def live_process() -> Iterator[tuple[int, int]]:
    """The live process as it is started in an installation; gives its port and its id."""
    environment = {**os.environ, "LONDONNET_DATABASE_PREFIX": ENV.database_prefix}
    with socket.create_server(("127.0.0.1", 0), backlog=2048) as listening:
        command = ["-m", "uvicorn", "--fd", str(listening.fileno()), "--log-level", "warning"]
        process = subprocess.Popen(
            [sys.executable, *command, "londonnet.config.asgi:application"],
            pass_fds=[listening.fileno()],
            env=environment,
            cwd=Path(__file__).parent.parent,
        )
        try:
            yield listening.getsockname()[1], process.pid
        finally:
            process.terminate()
            process.wait(10)


class OpenPage:
    """A page's connection; notes when it hears of its topic."""

    def __init__(self, topic: str) -> None:
        self.topic = topic
        self.heard_at = 0.0
        self.heard = asyncio.Event()

    async def open(self, port: int, trust: Trust, session: str) -> None:
        """Open it and wait until it listens."""
        self.reader, self.writer = await asyncio.open_connection("127.0.0.1", port)
        cookie = f"{settings.SESSION_COOKIE_NAME}={session}"
        request = f"GET /live?topic={self.topic} HTTP/1.1\r\nHost: {trust.slug}.localhost\r\nCookie: {cookie}\r\n\r\n"
        self.writer.write(request.encode())
        status = await self.reader.readline()
        if b" 200 " not in status:
            raise SystemExit(f"A page couldn't be opened: {status.decode().strip()}")
        await self.reader.readuntil(b": listening")
        self.following = asyncio.create_task(self._follow())

    async def _follow(self) -> None:
        while line := await self.reader.readline():
            if line.startswith(b"event: changed"):
                self.heard_at = time.perf_counter()
                self.heard.set()

    def close(self) -> None:
        """Close it."""
        self.following.cancel()
        self.writer.close()


def notify(trust: Trust, topic: str) -> float:
    """Change something; the moment at which it was committed, at the latest."""
    with trust_scope(trust):
        began = time.perf_counter()
        wake((topic,))
    return began


async def change_for_all(trust: Trust, pages: list[OpenPage]) -> Times:
    """Seconds until each page heard of one change that reaches all of them."""
    for page in pages:
        page.heard.clear()
    began = await asyncio.to_thread(notify, trust, "jobs:*")
    await asyncio.wait_for(asyncio.gather(*(page.heard.wait() for page in pages)), LONGEST)
    return [page.heard_at - began for page in pages]


async def changes_for_one(trust: Trust, pages: list[OpenPage]) -> Times:
    """Seconds until the page that a change is for heard of it, for one page after the other."""
    times = []
    for page in pages[:: max(1, len(pages) // SINGLE_CHANGES)]:
        page.heard.clear()
        began = await asyncio.to_thread(notify, trust, page.topic)
        await asyncio.wait_for(page.heard.wait(), LONGEST)
        times.append(page.heard_at - began)
    return times


def bare_listen(trust: Trust) -> Times:
    """Seconds until a bare connection hears of a notification: what PostgreSQL itself takes."""
    times = []
    with psycopg.connect(**trust_params(trust), autocommit=True) as connection:
        connection.execute("LISTEN londonnet_live")
        for _ in range(50):
            began = notify(trust, "jobs:*")
            next(connection.notifies(timeout=LONGEST, stop_after=1))
            times.append(time.perf_counter() - began)
    return times


async def measure(port: int, trust: Trust, session: str, topics: list[str]) -> dict[str, Times]:
    """Open all pages, and measure."""
    pages = [OpenPage(topic) for topic in topics]
    began = time.perf_counter()
    for first in range(0, len(pages), OPENING_AT_ONCE):
        await asyncio.gather(*(page.open(port, trust, session) for page in pages[first : first + OPENING_AT_ONCE]))
    opened = time.perf_counter() - began
    await change_for_all(trust, pages)  # what was still to come of the opening
    found = {
        "open all pages": [opened],
        "one change for all pages": await change_for_all(trust, pages),
        "a change for one page": await changes_for_one(trust, pages),
    }
    for page in pages:
        page.close()
    return found


def memory_megabytes(pid: int) -> float:
    """What a process holds in memory; 0 where that can't be told."""
    status = Path(f"/proc/{pid}/status")
    lines = status.read_text().splitlines() if status.exists() else []
    return sum(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS"))


def percentile(times: Times, share: float) -> float:
    """The time within which that share of all was done."""
    return sorted(times)[min(len(times) - 1, int(share * len(times)))]


def figures(times: Times, bare: float) -> dict[str, float]:
    """The figures of one measurement, in milliseconds, with the ratio of its median to a bare LISTEN's."""
    return {
        "p50_ms": round(1000 * statistics.median(times), 1),
        "p95_ms": round(1000 * percentile(times, 0.95), 1),
        "max_ms": round(1000 * max(times), 1),
        "ratio_to_bare_listen": round(statistics.median(times) / bare, 1),
    }


def run(pages: int) -> dict[str, dict[str, float]]:
    """Measure in an installation of its own."""
    from londonnet.platform.embedded.throwaway import throwaway_server

    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    with throwaway_server(), testkit.installation() as made:
        session, topics = prepare(made.beta, pages)
        with live_process() as (port, pid):
            found = asyncio.run(measure(port, made.beta, session, topics))
            memory = memory_megabytes(pid)
        bare = bare_listen(made.beta)
        middle = statistics.median(bare)
        results = {name: figures(times, middle) for name, times in {**found, "a bare LISTEN": bare}.items()}
        return {**results, "live process": {"pages": pages, "memory_mb": round(memory, 1)}}


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--pages", type=int, default=1000)
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    results = run(asked.pages)
    if asked.json:
        print(json.dumps(results))
        return
    for name, values in results.items():
        print(f"{name:26}", "  ".join(f"{key} {value:,}" for key, value in values.items()))


if __name__ == "__main__":
    main()
