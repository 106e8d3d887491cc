"""Offender management in custody (OMiC), shown apart: it is in nobody's capacity."""

from typing import Final

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from londonnet.apps.workload.capacity import NOT_MEASURED
from londonnet.apps.workload.selectors import Level
from londonnet.apps.workload.selectors.omic import omic_of
from londonnet.platform.access import requires
from londonnet.platform.lists.columns import Column, Kind
from londonnet.platform.lists.spec import ListSpec, declare

from .answering import VIEW
from .numbers_columns import BY, GRADE, PRACTITIONERS, WHO, count_of_people
from .place_page import PlacePage, place_page

SPEC: Final = declare(
    ListSpec(
        "workload.omic",
        (
            *WHO,
            PRACTITIONERS,
            Column(
                "capacity",
                "Custody workload",
                Kind.BAR,
                lambda line: line.row.numbers["capacity"],
                decimals=1,
                without=lambda line: NOT_MEASURED,
            ),
            count_of_people("cases", "Cases"),
            count_of_people("custody_cases", "In custody"),
            count_of_people("points", "Points"),
            count_of_people("projected_licence", "Projected licence points"),
            count_of_people("available", "Points available"),
        ),
        filters=(BY, GRADE),
    )
)

_PAGE: Final = PlacePage(
    tab="omic",
    title="Offender management in custody",
    spec=SPEC,
    template="workload/omic.html",
    counted=lambda reading: omic_of(reading.figures.weights_version, reading.figures.day),
    everyone=lambda reading: reading.everyone.with_everybody(),
)


@require_safe
@requires(VIEW)
def omic(request: HttpRequest, level: Level = "trust", code: str = "", team_code: str = "") -> HttpResponseBase:
    """What those who manage offenders in custody hold."""
    return place_page(request, _PAGE, level, code, team_code)
