"""Pages of the staff directory. It holds no case: everybody who is signed in may read it."""

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from londonnet.platform.access import requires
from londonnet.platform.access.policy import Place
from londonnet.platform.registry import MenuItem, enabled
from londonnet.platform.trusts.snapshot import snapshot

from . import addresses, selectors
from .grades import grade_name

_COLUMNS = (
    {"label": "Name", "key": "name"},
    {"label": "Key", "key": "key"},
    {"label": "Team", "key": "team"},
    {"label": "Grade"},
)
_WORDS = {"addresses": addresses, "grade_name": grade_name}
_A_PDU = {"kind": "PDU", "part": "Team", "noun": "team", "address": addresses.team}
_A_REGION = {"kind": "Region", "part": "PDU", "noun": "PDU", "address": addresses.pdu}


@requires("organisation.directory")
def directory(request: HttpRequest) -> HttpResponse:
    """The directory: searched, sorted, fifty people at a time."""
    search, sort = request.GET.get("q", "").strip(), request.GET.get("sort", "")
    with_left = request.GET.get("left") == "yes"
    found = selectors.directory(search, _page(request), sort=sort, with_left=with_left)
    context = {
        "found": found,
        "search": search,
        "with_left": with_left,
        "sort": sort or ("" if search else "name"),
        "columns": _COLUMNS,
        **_WORDS,
    }
    return render(request, "organisation/directory.html", context)


@requires("organisation.directory")
def practitioner(request: HttpRequest, om_key: str) -> HttpResponse:
    """A practitioner: teams, grades, names."""
    with snapshot():
        page = selectors.practitioner_page(om_key)
        links = _links(request, "practitioner", om_key, page.places or (Place(staff_key=om_key),))
    context = {"page": page, "trail": selectors.trail_of(()), "links": links, **_WORDS}
    return render(request, "organisation/practitioner.html", context)


@requires("organisation.directory")
def team(request: HttpRequest, code: str) -> HttpResponse:
    """A team and its people."""
    with snapshot():
        page = selectors.team_page(code)
        links = _links(request, "team", code, (page.place,))
    context = {"page": page, "trail": selectors.trail_of(page.above[:-1]), "links": links, **_WORDS}
    return render(request, "organisation/team.html", context)


@requires("organisation.directory")
def pdu(request: HttpRequest, code: str) -> HttpResponse:
    """A PDU and its teams."""
    with snapshot():
        page = selectors.pdu_page(code)
        links = _links(request, "pdu", code, (page.place,))
    context = {"page": page, "trail": selectors.trail_of(page.above[:-1]), "links": links, **_A_PDU}
    return render(request, "organisation/place.html", context)


@requires("organisation.directory")
def region(request: HttpRequest, code: str) -> HttpResponse:
    """A region and its PDUs."""
    with snapshot():
        page = selectors.region_page(code)
        links = _links(request, "region", code, (page.place,))
    context = {"page": page, "trail": selectors.trail_of(()), "links": links, **_A_REGION}
    return render(request, "organisation/place.html", context)


def _links(request: HttpRequest, level: str, code: str, places: Sequence[Place]) -> list[MenuItem]:
    """What other applications have about it, as far as the user may see it."""
    links = [
        link
        for manifest in enabled()
        for link in manifest.hooks.place_links(request.user, level, code, places)  # type: ignore[arg-type]  # signed in
    ]
    return sorted(links, key=lambda link: (link.order, link.label))


def _page(request: HttpRequest) -> int:
    asked = request.GET.get("page", "1")
    return int(asked) if asked.isdecimal() and len(asked) < 7 else 1
