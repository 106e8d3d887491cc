"""The hub: one listening connection for each trust with an open page, however many pages there are."""

import asyncio
import contextlib
import json
from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import psycopg
import structlog

from londonnet.platform.audit.events import LIVE_CHANNEL
from londonnet.platform.trusts import Trust
from londonnet.platform.trusts.cluster import trust_params

from .pages import Page

log = structlog.get_logger("londonnet.live")

FIRST_PAUSE, LONGEST_PAUSE = 0.2, 5.0  # seconds between two tries to reach a database that went away
LINGER = 10.0  # seconds that a trust is listened to after its last page was closed
# A server that vanished without a word is noticed within half a minute.
_KEEPALIVES = {"keepalives": 1, "keepalives_idle": 10, "keepalives_interval": 5, "keepalives_count": 3}


class Room:
    """The open pages of one trust, and the connection that hears what changes in it."""

    def __init__(self, trust: Trust) -> None:
        self.trust = trust
        self._pages: dict[str, set[Page]] = defaultdict(set)
        self._is_listening = asyncio.Event()
        self._task = asyncio.create_task(self._listen_for_good(), name=f"live {trust.slug}")

    @property
    def is_empty(self) -> bool:
        """Whether no page is open."""
        return not self._pages

    async def listening(self, within: float = 5.0) -> None:
        """Wait until changes are heard, or the time is over; pages that are here by then are woken when they are.

        Args:
            within: seconds.
        """
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._is_listening.wait(), within)

    def enter(self, page: Page) -> None:
        """Let a page hear from now on."""
        for topic in page.ears:
            self._pages[topic].add(page)

    def leave(self, page: Page) -> None:
        """Let a page hear no more."""
        for topic in [topic for topic in page.ears if topic in self._pages]:
            self._pages[topic].discard(page)
            if not self._pages[topic]:
                del self._pages[topic]

    def narrow(self, page: Page, topics: frozenset[str]) -> None:
        """Let a page hear of these topics only."""
        self.leave(page)
        page.narrow(topics)
        self.enter(page)

    def hear(self, payload: str) -> None:
        """Wake the pages that a notification is for."""
        for said in _topics(payload):
            for topic in self._reached(said):
                for page in self._pages.get(topic, ()):
                    page.touch(topic)

    def hear_all(self) -> None:
        """Wake every page: what happened while nobody listened isn't known."""
        for page in {page for pages in self._pages.values() for page in pages}:
            page.touch_all()

    def close(self) -> None:
        """Listen no more."""
        self._task.cancel()

    def _reached(self, said: str) -> list[str]:
        app, _, rest = said.partition(":")
        if rest != "*":
            return [said]
        return [topic for topic in self._pages if topic.startswith(f"{app}:")]

    async def _listen_for_good(self) -> None:
        pause = FIRST_PAUSE
        while True:
            try:
                await self._listen()
            except (psycopg.Error, OSError) as error:
                pause = FIRST_PAUSE if self._is_listening.is_set() else min(2 * pause, LONGEST_PAUSE)
                self._is_listening.clear()
                log.warning("trust can't be listened to", trust=self.trust.slug, error=type(error).__name__)
            await asyncio.sleep(pause)

    async def _listen(self) -> None:
        params = await asyncio.to_thread(trust_params, self.trust)
        async with await psycopg.AsyncConnection.connect(**{**params, **_KEEPALIVES}, autocommit=True) as connection:
            await connection.execute(f"LISTEN {LIVE_CHANNEL}")
            self._is_listening.set()
            self.hear_all()  # the pages that are here already may have missed something
            async for said in connection.notifies():
                self.hear(said.payload)


class Hub:
    """The rooms of all trusts with open pages; belongs to one event loop."""

    def __init__(self, linger: float = LINGER) -> None:
        self._rooms: dict[str, Room] = {}
        self._linger = linger

    @asynccontextmanager
    async def entered(self, trust: Trust, page: Page) -> AsyncIterator[Room]:
        """For the length of the block, a page hears what changes in its trust."""
        room = self._rooms.get(trust.database)
        if room is None:
            room = self._rooms[trust.database] = Room(trust)
        room.enter(page)
        try:
            await room.listening()
            yield room
        finally:
            room.leave(page)
            if room.is_empty:
                asyncio.get_running_loop().call_later(self._linger, self._close_if_empty, room)

    def close(self) -> None:
        """Listen to nobody any more."""
        for room in self._rooms.values():
            room.close()
        self._rooms.clear()

    def trusts(self) -> list[Trust]:
        """The trusts that are listened to."""
        return [room.trust for room in self._rooms.values()]

    def _close_if_empty(self, room: Room) -> None:
        if room.is_empty and self._rooms.get(room.trust.database) is room:
            del self._rooms[room.trust.database]
            room.close()


def _topics(payload: str) -> list[str]:
    """The topics of a notification; one that isn't as it should be says nothing."""
    try:
        said: Any = json.loads(payload)
    except ValueError:
        said = None
    if not isinstance(said, list):
        log.warning("odd notification", length=len(payload))
        return []
    return [topic for topic in said if isinstance(topic, str)]
