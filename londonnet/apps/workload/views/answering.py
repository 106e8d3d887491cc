"""What all pages of this application have in common: the person, the place, the page or only its live part."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from londonnet.apps.workload import permissions
from londonnet.apps.workload.selectors import Level
from londonnet.apps.workload.selectors.headings import Heading, heading_of
from londonnet.platform.access import policy
from londonnet.platform.access.models import User
from londonnet.platform.access.policy import Reach
from londonnet.platform.errors import NotAllowed
from londonnet.platform.ui.templates import render_fragment

VIEW: Final = permissions.VIEW
CASES: Final = "caseload.list"
LOAD_EXTRACTS: Final = "national.load"
LEVEL_NAMES: Final[Mapping[Level, str]] = {
    "trust": "the trust",
    "region": "region",
    "pdu": "PDU",
    "team": "team",
    "practitioner": "practitioner",
}


class Why(StrEnum):
    """Why a page has nothing to show; its template says so in words, and what to do next."""

    NO_EXTRACT = "no-extract"
    NOBODY_IN_YOUR_PLACES = "nobody-in-your-places"
    NOT_LINKED = "not-linked"
    YOU_ARE_NOT_NAMED = "you-are-not-named"
    THEY_ARE_NOT_NAMED = "they-are-not-named"


def person(request: HttpRequest) -> User:
    """The person signed in; every view here lets nobody else in."""
    assert isinstance(request.user, User)  # noqa: S101  # tells the type checker
    return request.user


def reach_of(request: HttpRequest) -> Reach:
    """How far the person signed in may look."""
    return policy.reach(person(request), VIEW)


def heading_within_reach(request: HttpRequest, level: Level, code: str, team_code: str = "") -> Heading:
    """What pages of a place or a practitioner are headed with, if the person signed in may look at it.

    Raises:
        NotAllowed: they may not, or there is no such place: the answer is the same.
    """
    heading = heading_of(level, code, team_code)
    if heading is None:
        raise NotAllowed
    policy.require(person(request), VIEW, heading.place)
    return heading


def answer(request: HttpRequest, template: str, context: Mapping[str, Any]) -> HttpResponse:
    """The page, or with `?fragment=figures` only the part of it that is live: the same block either way."""
    if request.GET.get("fragment") != "figures":
        return render(request, template, dict(context))
    # Links in the part lead to pages, as they do in the whole page.
    asked = request.GET.copy()
    del asked["fragment"]
    request.GET = asked  # type: ignore[assignment]  # a QueryDict like any other
    return render_fragment(request, template, "figures", context)


def empty(request: HttpRequest, why: Why) -> HttpResponse:
    """The page for when there is nothing to show; whoever may load an extract gets the way there."""
    may_load = policy.may(person(request), LOAD_EXTRACTS)
    return render(request, "workload/empty.html", {"why": why, "may_load": may_load})
