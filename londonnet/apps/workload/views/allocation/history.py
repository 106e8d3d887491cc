"""What was moved in the last thirty days: who, when, why, from whom, to whom."""

from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from londonnet.apps.workload import selectors
from londonnet.apps.workload.selectors import FiguresInForce
from londonnet.apps.workload.selectors.allocation.counts import counts
from londonnet.apps.workload.selectors.allocation.moved import history
from londonnet.apps.workload.services.allocating import ALLOCATE
from londonnet.platform.access import requires
from londonnet.platform.documents.exports import export_response
from londonnet.platform.lists.asking import asked as ask
from londonnet.platform.lists.paging import page_of
from londonnet.platform.lists.toolbar import toolbar
from londonnet.platform.trusts.snapshot import snapshot

from ..answering import Why, answer, empty
from ..exporting import as_at_words
from .lists import HISTORY
from .looked import looked_at
from .scope import Scope, scope_of
from .tabs import tabs


@require_safe
@requires(ALLOCATE)
def moves(request: HttpRequest) -> HttpResponseBase:
    """The moves of the last thirty days, the latest first, each with its page and its undo."""
    with snapshot():
        scope = scope_of(request)
        figures = selectors.figures_in_force()
        context = _read(request, scope, figures) if figures else None
    if context is None or figures is None:
        return empty(request, Why.NO_EXTRACT)
    if context["asked"].format:
        return export_response(
            request,
            context["asked"],
            context["lines"],
            title=f"Cases moved in the last 30 days: {scope.name}",
            marking="OFFICIAL-SENSITIVE",
            as_at=as_at_words(figures),
            of=scope.within or "own",
        )
    looked_at(request, f"allocations:{scope.within or 'own'}")
    return answer(request, "workload/allocation/history.html", context)


def _read(request: HttpRequest, scope: Scope, figures: FiguresInForce) -> dict[str, Any]:
    asked = ask(request, HISTORY)
    number = counts(scope.reach, snapshot_id=figures.snapshot_id, datestamp=figures.datestamp)
    page = page_of(asked, number.moves)
    return {
        "scope": scope,
        "tabs": tabs(scope, number, "history"),
        "asked": asked,
        "bar": toolbar(asked),
        "lines": history(scope.reach, first=page.first, size=page.size).rows,
        "page": page,
        "figures": figures,
    }
