"""The live process: opens connections for pages, and tells them what changed."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from typing import cast

import anyio
from django.conf import settings
from django.db import DatabaseError
from sse_starlette import EventSourceResponse
from starlette.applications import Starlette
from starlette.datastructures import MutableHeaders
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from londonnet.platform.trusts import Trust, registry

from . import origins
from .admission import Admission, admit
from .hub import Hub
from .pages import Page
from .stream import Visit, farewell, stream
from .topics import MOST_TOPICS
from .waking import of_session, of_user

CHECK_EVERY = 60.0  # seconds between two looks at a session and its rights
KEEP_ALIVE = 15  # seconds between two comments that keep a quiet connection open
SLOWEST = 20.0  # seconds that a page may take to read what it is sent
GOODBYE = 0.5  # seconds that pages have to hear that the process stops


def build(*, check_every: float = CHECK_EVERY) -> Starlette:
    """The ASGI application.

    Args:
        check_every: seconds between two looks at whether a session and its rights still stand.
    """
    hub = Hub()

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        yield
        hub.close()

    routes = [
        Route("/live", partial(_live, hub, check_every), methods=["GET", "OPTIONS"]),
        Route("/healthz", _healthy),
        Route("/live/healthz", _healthy),
    ]
    return Starlette(routes=routes, lifespan=lifespan, middleware=[Middleware(Sealed)])


class Sealed:
    """No answer of this process is a page: nothing in it may run, be framed or be taken for something else."""

    HEADERS = {
        "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "no-referrer",
    }

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def sealed(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(self.HEADERS)
            await send(message)

        await self.app(scope, receive, sealed if scope["type"] == "http" else send)


async def _healthy(_: Request) -> Response:
    return PlainTextResponse("ok")


async def _live(hub: Hub, check_every: float, request: Request) -> Response:
    """Open a page's connection, if its host, its origin and its session allow it."""
    host, origin = request.headers.get("host", ""), request.headers.get("origin")
    try:
        trust = await asyncio.to_thread(registry.by_hostname, host)
        if trust is None:
            return PlainTextResponse("Not found", 404)
        if origin is not None and not await asyncio.to_thread(origins.is_own, origin, trust, host):
            return PlainTextResponse("This page may not listen here", 403)
        if request.method == "OPTIONS":
            return Response(status_code=204, headers=origins.preflight_headers(origin) if origin else {})
        return await _opened(hub, check_every, request, trust)
    except DatabaseError:
        return PlainTextResponse("Try again soon", 503, {"Retry-After": "2"})


async def _opened(hub: Hub, check_every: float, request: Request, trust: Trust) -> Response:
    topics = request.query_params.getlist("topic")
    if not topics or len(topics) > MOST_TOPICS:
        return PlainTextResponse(f"Name 1 to {MOST_TOPICS} topics: /live?topic=…", 400, _headers(request))
    session_key = request.cookies.get(settings.SESSION_COOKIE_NAME, "")
    admission = await asyncio.to_thread(admit, trust, session_key, topics)
    if admission is None:
        return _signed_out(request)
    visit = _visit(request, trust, session_key, admission)
    return EventSourceResponse(
        stream(hub, visit, check_every),
        headers=_headers(request),
        ping=KEEP_ALIVE,
        sep="\n",
        send_timeout=SLOWEST,
        shutdown_event=cast(anyio.Event, visit.page),  # all that is asked of it is set()
        shutdown_grace_period=GOODBYE,
    )


def _visit(request: Request, trust: Trust, session_key: str, admission: Admission) -> Visit:
    page = Page(admission.topics, (of_session(session_key), of_user(admission.user_id)))
    return Visit(trust, session_key, page, admission.refused, _is_back(request))


def _signed_out(request: Request) -> Response:
    """A browser can't read why a connection is refused, so one that comes back is told, and closed."""
    if not _is_back(request):
        return PlainTextResponse("Sign in first", 401, _headers(request))

    async def say_so() -> AsyncIterator[object]:
        yield farewell()

    return EventSourceResponse(say_so(), headers=_headers(request), sep="\n")


def _is_back(request: Request) -> bool:
    """Whether the browser had a connection before, and lost it."""
    return "last-event-id" in request.headers


def _headers(request: Request) -> dict[str, str]:
    origin = request.headers.get("origin")
    return origins.headers(origin) if origin else {}
