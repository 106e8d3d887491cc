"""Contracted hours, and what stayed behind when somebody moved team."""

from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from ninja import Query

from londonnet.apps.workload import services
from londonnet.apps.workload.permissions import HOURS
from londonnet.apps.workload.selectors.carrying import Carrying, carrying_of
from londonnet.apps.workload.selectors.hours_history import hours_history
from londonnet.apps.workload.selectors.loose_ends import behind_within
from londonnet.apps.workload.staffing_json import behind_json, hours_json
from londonnet.platform.access import policy
from londonnet.platform.access.models import User
from londonnet.platform.api.guard import caller
from londonnet.platform.api.paging import Paging, page_of
from londonnet.platform.api.routing import ApiRouter
from londonnet.platform.errors import NotAllowed
from londonnet.platform.trusts.snapshot import snapshot

from .parts import OmKey, TeamCode
from .staffing_schemas import ContractedHoursShown, HoursSet, LeftBehindPage, TakenAlong

router = ApiRouter()


@router.read("/practitioners/{om_key}/{team_code}/hours", permission=HOURS, answer=ContractedHoursShown)
def contracted_hours(request: HttpRequest, om_key: OmKey, team_code: TeamCode) -> dict[str, Any]:
    """Contracted hours.

    Of a practitioner in a team: what holds today, and what was and will be.
    """
    with snapshot():
        return _shown(carrying_within_reach(caller(request), om_key, team_code))


@router.write("PUT", "/practitioners/{om_key}/{team_code}/hours", permission=HOURS, answer=ContractedHoursShown)
def set_hours(request: HttpRequest, om_key: OmKey, team_code: TeamCode, wanted: HoursSet) -> dict[str, Any]:
    """Set contracted hours.

    From a day on, or for some days; days that aren't spoken of go on as they were. The figures follow at once.
    More than 48 hours a week that they haven't had before are answered “hours-unlikely” (422) unless “is_sure” is sent.
    """
    user = caller(request)
    carrying = carrying_within_reach(user, om_key, team_code)
    services.set_hours(
        place_id=carrying.place_id,
        hours=wanted.hours,
        first_day=wanted.first_day,
        last_day=wanted.last_day,
        version=wanted.version,
        why=wanted.why,
        is_sure=wanted.is_sure,
    )
    return _shown(carrying_within_reach(user, om_key, team_code))


@router.read("/stayed-behind", permission=HOURS, answer=LeftBehindPage)
def stayed_behind(request: HttpRequest, paging: Query[Paging]) -> dict[str, Any]:
    """What stayed behind.

    Hours and reductions of people who left a team within the caller's reach, or moved to one. Where each may go says
    whether it is listed, so all are read whatever part is asked for; they are few.
    """
    with snapshot():
        lines = behind_within(policy.reach(caller(request), HOURS), timezone.localdate())
    return page_of(lines, paging, lambda line: behind_json(line.behind, line.targets))


@router.write("POST", "/stayed-behind/take-along", permission=HOURS, answer=ContractedHoursShown)
def take_along(request: HttpRequest, wanted: TakenAlong) -> dict[str, Any]:
    """Take along what stayed behind.

    It holds in a team that they are in now, which must be within reach. Answers the hours there.
    """
    user = caller(request)
    for line in behind_within(policy.reach(user, HOURS), timezone.localdate()):
        if (line.behind.om_key, line.behind.team_code) != (wanted.om_key, wanted.team_code):
            continue
        for target in line.targets:
            if target.place.team_code == wanted.to_team_code:
                services.take_along(place_id=line.behind.place_id, to_place_id=target.place_id)
                return _shown(carrying_within_reach(user, wanted.om_key, wanted.to_team_code))
    raise NotAllowed


def carrying_within_reach(user: User, om_key: str, team_code: str) -> Carrying:
    """What somebody whose hours the caller may change holds and can carry.

    Raises:
        NotAllowed: they may not, or there is no such practitioner-in-team.
    """
    found = carrying_of(om_key, team_code, day=timezone.localdate())
    if found is None:
        raise NotAllowed
    policy.require(user, HOURS, found.place)
    return found


def _shown(carrying: Carrying) -> dict[str, Any]:
    return hours_json(carrying, hours_history(carrying.place_id), timezone.localdate())
