"""Case progress: first weeks and flags, of a place's practitioners or of the places one level down."""

from typing import Final

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from londonnet.apps.caseload.flags import FLAGS, Flag
from londonnet.apps.workload.selectors import Level
from londonnet.apps.workload.selectors.progress import PROGRESS
from londonnet.platform.access import requires
from londonnet.platform.lists.columns import Column
from londonnet.platform.lists.spec import ListSpec, declare

from .answering import VIEW
from .numbers_columns import BY, GRADE, PRACTITIONERS, WHO, count
from .place_page import PlacePage, place_page

_FIRST_WEEKS: Final = {
    "community_first_16_weeks": "First 16 weeks, community",
    "licence_first_16_weeks": "First 16 weeks, licence",
}


_BY_CHOICE: Final = ("standalone-order", "suspended-lifer")


def _flag(flag: Flag) -> Column:
    is_usual = flag.name not in _BY_CHOICE
    return count(flag.name, flag.label, lambda line: line.behind.url(flag=flag.name), default=is_usual)


SPEC: Final = declare(
    ListSpec(
        "workload.progress",
        (
            *WHO,
            PRACTITIONERS,
            count("cases", "Cases listed", lambda line: line.behind.url()),
            *(count(name, label) for name, label in _FIRST_WEEKS.items()),
            *(_flag(flag) for flag in FLAGS),
            count("t2a", "T2A", lambda line: line.behind.url(t2a="yes"), default=False),
        ),
        filters=(BY, GRADE),
    )
)


_PAGE: Final = PlacePage(
    tab="progress",
    title="Case progress",
    spec=SPEC,
    template="workload/progress.html",
    counted=lambda reading: PROGRESS,
    # The list of cases names those of offender management in custody like everybody's.
    everyone=lambda reading: reading.everyone.with_everybody(),
)


@require_safe
@requires(VIEW)
def progress(request: HttpRequest, level: Level = "trust", code: str = "", team_code: str = "") -> HttpResponseBase:
    """Cases in their first 16 weeks, and those flagged."""
    return place_page(request, _PAGE, level, code, team_code)
