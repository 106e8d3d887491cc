"""Cases that nobody has, fifty at a time; those that are ticked go on to choosing who gets them."""

from dataclasses import replace
from typing import Final

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from londonnet.apps.caseload.flags import FLAG_OF_NAME
from londonnet.apps.caseload.models import Location
from londonnet.apps.caseload.tiers import tier_number
from londonnet.apps.workload.selectors import FiguresInForce
from londonnet.apps.workload.selectors.allocation.cases import CaseNarrowed, OpenCases, unallocated
from londonnet.apps.workload.selectors.allocation.teams import teams_within
from londonnet.apps.workload.services.allocating import ALLOCATE
from londonnet.platform.access import requires
from londonnet.platform.lists.asking import Asked
from londonnet.platform.lists.spec import ListSpec

from .listed import Listing, Part, listed
from .lists import UNALLOCATED
from .scope import Scope


@require_safe
@requires(ALLOCATE)
def waiting(request: HttpRequest) -> HttpResponseBase:
    """The cases that wait, those that have waited longest first and of these the highest tier."""
    return listed(request, _WAITING)


def _spec(scope: Scope, figures: FiguresInForce) -> ListSpec:
    """The list; of one team it can't be narrowed to a team."""
    if scope.is_team:
        return replace(UNALLOCATED, filters=tuple(one for one in UNALLOCATED.filters if one.key != "team"))
    teams = teams_within(scope.reach, run_id=figures.run_id)
    return UNALLOCATED.with_choices({"team": tuple((one.code, one.name) for one in teams)})


def _cases(part: Part) -> OpenCases:
    return unallocated(
        part.scope.reach,
        snapshot_id=part.figures.snapshot_id,
        narrowed=_narrowed(part.asked),
        sort=part.asked.sort.key,
        descending=part.asked.sort.descending,
        first=part.first,
        size=part.size,
    )


def _narrowed(asked: Asked) -> CaseNarrowed:
    location = asked.choice("location").upper()
    return CaseNarrowed(
        tuple(number for name in asked.choices("tier") if (number := tier_number(name)) is not None),
        Location[location].value if location else None,
        FLAG_OF_NAME.get(asked.choice("flag")),
        asked.choice("team") if any(one.key == "team" for one in asked.spec.filters) else "",
    )


_WAITING: Final = Listing("", "Unallocated cases of", "unallocated", _spec, _cases)
