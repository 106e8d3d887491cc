"""Reductions: lists, one with its history, and every way to change one."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from ninja import Query, Status
from pydantic import Field

from londonnet.apps.workload import services
from londonnet.apps.workload.errors import StaffingRefused
from londonnet.apps.workload.permissions import HOURS, SEE
from londonnet.apps.workload.personal import reach_of_personal
from londonnet.apps.workload.reasons import reason_called, share_of_hours
from londonnet.apps.workload.selectors.carrying import Carrying, carrying_of
from londonnet.apps.workload.selectors.reduction_history import ReductionState, reduction_history
from londonnet.apps.workload.selectors.reductions import Shown, reduction_counts, reductions_within
from londonnet.apps.workload.selectors.staffing import reasons_on
from londonnet.apps.workload.staffing_json import reduction_json
from londonnet.apps.workload.within_reach import state_within_reach
from londonnet.platform.access import policy
from londonnet.platform.access.models import User
from londonnet.platform.api.errors import InvalidRequest
from londonnet.platform.api.guard import caller
from londonnet.platform.api.paging import Paging
from londonnet.platform.api.routing import ApiRouter
from londonnet.platform.errors import NotAllowed
from londonnet.platform.trusts.snapshot import snapshot

from .parts import Number, OfPlaceOrSomebody, require_within
from .staffing_schemas import (
    Kind,
    Reasoned,
    ReductionAdded,
    ReductionAmount,
    ReductionChanged,
    ReductionEnded,
    ReductionsPage,
    ReductionWithHistory,
)

router = ApiRouter()


class ReductionsAsked(OfPlaceOrSomebody):
    """Whose reductions, and which."""

    status: Shown = Field(Shown.ACTIVE, description="expiring ones are active ones that end within thirty days")
    kind: list[Kind] = Field([], max_length=3, description="only reasons of these kinds")


@router.read("/reductions", permission=SEE, answer=ReductionsPage)
def reductions(request: HttpRequest, asked: Query[ReductionsAsked], paging: Query[Paging]) -> dict[str, Any]:
    """Reductions of a place or a practitioner.

    Those that are active, expire soon, are scheduled, over, or deleted. Reasons and notes of personal ones are for
    those who may know them.
    """
    user, day = caller(request), timezone.localdate()
    with snapshot():
        require_within(user, SEE, asked.part)
        counts = reduction_counts(asked.part, day=day, kinds=asked.kind)
        rows = reductions_within(
            asked.part,
            asked.status,
            day=day,
            personal=reach_of_personal(user),
            kinds=asked.kind,
            first=paging.offset,
            size=paging.limit,
        )
    return {
        "counts": {status.value: number for status, number in counts.items()},
        "total": counts[asked.status],
        "limit": paging.limit,
        "offset": paging.offset,
        "items": rows,
    }


@router.read("/reductions/{int:number}", permission=SEE, answer=ReductionWithHistory)
def reduction(request: HttpRequest, number: Number) -> dict[str, Any]:
    """A reduction with its history.

    The number of any state that it had leads to what it is now.
    """
    user = caller(request)
    states = reduction_history(number, personal=reach_of_personal(user))
    if not states:
        raise NotAllowed
    policy.require(user, SEE, states[0].place)
    return reduction_json(states, timezone.localdate())


@router.write("POST", "/reductions", permission=HOURS, answer=ReductionWithHistory, status=201)
def add_reduction(request: HttpRequest, added: ReductionAdded) -> Status[Any]:
    """Take hours off a practitioner in a team.

    It must fit into the contracted hours of each of its days, and into what its reason allows. The figures follow at
    once.
    """
    user, today = caller(request), timezone.localdate()
    with snapshot():
        carrying = carrying_of(added.om_key, added.team_code, day=today)
        if carrying is None:
            raise NotAllowed
        policy.require(user, HOURS, carrying.place)
        reason_id = _reason(added.reason)
    wanted = services.ReductionWanted(
        reason_id, hours_taken(added, carrying), added.first_day, added.last_day, added.notes.strip()
    )
    sees_personal = reach_of_personal(user).covers(carrying.place)
    added_one = services.add_reduction(place_id=carrying.place_id, wanted=wanted, sees_personal=sees_personal)
    return Status(201, _shown(user, added_one.pk))


@router.write("PATCH", "/reductions/{int:number}", permission=HOURS, answer=ReductionWithHistory)
def change_reduction(request: HttpRequest, number: Number, changed: ReductionChanged) -> dict[str, Any]:
    """Change a reduction.

    What it was is kept. Where it has changed since its number was read, nothing is done (409).
    """
    state = state_within_reach(caller(request), number)
    if state.is_hidden and (hidden := {"reason", "notes"} & changed.model_fields_set):
        raise InvalidRequest(dict.fromkeys(sorted(hidden), "You may not know what this is, so it stays as it is."))
    after = services.change_reduction(
        version=number,
        wanted=_wanted(state, changed),
        why=changed.why,
        keeps_private=state.is_hidden,
        sees_personal=reach_of_personal(caller(request)).covers(state.place),
    )
    return _shown(caller(request), after.pk)


@router.write("POST", "/reductions/{int:number}/end", permission=HOURS, answer=ReductionWithHistory)
def end_reduction(request: HttpRequest, number: Number, ended: ReductionEnded) -> dict[str, Any]:
    """End a reduction early.

    Its last day still counts. Where it has changed since its number was read, nothing is done (409).
    """
    state_within_reach(caller(request), number)
    after = services.end_reduction(version=number, last_day=ended.last_day, why=ended.why)
    return _shown(caller(request), after.pk)


@router.write("POST", "/reductions/{int:number}/delete", permission=HOURS, answer=ReductionWithHistory)
def delete_reduction(request: HttpRequest, number: Number, reasoned: Reasoned) -> dict[str, Any]:
    """Delete a reduction.

    As if it had never been; it is kept as deleted and can be put back.
    """
    state_within_reach(caller(request), number)
    return _shown(caller(request), services.delete_reduction(version=number, why=reasoned.why).pk)


@router.write("POST", "/reductions/{int:number}/put-back", permission=HOURS, answer=ReductionWithHistory)
def put_back_reduction(request: HttpRequest, number: Number) -> dict[str, Any]:
    """Put a deleted reduction back.

    Unless the like of it was added since.
    """
    user = caller(request)
    state = state_within_reach(user, number)
    sees_personal = reach_of_personal(user).covers(state.place)
    return _shown(user, services.put_back_reduction(version=number, sees_personal=sees_personal).pk)


def _shown(user: User, number: int) -> dict[str, Any]:
    """What a reduction is after a change, as the caller may see it."""
    return reduction_json(reduction_history(number, personal=reach_of_personal(user)), timezone.localdate())


def _reason(name: str) -> int:
    number = reason_called(name, reasons_on(timezone.localdate()))
    if number is None:
        raise StaffingRefused("There is no reason of that name. /api/workload/reasons lists them.", "reason")
    return number


def hours_taken(added: ReductionAmount, carrying: Carrying) -> Decimal:
    """The hours that are given, or the share of the contracted ones.

    Raises:
        StaffingRefused: not one of the two is given, or no contracted hours are known.
    """
    if (added.hours is None) == (added.percent is None):
        raise StaffingRefused("Give one of hours and percent.", "hours")
    if added.hours is not None:
        return added.hours
    contracted = carrying.least_contracted(added.first_day, added.last_day)
    if contracted is None or added.percent is None:
        raise StaffingRefused("No contracted hours are known on those days: give hours.", "percent")
    return share_of_hours(contracted, added.percent)


def _wanted(state: ReductionState, changed: ReductionChanged) -> services.ReductionWanted:
    """What it is now, with what was sent put in its place."""
    kept = services.ReductionWanted(state.reason_id, state.hours, state.first_day, state.last_day, state.notes)
    sent = {name: value for name in ("hours", "first_day", "notes") if (value := getattr(changed, name)) is not None}
    if "last_day" in changed.model_fields_set:
        sent["last_day"] = changed.last_day
    if changed.reason is not None:
        sent["reason_id"] = _reason(changed.reason)
    return replace(kept, **sent)
