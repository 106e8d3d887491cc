"""The outbox, for administrators of trusts that have no mail server (yet)."""

import re

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from londonnet.config.environment import ENV
from londonnet.platform.audit import consulted
from londonnet.platform.errors import NotAllowed

from . import selectors

_LINK = re.compile(r"https?://\S+")


@require_safe
def outbox(request: HttpRequest) -> HttpResponse:
    """Messages that wait or couldn't be sent, the newest first."""
    before = request.GET.get("before", "")
    page = selectors.unsent(int(before) if before.isdecimal() and len(before) < 19 else None)
    return render(request, "notices/outbox.html", {"page": page, "has_server": bool(ENV.smtp_url)})


@require_safe
def message(request: HttpRequest, pk: int) -> HttpResponse:
    """One message, links in it to be followed; reading it stands in the trail, since it is somebody else's."""
    found = selectors.message(pk)
    if found is None:
        raise NotAllowed
    consulted("message", str(pk))
    return render(request, "notices/message.html", {"message": found, "lines": lines_with_links(found.body)})


def lines_with_links(body: str) -> list[list[tuple[str, bool]]]:
    """The lines of a message, each in pieces: their text, and whether it is the address of a page."""
    return [_pieces(line) for line in body.splitlines()]


def _pieces(line: str) -> list[tuple[str, bool]]:
    pieces, end = [], 0
    for found in _LINK.finditer(line):
        pieces += [(line[end : found.start()], False), (found.group(), True)]
        end = found.end()
    return [piece for piece in [*pieces, (line[end:], False)] if piece[0]]
