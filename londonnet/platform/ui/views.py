"""The pages that belong to no application: home, help and the accessibility statement."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from londonnet.platform.access import public, signed_in
from londonnet.platform.registry import Tile, enabled


@signed_in
def home(request: HttpRequest) -> HttpResponse:
    """My day: the tiles that the applications have for this person."""
    return render(request, "ui/home.html", {"tiles": _tiles(request)})


@public
def accessibility(request: HttpRequest) -> HttpResponse:
    """The accessibility statement."""
    return render(request, "ui/accessibility.html")


@public
def get_help(request: HttpRequest) -> HttpResponse:
    """How to find one's way, and how to read the figures."""
    return render(request, "ui/help.html")


def _tiles(request: HttpRequest) -> list[Tile]:
    tiles = [tile for app in enabled() for tile in app.hooks.home_tiles(request, request.user)]  # type: ignore[arg-type]  # signed in
    return sorted(tiles, key=lambda tile: (tile.order, tile.title))
