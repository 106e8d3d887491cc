"""Court reports: done in the last 30 days, due in the next 30, and what they weigh."""

from typing import Final

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from londonnet.apps.workload.selectors import Level
from londonnet.apps.workload.selectors.reports import reports_of
from londonnet.platform.access import requires
from londonnet.platform.lists.spec import ListSpec, declare

from .answering import VIEW
from .numbers_columns import BY, GRADE, PRACTITIONERS, WHO, count_of_people
from .place_page import PlacePage, place_page

SPEC: Final = declare(
    ListSpec(
        "workload.reports",
        (
            *WHO,
            PRACTITIONERS,
            count_of_people("sdr", "Standard delivery reports, last 30 days"),
            count_of_people("due", "Due in the next 30 days"),
            count_of_people("conversions", "Fast reports, last 30 days"),
            count_of_people("oral", "Oral reports"),
            count_of_people("points", "Points of reports"),
        ),
        filters=(BY, GRADE),
    )
)

_PAGE: Final = PlacePage(
    tab="reports",
    title="Court reports",
    spec=SPEC,
    template="workload/reports.html",
    counted=lambda reading: reports_of(reading.figures.run_id),
)


@require_safe
@requires(VIEW)
def reports(request: HttpRequest, level: Level = "trust", code: str = "", team_code: str = "") -> HttpResponseBase:
    """Reports of a place's practitioners, or of the places one level down."""
    return place_page(request, _PAGE, level, code, team_code)
