"""Differences with the national record: what was allocated here, and what a later extract says instead."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe

from londonnet.apps.caseload.errors import AllocationRefused
from londonnet.apps.caseload.services import let_record_stand
from londonnet.apps.workload import addresses, selectors
from londonnet.apps.workload.selectors import FiguresInForce
from londonnet.apps.workload.selectors.allocation.counts import counts
from londonnet.apps.workload.selectors.allocation.moved import difference_called, differences
from londonnet.apps.workload.services.allocating import ALLOCATE
from londonnet.platform.access import policy, requires
from londonnet.platform.documents.exports import export_response
from londonnet.platform.errors import NotAllowed
from londonnet.platform.lists.asking import asked as ask
from londonnet.platform.lists.columns import ordered
from londonnet.platform.lists.paging import page_of
from londonnet.platform.lists.toolbar import toolbar
from londonnet.platform.trusts.snapshot import snapshot

from ..answering import Why, answer, empty, person
from ..exporting import as_at_words
from .chosen import back_to
from .lists import DIFFERENCES
from .looked import looked_at
from .scope import Scope, scope_of
from .tabs import tabs


@require_safe
@requires(ALLOCATE)
def differing(request: HttpRequest) -> HttpResponseBase:
    """What we say and what the record says, the oldest first; whoever may can let the record stand."""
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
            title=f"Differences with the national record: {scope.name}",
            marking="OFFICIAL-SENSITIVE",
            as_at=as_at_words(figures),
            of=scope.within or "own",
        )
    looked_at(request, f"differences:{scope.within or 'own'}")
    return answer(request, "workload/allocation/differences.html", context)


def _read(request: HttpRequest, scope: Scope, figures: FiguresInForce) -> dict[str, Any]:
    asked = ask(request, DIFFERENCES)
    rows = differences(scope.reach, snapshot_id=figures.snapshot_id, datestamp=figures.datestamp)
    page = page_of(asked, len(rows))
    number = counts(scope.reach, snapshot_id=figures.snapshot_id, datestamp=figures.datestamp)
    return {
        "scope": scope,
        "tabs": tabs(scope, number, "differences"),
        "asked": asked,
        "bar": toolbar(asked),
        "lines": ordered(rows, asked.spec.columns, asked.sort)[page.first : page.first + page.size],
        "page": page,
        "figures": figures,
    }


@require_POST
@requires(ALLOCATE)
def let_stand(request: HttpRequest, number: int) -> HttpResponseRedirect:
    """The national record is right about this case after all: it isn't a difference any more."""
    figures = selectors.figures_in_force()
    found = difference_called(number, snapshot_id=figures.snapshot_id) if figures else None
    if found is None:
        raise NotAllowed
    for place in found.places:
        policy.require(person(request), ALLOCATE, place)
    try:
        let_record_stand(allocation_id=number)
    except AllocationRefused as refused:
        messages.error(request, refused.message)
    else:
        messages.success(request, "The national record stands. The case isn’t listed as a difference any more.")
    return redirect(back_to(request, addresses.allocation("differences")))
