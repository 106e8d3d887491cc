"""The numbers of a place's pages: caseload, case progress, court reports, OMiC, by grade."""

from collections.abc import Callable
from datetime import date
from typing import Any, Final, Literal, cast

from django.http import HttpRequest
from ninja import Query
from pydantic import Field

from londonnet.apps.caseload.models import Location, Sheet
from londonnet.apps.workload.numbers_json import (
    EVERY_CELL,
    caseload_json,
    grade_json,
    numbers_json,
    progress_json,
)
from londonnet.apps.workload.permissions import VIEW
from londonnet.apps.workload.selectors import FiguresInForce
from londonnet.apps.workload.selectors.everyone import Everyone
from londonnet.apps.workload.selectors.month_ends import month_ends
from londonnet.apps.workload.selectors.numbers import By, Numbers, NumbersRow, rows_below
from londonnet.apps.workload.selectors.of_place import (
    Part,
    caseload_numbers,
    grade_numbers,
    omic_numbers,
    progress_numbers,
    report_numbers,
)
from londonnet.apps.workload.selectors.people import NO_GRADE
from londonnet.platform.api.errors import InvalidRequest
from londonnet.platform.api.guard import caller
from londonnet.platform.api.paging import Paging, part_of
from londonnet.platform.api.routing import ApiRouter
from londonnet.platform.trusts.snapshot import snapshot

from .asked import NotKept, as_at_json, figures_for
from .number_schemas import CaseloadPage, GradesOfPlace, MonthEnds, OmicPage, ProgressPage, ReportsPage
from .parts import OfPlace, require_within

router = ApiRouter()

_SHEETS: Final = {"filtered": Sheet.FILTERED, "all": Sheet.ALL}
_LOCATIONS: Final = {place.name.lower(): place for place in Location}


class NumbersAsked(OfPlace):
    """Of which place, and what the rows are of."""

    by: By | None = Field(None, description="what each row is of, not above the place; one level down unless given")
    grade: list[str] = Field([], max_length=10, description=f"only these grades; {NO_GRADE} where none is given")

    @property
    def rows(self) -> By:
        """What the rows are of.

        Raises:
            InvalidRequest: of a place that is larger than the one asked for.
        """
        below = rows_below(self.level)
        if self.by is not None and self.by not in below:
            raise InvalidRequest({"by": f"Of a {self.level} this must be {', '.join(below)}."})
        return self.by or below[0]


class CaseloadAsked(NumbersAsked):
    """Of which place, when, and which cases."""

    sheet: Literal["filtered", "all"] = Field("filtered", description="those scored, or all")
    location: Literal["community", "custody", "licence"] | None = Field(None, description="only there")
    month_end: date | None = Field(None, description="as at the last day of a month; /caseload/month-ends says which")
    cells: bool = Field(False, description="each tier, and each tier in each location, besides")


Read = Callable[[Everyone, FiguresInForce], Numbers]


@router.read("/caseload", permission=VIEW, answer=CaseloadPage)
def caseload(request: HttpRequest, asked: Query[CaseloadAsked], paging: Query[Paging]) -> dict[str, Any]:
    """The caseload by tier and location.

    Of a place's practitioners, grades, or the places below it, now or at the end of a month.
    """
    at = asked.month_end

    def read(everyone: Everyone, figures: FiguresInForce) -> Numbers:
        if at is not None and at not in month_ends():
            raise NotKept("The caseload of that day isn't kept. /api/workload/caseload/month-ends says which are.")
        location = None if asked.location is None else _LOCATIONS[asked.location]
        names = EVERY_CELL if asked.cells else ()
        return caseload_numbers(
            everyone, asked.rows, sheet=_SHEETS[asked.sheet], location=location, names=names, part=_part(paging)
        )

    return _answer(request, asked, paging, read, caseload_json, month_end=at)


@router.read("/caseload/month-ends", permission=VIEW, answer=MonthEnds)
def caseload_month_ends(request: HttpRequest) -> dict[str, Any]:
    """Month-ends whose caseload is kept.

    Thirteen at most, the latest first.
    """
    return {"month_ends": month_ends()}


@router.read("/progress", permission=VIEW, answer=ProgressPage)
def case_progress(request: HttpRequest, asked: Query[NumbersAsked], paging: Query[Paging]) -> dict[str, Any]:
    """Case progress.

    Cases in their first 16 weeks, and those flagged.
    """
    return _answer(
        request,
        asked,
        paging,
        lambda who, figures: progress_numbers(who, asked.rows, part=_part(paging)),
        progress_json,
    )


@router.read("/court-reports", permission=VIEW, answer=ReportsPage)
def court_reports(request: HttpRequest, asked: Query[NumbersAsked], paging: Query[Paging]) -> dict[str, Any]:
    """Court reports.

    Those done in the last 30 days, those due in the next, and what they weigh.
    """
    return _answer(
        request,
        asked,
        paging,
        lambda who, figures: report_numbers(who, asked.rows, figures, part=_part(paging)),
        numbers_json,
    )


@router.read("/omic", permission=VIEW, answer=OmicPage)
def omic(request: HttpRequest, asked: Query[NumbersAsked], paging: Query[Paging]) -> dict[str, Any]:
    """Offender management in custody.

    It stands apart and is in nobody's capacity.
    """
    return _answer(
        request,
        asked,
        paging,
        lambda who, figures: omic_numbers(who, asked.rows, figures, part=_part(paging)),
        numbers_json,
    )


@router.read("/grades", permission=VIEW, answer=GradesOfPlace)
def grades(request: HttpRequest, asked: Query[OfPlace]) -> dict[str, Any]:
    """A place's figures by grade.

    What people of each grade hold and can carry, their hours, and the support they give and take.
    """
    with snapshot():
        require_within(caller(request), VIEW, asked.part)
        figures = figures_for(None)
        found = grade_numbers(Everyone(asked.part, figures.snapshot_id), figures)
    return {
        "as_at": as_at_json(figures),
        "together": grade_json(found.together),
        "items": [grade_json(row) for row in found.rows],
    }


def _answer(
    request: HttpRequest,
    asked: NumbersAsked,
    paging: Paging,
    read: Read,
    shown: Callable[[NumbersRow], dict[str, Any]],
    **others: Any,
) -> dict[str, Any]:
    narrowed = tuple("" if grade == NO_GRADE else grade for grade in asked.grade)
    with snapshot():
        require_within(caller(request), VIEW, asked.part)
        figures = figures_for(None)
        month_end = cast("date | None", others.get("month_end"))
        found = read(Everyone(asked.part, figures.snapshot_id, month_end, grades=narrowed), figures)
    told = {"as_at": as_at_json(figures), "together": shown(found.together), **others}
    return part_of(found.rows, found.count, paging, shown, **told)


def _part(paging: Paging) -> Part:
    return Part(paging.offset, paging.limit)
