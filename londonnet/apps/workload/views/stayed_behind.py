"""Hours and reductions that stayed behind when people moved team, and taking them along."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from londonnet.apps.workload import addresses, services
from londonnet.apps.workload.errors import StaffingRefused
from londonnet.apps.workload.permissions import HOURS
from londonnet.apps.workload.selectors.loose_ends import PresentPlace, StayedBehind, behind_within
from londonnet.platform.access import policy, requires
from londonnet.platform.errors import NotAllowed
from londonnet.platform.trusts.snapshot import snapshot

from .answering import person


@require_safe
@requires(HOURS)
def behind(request: HttpRequest) -> HttpResponse:
    """What stayed behind of people who were, or are now, in a team within reach."""
    with snapshot():
        lines = behind_within(policy.reach(person(request), HOURS), timezone.localdate())
    return render(request, "workload/stayed_behind.html", {"lines": lines})


@require_POST
@requires(HOURS)
def take_along(request: HttpRequest) -> HttpResponse:
    """Have it hold in a team that they are in now, which must be within reach."""
    wanted = (request.POST.get("place", ""), request.POST.get("to", ""))
    for line in behind_within(policy.reach(person(request), HOURS), timezone.localdate()):
        for target in line.targets:
            if (str(line.behind.place_id), str(target.place_id)) == wanted:
                return _take(request, line.behind, target)
    raise NotAllowed


def _take(request: HttpRequest, behind: StayedBehind, target: PresentPlace) -> HttpResponse:
    try:
        services.take_along(place_id=behind.place_id, to_place_id=target.place_id)
    except StaffingRefused as refused:
        messages.warning(request, refused.message)
    else:
        messages.success(request, f"What stayed behind in {behind.team_name} now holds in {target.team_name}.")
    return redirect(addresses.STAYED_BEHIND)
