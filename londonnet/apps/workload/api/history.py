"""Figures over time, who was above for weeks, and trends."""

from datetime import date, timedelta
from functools import partial
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from ninja import Query, Schema
from pydantic import Field, ValidationInfo, field_validator

from londonnet.apps.workload import selectors
from londonnet.apps.workload.capacity_years import MOST_PERCENT
from londonnet.apps.workload.history_json import excess_json, history_json, trend_json
from londonnet.apps.workload.permissions import VIEW
from londonnet.apps.workload.selectors import LEVELS, Level, Within
from londonnet.apps.workload.selectors.excess import Standing, excess_rows
from londonnet.apps.workload.selectors.excess_days import Excess
from londonnet.apps.workload.selectors.history import USUAL_DAYS, Average, Span, history_part, kept_range
from londonnet.apps.workload.selectors.history import history as history_rows
from londonnet.apps.workload.selectors.trends import WEEKS, trends, weeks_until
from londonnet.platform.access import policy
from londonnet.platform.access.models import User
from londonnet.platform.api.errors import InvalidRequest
from londonnet.platform.api.guard import caller
from londonnet.platform.api.paging import Paging, page_of, part_of
from londonnet.platform.api.routing import ApiRouter
from londonnet.platform.errors import NotAllowed
from londonnet.platform.trusts.snapshot import snapshot

from .history_schemas import HistoryPage, KeptDays, SpellsPage, TrendsPage
from .parts import Day, OfPlace, OfPlaceOrSomebody, require_within

router = ApiRouter()


class DaysAsked(Schema):
    """From which day to which."""

    first_day: Day | None = Field(None, description="the first day; thirteen weeks in all unless it is given")
    last_day: Day = Field(
        default_factory=timezone.localdate,
        validate_default=True,
        description="the last day; today unless it is given",
    )

    @field_validator("last_day")
    @classmethod
    def _begins_before_it_ends(cls, value: date, sent: ValidationInfo) -> date:
        first_day = sent.data.get("first_day")
        if first_day is not None and first_day > value:
            raise ValueError("The range must end on the day it begins or later.")
        return value

    @property
    def days(self) -> tuple[date, date]:
        """The first and the last day."""
        return self.first_day or self.last_day - timedelta(days=USUAL_DAYS - 1), self.last_day


class HistoryAsked(OfPlaceOrSomebody, DaysAsked):
    """Whose history, over which days, and how it is taken apart."""

    by: Level | None = Field(None, description="what each row is of, not above it; the place itself unless given")
    grades: bool = Field(False, description="of places, a row for each grade instead of one for all")
    team_code: str = Field("", max_length=20, description="of a practitioner: only in this team")
    average: Average = Field("day", description="what the numbers are averaged over")


class ExcessAsked(OfPlace, DaysAsked):
    """Who, over which days, above what and for how long."""

    by: Level = Field("practitioner", description="what each row is of, not above the place")
    weeks: int = Field(4, ge=1, le=104, description="for at least so many consecutive weeks")
    threshold: int = Field(110, ge=1, le=MOST_PERCENT, description="above this percentage")
    lasting: Standing | None = Field(None, description="only those that still are above, or only those that are over")


class TrendsAsked(OfPlace):
    """Whose trends, and of which weeks."""

    by: Level | None = Field(None, description="what each line is of, below the trust; one level down unless given")
    until: Day = Field(default_factory=timezone.localdate, description="a day of the last week")
    weeks: int = Field(WEEKS, ge=1, le=104, description="how many weeks")


@router.read("/history", permission=VIEW, answer=HistoryPage)
def history(request: HttpRequest, asked: Query[HistoryAsked], paging: Query[Paging]) -> dict[str, Any]:
    """Figures over time.

    Of a place or a practitioner, by day, week or month, whole or taken apart. What “londonnet workload history show
    --json” prints.
    """
    part = asked.part
    by = _below(part, asked.by or part.level)
    span = Span(*asked.days, asked.average)
    told = {"first_day": span.first, "last_day": span.last, "average": span.average}
    with snapshot():
        teams = _teams(caller(request), asked)
        figures = selectors.figures_in_force()
        if teams is None:
            read = partial(history_part, by, part, by_grade=asked.grades and by != "practitioner")
            found, total = read(span=span, figures=figures, start=paging.offset, size=paging.limit)
            return part_of(found, total, paging, history_json, **told)
        rows = history_rows(by, part, span=span, figures=figures)
    return page_of([row for row in rows if row.team_code in teams], paging, history_json, **told)


@router.read("/history/kept", permission=VIEW, answer=KeptDays)
def kept_days(request: HttpRequest) -> dict[str, Any]:
    """Which days are kept.

    The first and the last one; days in between may be missing.
    """
    first_day, last_day = kept_range() or (None, None)
    return {"first_day": first_day, "last_day": last_day}


@router.read("/excessive", permission=VIEW, answer=SpellsPage)
def excessive(request: HttpRequest, asked: Query[ExcessAsked], paging: Query[Paging]) -> dict[str, Any]:
    """Who has been above for weeks.

    Above a percentage for at least so many consecutive weeks, those who still are first.
    """
    excess = Excess(*asked.days, asked.weeks, asked.threshold)
    by = _below(asked.part, asked.by)
    with snapshot():
        require_within(caller(request), VIEW, asked.part)
        figures = selectors.figures_in_force()
        read = partial(excess_rows, by, asked.part, asked=excess, figures=figures, only=asked.lasting)
        found = read(start=paging.offset, size=paging.limit)
        total = found.total if found.rows or not paging.offset else read(size=1).total
    told = {"first_day": excess.first, "last_day": excess.last, "threshold": excess.threshold, "weeks": excess.weeks}
    return part_of(found.rows, total, paging, excess_json, **told)


@router.read("/trends", permission=VIEW, answer=TrendsPage)
def capacity_trends(request: HttpRequest, asked: Query[TrendsAsked], paging: Query[Paging]) -> dict[str, Any]:
    """How capacities went.

    The capacity of each of the last weeks, for every practitioner or place below the one asked for. They are added
    up, all of them whatever part is asked for.
    """
    below = LEVELS[LEVELS.index(asked.level) + 1]
    by = _below(Within(below), asked.by or below)
    with snapshot():
        require_within(caller(request), VIEW, asked.part)
        found = trends(by, asked.part, until=asked.until, weeks=asked.weeks)
    return page_of(
        sorted(found.items()),
        paging,
        lambda one: trend_json(*one),
        weeks=weeks_until(asked.until, asked.weeks),
    )


def _below(part: Within, by: Level) -> Level:
    """What the rows are of.

    Raises:
        InvalidRequest: of something larger than the part.
    """
    known = LEVELS[LEVELS.index(part.level) :]
    if by not in known:
        raise InvalidRequest({"by": f"Here this must be {', '.join(known)}."})
    return by


def _teams(user: User, asked: HistoryAsked) -> set[str] | None:
    """The teams in which the caller may see a practitioner; None for a place, all of which they may see. One query.

    Raises:
        NotAllowed: they may not, or there is no such part.
    """
    part = asked.part
    if part.level != "practitioner":
        require_within(user, VIEW, part)
        return None
    seen = policy.reach(user, VIEW)
    teams = {place.team_code for place in selectors.places_of_practitioner(part.code) if seen.covers(place)}
    wanted = {asked.team_code} & teams if asked.team_code else teams
    if not wanted:
        raise NotAllowed
    return wanted
