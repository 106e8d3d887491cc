"""What other hours or a reduction would do, for programs: nothing here changes anything."""

from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from londonnet.apps.workload.permissions import HOURS
from londonnet.apps.workload.staffing_effects import effect_of_hours, effect_of_reduction
from londonnet.apps.workload.staffing_json import capacity_effect_json
from londonnet.apps.workload.within_reach import state_within_reach
from londonnet.platform.api.guard import caller
from londonnet.platform.api.routing import ApiRouter
from londonnet.platform.errors import NotAllowed
from londonnet.platform.trusts.snapshot import snapshot

from .hours import carrying_within_reach
from .parts import OmKey, TeamCode
from .reductions import hours_taken
from .staffing_schemas import HoursTried, ReductionTried, WhatStaffingDoes

router = ApiRouter()


@router.read("/reductions/effect", method="POST", permission=HOURS, answer=WhatStaffingDoes)
def effect_of_a_reduction(request: HttpRequest, tried: ReductionTried) -> dict[str, Any]:
    """What a reduction would do.

    To somebody's capacity on its first day, or today where it began before. Nothing is changed; it is a POST since no
    address names a person.
    """
    user, today = caller(request), timezone.localdate()
    with snapshot():
        carrying = carrying_within_reach(user, tried.om_key, tried.team_code)
        replaced = None if tried.instead_of is None else state_within_reach(user, tried.instead_of)
    if replaced is not None and replaced.place_id != carrying.place_id:
        raise NotAllowed
    hours = hours_taken(tried, carrying)
    number = replaced.number if replaced else None
    return capacity_effect_json(effect_of_reduction(carrying, hours, tried.first_day, today=today, instead_of=number))


@router.read(
    "/practitioners/{om_key}/{team_code}/hours/effect", method="POST", permission=HOURS, answer=WhatStaffingDoes
)
def effect_of_other_hours(
    request: HttpRequest, om_key: OmKey, team_code: TeamCode, tried: HoursTried
) -> dict[str, Any]:
    """What other contracted hours would do.

    To somebody's capacity on their first day, or today where they hold since before. Nothing is changed.
    """
    with snapshot():
        carrying = carrying_within_reach(caller(request), om_key, team_code)
    effect = effect_of_hours(carrying, tried.hours, tried.first_day, today=timezone.localdate())
    return capacity_effect_json(effect)
