"""The page on which an auditor searches the trail. Looking at it is recorded like everything else."""

from urllib.parse import urlencode

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from londonnet.platform.errors import NotAllowed

from . import selectors
from .events import Event, consulted, record
from .forms import SearchForm


@require_safe
def trail(request: HttpRequest) -> HttpResponse:
    """The trail, searched, the newest first."""
    form = SearchForm(request.GET)
    form.is_valid()
    search = form.search()
    before = request.GET.get("before", "")
    page = selectors.trail(search, int(before) if before.isdecimal() and len(before) < 19 else None)
    with transaction.atomic():
        record(Event("audit.trail_searched", "trail", "search", about=search.about, after=search.given() or None))
    older = urlencode({**search.given(), "before": page.older}) if page.older else ""
    return render(request, "audit/trail.html", {"form": form, "page": page, "older": older, "searched": search.given()})


@require_safe
def entry(request: HttpRequest, pk: int) -> HttpResponse:
    """One entry, with what was before and after."""
    found = selectors.entry(pk)
    if found is None:
        raise NotAllowed
    consulted("trail_entry", str(pk), about=found.about)
    return render(request, "audit/entry.html", {"entry": found, "changes": changes(found.before, found.after)})


def changes(before: object, after: object) -> list[tuple[str, str, str]]:
    """What an entry tells of before and after, side by side: name, before, after."""
    was = before if isinstance(before, dict) else {}
    now = after if isinstance(after, dict) else {}
    return [(str(name), _said(was.get(name)), _said(now.get(name))) for name in {**was, **now}]


def _said(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(_said(item) for item in value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else str(value)
