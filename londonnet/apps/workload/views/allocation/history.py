"""What was moved in the last thirty days: who, when, why, from whom, to whom."""

from typing import Final

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from londonnet.apps.workload.selectors.allocation.batches import history
from londonnet.apps.workload.services.allocating import ALLOCATE
from londonnet.platform.access import requires

from .listed import Listing, listed
from .lists import HISTORY

_MOVES: Final = Listing(
    "history",
    "Cases moved in the last 30 days:",
    "allocations",
    lambda scope, figures: HISTORY,
    lambda part: history(part.scope.reach, first=part.first, size=part.size),
)


@require_safe
@requires(ALLOCATE)
def moves(request: HttpRequest) -> HttpResponseBase:
    """The moves of the last thirty days, the latest first, each with its page and its undo."""
    return listed(request, _MOVES)
