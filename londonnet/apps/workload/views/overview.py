"""The overviews: the trust, a region, a PDU and a team, each one click from the level above."""

from dataclasses import dataclass
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from londonnet.apps.workload import addresses, selectors
from londonnet.apps.workload.selectors import FiguresInForce, OrganisationLevel, OrganisationName, Within
from londonnet.apps.workload.selectors.people import Standing, spread
from londonnet.platform.access import policy, requires
from londonnet.platform.access.policy import Place, Reach
from londonnet.platform.errors import NotAllowed
from londonnet.platform.trusts.snapshot import snapshot

from .answering import CASES, LEVEL_NAMES, VIEW, Why, answer, empty, person, place_within_reach, reach_of
from .columns import PLACES, PRACTITIONERS, asked_sort, ordered
from .lines import place_lines, practitioner_lines
from .standings import band_counts
from .topics import topics_of

_CHILDREN: Final[dict[OrganisationLevel, OrganisationLevel]] = {"trust": "region", "region": "pdu", "pdu": "team"}
_TITLES: Final[dict[OrganisationLevel, str]] = {"region": "Regions", "pdu": "PDUs", "team": "Teams"}


@dataclass(frozen=True, slots=True)
class Links:
    """Where the numbers of the headline open to."""

    people: str
    points: str
    available: str
    cases: str
    not_measured: str


@require_safe
@requires(VIEW)
def trust(request: HttpRequest) -> HttpResponse:
    """The whole trust, region by region."""
    return _overview(request, "trust", "")


@require_safe
@requires(VIEW)
def region(request: HttpRequest, code: str) -> HttpResponse:
    """A region, PDU by PDU."""
    return _overview(request, "region", code)


@require_safe
@requires(VIEW)
def pdu(request: HttpRequest, code: str) -> HttpResponse:
    """A PDU, team by team."""
    return _overview(request, "pdu", code)


@require_safe
@requires(VIEW)
def team(request: HttpRequest, code: str) -> HttpResponse:
    """A team, practitioner by practitioner."""
    return _overview(request, "team", code)


def trail_to(place: Place, names: tuple[OrganisationName, ...], reach: Reach) -> list[tuple[str, str]]:
    """Links to those of the places above that the reader may open."""
    return [(one.name, addresses.place(one.level, one.code)) for one in names if reach.covers(_narrowed(place, one))]


def _overview(request: HttpRequest, level: OrganisationLevel, code: str) -> HttpResponse:
    within = Within(level, code)
    with snapshot():
        place = place_within_reach(request, within)
        figures = selectors.figures_in_force()
        context = _read(request, within, place, figures) if figures else None
    return answer(request, "workload/overview.html", context) if context else empty(request, Why.NO_EXTRACT)


def _read(request: HttpRequest, within: Within, place: Place, figures: FiguresInForce) -> dict[str, Any]:
    level, code = _organisation(within)
    row = selectors.organisation_row(level, code, run=figures.run_id)
    if row is None:
        raise NotAllowed
    names = selectors.ancestry(level, code)
    return {
        "level": level,
        "caption": f"Workload of {LEVEL_NAMES[level]} {code}".strip(),
        "row": row,
        "trail": trail_to(place, names[:-1], reach_of(request)),
        "bands": band_counts(within, spread(within, figures=figures)),
        "links": _links(request, level, code, place),
        "topics": topics_of(within),
        "figures": figures,
        **(_team_rows(request, within, figures) if level == "team" else _children(request, within, figures)),
    }


def _links(request: HttpRequest, level: OrganisationLevel, code: str, place: Place) -> Links:
    """The lists behind the numbers; cases open to the list of cases for those who may see it."""
    people = addresses.people(level, code)
    may_see_cases = level != "trust" and policy.may(person(request), CASES, place)
    return Links(
        people=people,
        points=f"{people}&sort=-points",
        available=f"{people}&sort=-available",
        cases=addresses.cases_in(level, code) if may_see_cases else f"{people}&sort=-cases",
        not_measured=addresses.people(level, code, Standing.NOTHING_AVAILABLE),
    )


def _children(request: HttpRequest, within: Within, figures: FiguresInForce) -> dict[str, Any]:
    level, _ = _organisation(within)
    children = _CHILDREN[level]
    columns = PLACES[children]
    sort = asked_sort(request, columns)
    rows = ordered(selectors.organisation_rows(children, within, run=figures.run_id), columns, sort)
    return {
        "lines": place_lines(rows),
        "columns": columns,
        "sort": str(sort),
        "children": children,
        "children_title": _TITLES[children],
    }


def _team_rows(request: HttpRequest, within: Within, figures: FiguresInForce) -> dict[str, Any]:
    sort = asked_sort(request, PRACTITIONERS)
    rows = ordered(selectors.practitioner_rows(within, run=figures.run_id), PRACTITIONERS, sort)
    return {"lines": practitioner_lines(rows), "columns": PRACTITIONERS, "sort": str(sort)}


def _narrowed(place: Place, to: OrganisationName) -> Place:
    """The place of one of the levels above."""
    if to.level == "trust":
        return Place()
    region_code = place.region_code
    return Place(region_code=region_code) if to.level == "region" else Place(pdu_code=to.code, region_code=region_code)


def _organisation(within: Within) -> tuple[OrganisationLevel, str]:
    assert within.level != "practitioner"  # noqa: S101  # no overview is of one; this tells the type checker
    return within.level, within.code
