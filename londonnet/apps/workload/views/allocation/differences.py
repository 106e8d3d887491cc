"""Differences with the national record: what was allocated here, and what the record says until it agrees."""

from typing import Final

from django.contrib import messages
from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe

from londonnet.apps.caseload.errors import AllocationRefused
from londonnet.apps.caseload.services import let_record_stand
from londonnet.apps.workload import addresses, selectors
from londonnet.apps.workload.selectors.allocation.moved import Differences, Moved, differences, move_called
from londonnet.apps.workload.services.allocating import ALLOCATE, take_back
from londonnet.platform.access import policy, requires
from londonnet.platform.errors import NotAllowed

from ..answering import person
from .chosen import back_to
from .listed import Listing, Part, listed
from .lists import CONTRADICTED, DIFFERENCES
from .words import undone_words


@require_safe
@requires(ALLOCATE)
def differing(request: HttpRequest) -> HttpResponseBase:
    """What an extract contradicts, then what none has been compared with; each with what can be done about it."""
    return listed(request, _DIFFERING)


def _rows(part: Part) -> Differences:
    asked = part.asked.choice("compared")
    return differences(
        part.scope.reach,
        snapshot_id=part.figures.snapshot_id,
        is_compared=asked == CONTRADICTED if asked else None,
        sort=part.asked.sort.key,
        descending=part.asked.sort.descending,
        first=part.first,
        size=part.size,
    )


_DIFFERING: Final = Listing(
    "differences",
    "Differences with the national record:",
    "differences",
    lambda scope, figures: DIFFERENCES,
    _rows,
)


@require_POST
@requires(ALLOCATE)
def let_stand(request: HttpRequest, number: int) -> HttpResponseRedirect:
    """The national record is right about this case after all: it isn't a difference any more."""
    one = _within_reach(request, number)
    try:
        let_record_stand(allocation_id=one.allocation_id)
    except AllocationRefused as refused:
        messages.error(request, refused.message)
    else:
        messages.success(request, "The national record stands. The case isn’t listed as a difference any more.")
    return redirect(back_to(request, addresses.allocation("differences")))


@require_POST
@requires(ALLOCATE)
def undo_one(request: HttpRequest, number: int) -> HttpResponseRedirect:
    """Take back the move of this case; others that were moved together with it stay."""
    one = _within_reach(request, number)
    try:
        undone = take_back(batch=one.batch, crn=one.crn)
    except AllocationRefused as refused:
        messages.error(request, refused.message)
    else:
        messages.success(request, undone_words(undone))
    return redirect(back_to(request, addresses.allocation("differences")))


def _within_reach(request: HttpRequest, number: int) -> Moved:
    """The move of a case, if both its ends are within reach.

    Raises:
        NotAllowed: they aren't, or there is no such move.
    """
    figures = selectors.figures_in_force()
    found = move_called(number, snapshot_id=figures.snapshot_id) if figures else None
    if found is None:
        raise NotAllowed
    for place in found.places:
        policy.require(person(request), ALLOCATE, place)
    return found
