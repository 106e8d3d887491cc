"""Figures: what people hold against what they can carry, by practitioner, team, PDU, region or trust."""

from typing import Any

from django.http import HttpRequest
from ninja import Query
from pydantic import Field

from londonnet.apps.workload.json_rows import organisation_json, practitioner_json
from londonnet.apps.workload.permissions import VIEW
from londonnet.apps.workload.selectors import (
    EVERYWHERE,
    FiguresInForce,
    Moment,
    OrganisationLevel,
    OrganisationRow,
    Within,
    organisation_rows,
)
from londonnet.apps.workload.selectors.practitioners import practitioner_rows_reached
from londonnet.apps.workload.selectors.reached import organisation_rows_reached
from londonnet.platform.access import policy
from londonnet.platform.access.models import User
from londonnet.platform.api.guard import caller
from londonnet.platform.api.paging import Page, Paging, page_of, part_of
from londonnet.platform.api.routing import ApiRouter
from londonnet.platform.trusts.snapshot import snapshot

from .asked import FiguresAsked, as_at_json, figures_for, require_part
from .schemas import AsAt, OrganisationFigure, PractitionerFigure

router = ApiRouter()


class FiguresPage(Page[PractitionerFigure | OrganisationFigure]):
    """Figures, a row for each practitioner-in-team or place."""

    as_at: AsAt = Field(description="which figures these are")


@router.read("/figures", permission=VIEW, answer=FiguresPage)
def figures(request: HttpRequest, asked: Query[FiguresAsked], paging: Query[Paging]) -> dict[str, Any]:
    """Figures in force.

    A row for each practitioner-in-team, team, PDU, region, or the trust: points held, points available and the
    capacity. Practitioners come by team and then by name, places by name; places are few, and added up all of them
    whatever part is asked for. A place stands in the list where all of it is within the caller's reach. The rows are
    those that “londonnet workload show --json” prints.
    """
    user = caller(request)
    with snapshot():
        require_part(user, asked)
        in_force = figures_for(asked.as_at)
        return _page(user, asked, in_force, paging)


def _page(user: User, asked: FiguresAsked, in_force: FiguresInForce, paging: Paging) -> dict[str, Any]:
    as_at = as_at_json(in_force)
    if asked.level == "practitioner":
        return {**_practitioners(user, asked.part, in_force.moment, paging), "as_at": as_at}
    return page_of(_places(user, asked.level, asked.part, in_force.moment), paging, organisation_json, as_at=as_at)


def _practitioners(user: User, part: Within | None, run: Moment, paging: Paging) -> dict[str, Any]:
    reach = policy.reach(user, VIEW)
    rows, total = practitioner_rows_reached(reach, part or EVERYWHERE, run=run, first=paging.offset, size=paging.limit)
    return part_of(rows, total, paging, practitioner_json)


def _places(user: User, level: OrganisationLevel, part: Within | None, run: Moment) -> list[OrganisationRow]:
    if part is None:
        return organisation_rows_reached(level, policy.reach(user, VIEW), run=run)
    return organisation_rows(level, part, run=run)
