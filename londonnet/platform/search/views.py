"""The results page, and what is suggested while someone types."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from londonnet.platform.access import signed_in

from .finding import find, suggest
from .matching import LONGEST_SEARCH

SUGGESTIONS = 8
RESULTS_OF_A_KIND = 20


@signed_in
def results(request: HttpRequest) -> HttpResponse:
    """Everything that was found, by kind."""
    typed = _typed(request)
    groups = find(request.user, typed, limit=RESULTS_OF_A_KIND)  # type: ignore[arg-type]  # signed in
    context = {
        "typed": typed,
        "groups": groups,
        "total": sum(len(group.results) for group in groups),
        "has_more": any(group.has_more for group in groups),
        "only_alike": bool(groups) and groups[0].best < 1,
        "most": RESULTS_OF_A_KIND,
    }
    return render(request, "search/results.html", context)


@signed_in
def suggestions(request: HttpRequest) -> HttpResponse:
    """At most eight links, for the list under the search box."""
    typed = _typed(request)
    found = suggest(request.user, typed, limit=SUGGESTIONS)  # type: ignore[arg-type]  # signed in
    return render(request, "search/suggestions.html", {"typed": typed, "results": found})


def _typed(request: HttpRequest) -> str:
    return request.GET.get("q", "").strip()[:LONGEST_SEARCH]
