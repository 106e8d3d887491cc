"""What was moved together: its page, and undoing it."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe

from londonnet.apps.caseload.errors import AllocationRefused
from londonnet.apps.caseload.services.allocations import UNDO_FOR
from londonnet.apps.workload import addresses, selectors
from londonnet.apps.workload.selectors.allocation.candidates import candidates
from londonnet.apps.workload.selectors.allocation.moved import batch_of
from londonnet.apps.workload.selectors.allocation.scope import NOWHERE
from londonnet.apps.workload.services.allocating import ALLOCATE, take_back
from londonnet.platform.access import policy, requires
from londonnet.platform.access.policy import EVERYTHING
from londonnet.platform.errors import NotAllowed
from londonnet.platform.trusts.snapshot import snapshot

from ..answering import Why, answer, empty, person
from .chosen import back_to
from .looked import looked_at
from .scope import reach_of, topics_of_reach
from .words import undone_words


@require_safe
@requires(ALLOCATE)
def moved(request: HttpRequest, batch: UUID) -> HttpResponse:
    """Who was given which cases, by whom and why; what became of it, and how those concerned stand now."""
    reach = reach_of(request)
    with snapshot():
        figures = selectors.figures_in_force()
        whole = batch_of(batch, EVERYTHING, snapshot_id=figures.snapshot_id) if figures else ()
        rows = [row for row in whole if any(reach.covers(place) for place in row.places)]
        ends = {end.place_id for row in rows for end in (row.giver, row.taker)}
        concerned = candidates(NOWHERE, figures=figures, also=ends) if figures else ()
    if figures is None:
        return empty(request, Why.NO_EXTRACT)
    if not rows:
        raise NotAllowed
    looked_at(request, "allocation", about=rows[0].crn if len(rows) == 1 else "")
    context = {
        "rows": rows,
        "first": rows[0],
        "people": [one for one in concerned if reach.covers(one.place)],
        "can_undo": any(row.stands for row in rows)
        and all(reach.covers(place) for row in whole for place in row.places),
        "undo_until": rows[0].made_at + UNDO_FOR,
        "topics": topics_of_reach(reach),
        "figures": figures,
    }
    return answer(request, "workload/allocation/moved.html", context)


@require_POST
@requires(ALLOCATE)
def undo(request: HttpRequest, batch: UUID) -> HttpResponseRedirect:
    """Take a batch back; back to the page about it, which says what became of it."""
    figures = selectors.figures_in_force()
    rows = batch_of(batch, EVERYTHING, snapshot_id=figures.snapshot_id) if figures else ()
    if not rows:
        raise NotAllowed
    for place in {place for row in rows for place in row.places}:
        policy.require(person(request), ALLOCATE, place)
    try:
        undone = take_back(batch=batch)
    except AllocationRefused as refused:
        messages.error(request, refused.message)
    else:
        messages.success(request, undone_words(undone))
    return redirect(back_to(request, addresses.allocation_batch(batch)))
