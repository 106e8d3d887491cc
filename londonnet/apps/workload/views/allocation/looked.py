"""Looking at cases is in the trail; a page that only follows changes isn't looked at anew."""

from django.http import HttpRequest

from londonnet.platform.audit import consulted


def looked_at(request: HttpRequest, whose: str, *, about: str = "") -> None:
    """Record that the reader looked at a list of cases.

    Args:
        request: a page, or a part that refreshes itself, which isn't recorded.
        whose: the list, as the trail names it.
        about: the case, where it is one.
    """
    if "X-LondonNet-Refresh" not in request.headers and "HX-Request" not in request.headers:
        consulted("caselist", whose, about=about)
