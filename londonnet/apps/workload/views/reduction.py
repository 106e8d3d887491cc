"""The page of a reduction: what it is, what it was, who did what; and ending, deleting and putting it back."""

from typing import Any, Final

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from londonnet.apps.workload import addresses, services
from londonnet.apps.workload.amounts import written_day
from londonnet.apps.workload.errors import ChangedMeanwhile, StaffingRefused
from londonnet.apps.workload.hours import ReductionStatus
from londonnet.apps.workload.permissions import HOURS, SEE
from londonnet.apps.workload.personal import reach_of_personal
from londonnet.apps.workload.selectors.reduction_history import ReductionState, reduction_history
from londonnet.apps.workload.within_reach import state_within_reach
from londonnet.platform.access import policy, requires
from londonnet.platform.errors import NotAllowed

from .answering import VIEW, person
from .reduction_form import require_as_read
from .staffing_fields import EndForm
from .sums import STATUSES

ACTS: Final = {
    "": "Loaded from a file",
    "added": "Added",
    "changed": "Changed",
    "ended": "Ended early",
    "deleted": "Deleted",
    "put_back": "Put back",
    "taken_along": "Taken along to another team",
}
_QUICKER: Final = (
    "Somebody else changed this reduction in the meantime: look at what it is now. Nothing of yours was done."
)


@require_safe
@requires(SEE)
def reduction(request: HttpRequest, number: int) -> HttpResponse:
    """What a reduction is and was; the number of any of its states leads here."""
    states = reduction_history(number, personal=reach_of_personal(person(request)))
    if not states:
        raise NotAllowed
    policy.require(person(request), SEE, states[0].place)
    return _page(request, states)


@require_POST
@requires(HOURS)
def end(request: HttpRequest, number: int) -> HttpResponse:
    """Have it end earlier; what is wrong with the day is said beside it."""
    state = state_within_reach(person(request), number)
    form = EndForm(request.POST)
    if form.is_valid():
        given = form.cleaned_data
        try:
            require_as_read(given["version"], state)
            after = services.end_reduction(version=state.number, last_day=given["last_day"], why=given["why"])
        except ChangedMeanwhile:
            return _quicker(request, state)
        except StaffingRefused as refused:
            form.add_error(refused.field if refused.field in form.fields else None, refused.message)
        else:
            messages.success(request, "The reduction ends on that day. If that was a mistake, change its end.")
            return redirect(addresses.reduction(after.pk))
    return _page(request, reduction_history(number, personal=reach_of_personal(person(request))), form)


@require_POST
@requires(HOURS)
def delete(request: HttpRequest, number: int) -> HttpResponse:
    """Take it out; the page that follows can put it back."""
    state = state_within_reach(person(request), number)
    try:
        require_as_read(_version(request), state)
        after = services.delete_reduction(version=state.number, why=request.POST.get("why", "")[:1000])
    except (ChangedMeanwhile, StaffingRefused):
        return _quicker(request, state)
    return redirect(addresses.reduction(after.pk))


@require_POST
@requires(HOURS)
def put_back(request: HttpRequest, number: int) -> HttpResponse:
    """Undo the deletion."""
    state = state_within_reach(person(request), number)
    try:
        require_as_read(_version(request), state)
        sees_personal = reach_of_personal(person(request)).covers(state.place)
        after = services.put_back_reduction(version=state.number, sees_personal=sees_personal)
    except ChangedMeanwhile:
        return _quicker(request, state)
    except StaffingRefused as refused:
        messages.error(request, refused.message)
        return redirect(addresses.reduction(state.number))
    messages.success(request, "The reduction is back, and the figures have followed.")
    return redirect(addresses.reduction(after.pk))


def _quicker(request: HttpRequest, state: ReductionState) -> HttpResponse:
    messages.warning(request, _QUICKER)
    return redirect(addresses.reduction(state.number))


def _version(request: HttpRequest) -> int:
    asked = request.POST.get("version", "")
    return int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 19 else 0


def _page(request: HttpRequest, states: tuple[ReductionState, ...], form: EndForm | None = None) -> HttpResponse:
    user, today, now = person(request), timezone.localdate(), states[0]
    status = now.status(today)
    may_change = policy.may(user, HOURS, now.place) and now.is_in_force
    may_end = status is ReductionStatus.ACTIVE and now.first_day < today and now.last_day != today
    context: dict[str, Any] = {
        "state": now,
        "states": [(state, ACTS[state.act], STATUSES[state.status(today)]) for state in states],
        "status": STATUSES[status] if now.is_in_force else "Replaced",
        "is_deleted": status is ReductionStatus.DELETED,
        "may_change": may_change and status is not ReductionStatus.DELETED,
        "may_put_back": may_change and status is ReductionStatus.DELETED,
        "may_end": may_change and may_end,
        "form": form or EndForm(initial={"last_day": written_day(today), "version": now.number}),
        "practitioner_url": addresses.practitioner(now.place.staff_key, now.place.team_code)
        if policy.may(user, VIEW, now.place)
        else "",
        "list_url": addresses.reductions("team", now.place.team_code)
        if policy.may(user, SEE, _team_of(now))
        else addresses.reductions("practitioner", now.place.staff_key),
    }
    return render(request, "workload/reduction.html", context)


def _team_of(state: ReductionState) -> policy.Place:
    place = state.place
    return policy.Place(team_code=place.team_code, pdu_code=place.pdu_code, region_code=place.region_code)
