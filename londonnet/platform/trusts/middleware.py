"""The trust of a request: its hostname names it, and nothing else does."""

import contextvars
from collections.abc import Callable, Iterator
from typing import TypeVar, cast

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, StreamingHttpResponse
from django.http.response import HttpResponseBase

from londonnet.config.environment import ENV

from . import registry
from .scope import trust_scope
from .trust import Trust

GetResponse = Callable[[HttpRequest], HttpResponseBase]
T = TypeVar("T")

_NOTHING_HERE = b"<!doctype html><html lang=en><title>Not found</title><h1>Not found</h1>"


class TrustMiddleware:
    """Enters the trust that the hostname names; an unknown name gets a plain 404 that tells nothing."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer the request inside its trust, streamed content included."""
        host = request.META.get("HTTP_HOST", "")
        if _is_bare_loopback(host):
            return HttpResponseRedirect(_on_base_domain(request, host))
        trust = registry.by_hostname(host)
        if trust is None:
            return HttpResponse(_NOTHING_HERE, status=404)
        with trust_scope(trust):
            request.trust = trust  # type: ignore[attr-defined]  # for templates and logs
            response = self.get_response(request)
        if isinstance(response, StreamingHttpResponse) and not response.is_async:
            response.streaming_content = _inside(trust, cast(Iterator[bytes], response.streaming_content))
        return response


def _inside(trust: Trust, chunks: Iterator[bytes]) -> Iterator[bytes]:
    """Make each chunk inside the trust: a streamed answer runs after its request's scope is closed."""
    while True:
        chunk = contextvars.copy_context().run(_next_chunk, trust, chunks)
        if chunk is None:
            return
        yield chunk


def _next_chunk(trust: Trust, chunks: Iterator[bytes]) -> bytes | None:
    with trust_scope(trust):
        return next(chunks, None)


def _is_bare_loopback(host: str) -> bool:
    return ENV.base_domain == "localhost" and host.partition(":")[0] == "127.0.0.1"


def _on_base_domain(request: HttpRequest, host: str) -> str:
    """127.0.0.1 in a browser goes to localhost, where cookies and hostnames of trusts work."""
    port = host.partition(":")[2]
    return f"http://{ENV.base_domain}{':' + port if port.isdecimal() else ''}{request.get_full_path()}"
