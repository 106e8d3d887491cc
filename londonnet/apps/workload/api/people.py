"""Practitioners of a place, narrowed as on the page."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.http import HttpRequest
from ninja import Query
from pydantic import Field

from londonnet.apps.workload.json_rows import person_json
from londonnet.apps.workload.permissions import VIEW
from londonnet.apps.workload.selectors.people import NO_GRADE, Narrowed, Sort, Standing, everyone, spread
from londonnet.apps.workload.selectors.people import people as people_rows
from londonnet.platform.api.guard import caller
from londonnet.platform.api.paging import Paging, part_of
from londonnet.platform.api.routing import ApiRouter
from londonnet.platform.trusts.snapshot import snapshot

from .asked import as_at_json, figures_for
from .number_schemas import PeoplePage
from .parts import OfPlace, require_within

router = ApiRouter()


class PeopleAsked(OfPlace):
    """Whose practitioners, and which of them."""

    band: Standing | None = Field(None, description="only those who stand there")
    grade: list[str] = Field([], max_length=10, description=f"only these grades; {NO_GRADE} where none is given")
    capacity_from: Decimal | None = Field(None, ge=0, le=99_999, description="at least this capacity, in percent")
    capacity_to: Decimal | None = Field(None, ge=0, le=99_999, description="at most this capacity, in percent")
    sort: Sort = Field("name", description="those without a value stand last either way")
    descending: bool = Field(False, description="the largest first")
    as_at: date | None = Field(None, description="a day: the figures of that day; those in force unless it is given")


@router.read("/people", permission=VIEW, answer=PeoplePage)
def people(request: HttpRequest, asked: Query[PeopleAsked], paging: Query[Paging]) -> dict[str, Any]:
    """Practitioners of a place.

    Narrowed by where they stand against the band of 90 to 110%, by grade, and by a range of capacity.
    """
    narrowed = Narrowed(tuple(asked.grade), asked.capacity_from, asked.capacity_to)
    with snapshot():
        require_within(caller(request), VIEW, asked.part)
        figures = figures_for(asked.as_at)
        counts = spread(asked.part, figures=figures, narrowed=narrowed)
        rows = people_rows(
            asked.part,
            figures=figures,
            standing=asked.band,
            narrowed=narrowed,
            sort=asked.sort,
            descending=asked.descending,
            first=paging.offset,
            size=paging.limit,
        )
    total = counts[asked.band] if asked.band else everyone(counts)
    standings = {one.name.lower(): counts[one] for one in Standing}
    return part_of(rows, total, paging, person_json, as_at=as_at_json(figures), standings=standings)
