"""What one open page is sent, from its opening to its end."""

import asyncio
import json
import random
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass

import structlog
from django.db import DatabaseError
from sse_starlette import ServerSentEvent

from londonnet.platform.trusts import Trust

from .admission import admit
from .hub import Hub, Room
from .pages import Page

log = structlog.get_logger("londonnet.live")

RETRY = 2000  # milliseconds until the browser opens a lost connection again
SAYINGS_APART = 0.2  # seconds between two events of a page; what changes meanwhile is told in one
_SEPARATOR = "\n"


@dataclass(frozen=True, slots=True)
class Visit:
    """A page's wish to listen, as far as it was granted.

    Args:
        trust: the trust of the hostname.
        session_key: the session that stands behind it.
        page: what it listens to.
        refused: whether it asked for more than it may have.
        is_back: whether its connection had been lost, so that it may have missed something.
    """

    trust: Trust
    session_key: str
    page: Page
    refused: bool
    is_back: bool


async def stream(hub: Hub, visit: Visit, check_every: float) -> AsyncIterator[ServerSentEvent]:
    """Everything that an open page is sent.

    Args:
        hub: where changes are heard.
        visit: the page and its session.
        check_every: seconds between two looks at whether the session and its rights still stand.
    """
    page = visit.page
    async with hub.entered(visit.trust, page) as room:
        # With an id, a browser says when it comes back after its connection was lost.
        yield ServerSentEvent(comment="listening", id="1", retry=RETRY, sep=_SEPARATOR)
        if visit.refused:
            yield _event("refused", {})
        if visit.is_back:
            page.touch_all()
        next_check = _from_now(check_every)
        while not page.is_ending:
            await page.woken(next_check - time.monotonic())
            if page.must_check or time.monotonic() >= next_check:
                next_check = _from_now(check_every)
                if not await _may_go_on(room, visit):
                    yield _event("signed-out", {})
                    return
            if changed := page.take():
                yield _event("changed", {"topics": changed})
                await _breathe(page)
    yield _event("stopping", {}, retry=RETRY // 4)


async def _may_go_on(room: Room, visit: Visit) -> bool:
    """Whether the session still stands; rights that are gone are taken from the page."""
    visit.page.must_check = False
    try:
        admission = await asyncio.to_thread(admit, visit.trust, visit.session_key, visit.page.topics)
    except DatabaseError:
        log.warning("session can't be looked at", trust=visit.trust.slug)
        return True  # nothing is heard from a database that is away; it is looked at again when it is back
    if admission is None:
        return False
    if admission.refused:
        room.narrow(visit.page, admission.topics)
    return True


async def _breathe(page: Page) -> None:
    if not page.is_ending:
        await asyncio.sleep(SAYINGS_APART)


def farewell() -> ServerSentEvent:
    """What somebody is sent whose session has ended."""
    return _event("signed-out", {})


def _event(name: str, content: dict[str, object], retry: int | None = None) -> ServerSentEvent:
    return ServerSentEvent(json.dumps(content), event=name, retry=retry, sep=_SEPARATOR)


def _from_now(seconds: float) -> float:
    """A moment about so many seconds away; spread, so that a thousand pages don't ask at once."""
    return time.monotonic() + seconds * random.uniform(0.9, 1.1)  # noqa: S311  # nothing secret
