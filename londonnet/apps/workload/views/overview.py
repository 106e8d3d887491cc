"""The overviews: the trust, a region, a PDU and a team, each one click from the level above."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from londonnet.apps.workload import addresses, selectors
from londonnet.apps.workload.permissions import TRY
from londonnet.apps.workload.selectors import FiguresInForce, OrganisationLevel, OrganisationName, Within
from londonnet.apps.workload.selectors.everyone import Everyone
from londonnet.apps.workload.selectors.excess import excess_count, lately
from londonnet.apps.workload.selectors.grades import figures_of_grades
from londonnet.apps.workload.selectors.headings import Heading
from londonnet.apps.workload.selectors.numbers import Wanted, numbers
from londonnet.apps.workload.selectors.people import Standing
from londonnet.apps.workload.selectors.trends import Recent, recent
from londonnet.apps.workload.services.allocating import ALLOCATE
from londonnet.platform.access import policy, requires
from londonnet.platform.access.policy import Place, Reach
from londonnet.platform.documents.exports import export_response
from londonnet.platform.errors import NotAllowed
from londonnet.platform.lists.asking import Asked
from londonnet.platform.lists.asking import asked as ask
from londonnet.platform.lists.columns import ordered
from londonnet.platform.lists.toolbar import toolbar
from londonnet.platform.trusts.snapshot import snapshot

from .answering import CASES, LEVEL_NAMES, VIEW, Why, answer, empty, heading_within_reach, person, reach_of
from .columns import PLACES, PRACTITIONERS
from .exporting import as_at_words, of_words
from .grade_lines import HEADINGS, grade_lines
from .lines import PlaceLine, PractitionerLine, place_lines, practitioner_lines
from .moments import moment_of
from .place_tabs import place_tabs
from .standings import ForWeeks, band_counts, spread_of, still_above
from .topics import topics_of

_CHILDREN: Final[dict[OrganisationLevel, OrganisationLevel]] = {"trust": "region", "region": "pdu", "pdu": "team"}
_TITLES: Final[dict[OrganisationLevel, str]] = {
    "trust": "Regions",
    "region": "PDUs",
    "pdu": "Teams",
    "team": "Practitioners",
}
_PAGE: Final = "workload/overview.html"
_SUPPORT_COLUMNS: Final = "name,team,grade,points,support"


@dataclass(frozen=True, slots=True)
class Links:
    """Where the numbers of the headline open to."""

    people: str
    points: str
    available: str
    cases: str
    not_measured: str
    waiting: str
    hours: str
    support: str


@require_safe
@requires(VIEW)
def trust(request: HttpRequest) -> HttpResponseBase:
    """The whole trust, region by region."""
    return _overview(request, "trust", "")


@require_safe
@requires(VIEW)
def region(request: HttpRequest, code: str) -> HttpResponseBase:
    """A region, PDU by PDU."""
    return _overview(request, "region", code)


@require_safe
@requires(VIEW)
def pdu(request: HttpRequest, code: str) -> HttpResponseBase:
    """A PDU, team by team."""
    return _overview(request, "pdu", code)


@require_safe
@requires(VIEW)
def team(request: HttpRequest, code: str) -> HttpResponseBase:
    """A team, practitioner by practitioner."""
    return _overview(request, "team", code)


def trail_to(place: Place, names: tuple[OrganisationName, ...], reach: Reach) -> list[tuple[str, str]]:
    """Links to those of the places above that the reader may open."""
    return [(one.name, addresses.place(one.level, one.code)) for one in names if reach.covers(_narrowed(place, one))]


def _overview(request: HttpRequest, level: OrganisationLevel, code: str) -> HttpResponseBase:
    within = Within(level, code)
    asked = ask(request, PRACTITIONERS if level == "team" else PLACES[_CHILDREN[level]])
    with snapshot():
        heading = heading_within_reach(request, level, code)
        moment = moment_of(request)
        context = _read(request, asked, within, heading, moment.figures) if moment.figures else None
    if context is None:
        return empty(request, Why.NO_EXTRACT)
    if asked.format:
        return _export(request, asked, within, context)
    return answer(request, _PAGE, context | {"moment": moment})


def _export(request: HttpRequest, asked: Asked, within: Within, context: dict[str, Any]) -> HttpResponseBase:
    return export_response(
        request,
        asked,
        context["lines"],
        title=f"{context['row'].name}: {context['list_title'].lower()}",
        marking=context["marking"],
        as_at=as_at_words(context["figures"]),
        of=of_words(within),
    )


def _read(
    request: HttpRequest, asked: Asked, within: Within, heading: Heading, figures: FiguresInForce
) -> dict[str, Any]:
    level, code = _organisation(within)
    recently = recent(within, until=figures.day) if level == "team" else {}
    lines = _lines(within, figures, recently)
    row = selectors.organisation_row(level, code, run=figures.moment)
    if row is None:
        raise NotAllowed
    everyone = Everyone(within, figures.snapshot_id)
    by_grade = numbers(everyone, Wanted("grade"), figures_of_grades(figures)) if figures.snapshot_id else None
    return {
        "level": level,
        "grades": grade_lines(by_grade.grades) if by_grade else (),
        "grade_headings": HEADINGS,
        "support": by_grade.together.numbers if by_grade else None,
        "caption": f"Workload of {LEVEL_NAMES[level]} {code}".strip(),
        "row": row,
        "trail": trail_to(heading.place, heading.names[:-1], reach_of(request)),
        "tabs": place_tabs(person(request), within, "overview", heading),
        "bands": band_counts(within, spread_of(row), day=figures.kept_day),
        "for_weeks": _for_weeks(within, figures, lines, recently),
        "links": _links(request, level, code, heading.place, figures.kept_day),
        "topics": "" if figures.kept_day else topics_of(within),
        "figures": figures,
        "weights_url": addresses.try_weights(level, code) if _may_try(request, heading, figures) else "",
        "marking": "OFFICIAL-SENSITIVE" if level == "team" else "OFFICIAL",
        "list_title": _TITLES[level],
        "asked": asked,
        "bar": toolbar(asked),
        "lines": ordered(lines, asked.spec.columns, asked.sort),
    }


def _may_try(request: HttpRequest, heading: Heading, figures: FiguresInForce) -> bool:
    return figures.kept_day is None and policy.may(person(request), TRY, heading.place)


def _for_weeks(
    within: Within,
    figures: FiguresInForce,
    lines: Sequence[PlaceLine | PractitionerLine],
    recently: Mapping[tuple[str, str], Recent],
) -> ForWeeks:
    """How many have been above 110% for four weeks, and the list of them. Of a team it is read already."""
    asked = lately(figures.day)
    if within.level == "team":
        people = [line.row for line in lines if isinstance(line, PractitionerLine) and not line.row.is_nobody]
        found = sum(still_above(asked, recently.get((row.om_key, row.team_code)), row, figures) for row in people)
    else:
        found = excess_count("practitioner", within, asked=asked, figures=figures)
    return ForWeeks(found, addresses.excessive(within.level, within.code))


def _links(request: HttpRequest, level: OrganisationLevel, code: str, place: Place, day: date | None) -> Links:
    """The lists behind the numbers; cases open to the list of cases for those who may see it."""
    people = addresses.as_at(addresses.people(level, code), day)
    may_see_cases = day is None and policy.may(person(request), CASES, place)
    return Links(
        people=people,
        points=f"{people}&sort=-points",
        available=f"{people}&sort=-available",
        cases=addresses.cases_in(level, code) if may_see_cases else f"{people}&sort=-cases",
        not_measured=addresses.as_at(addresses.people(level, code, Standing.NOTHING_AVAILABLE), day),
        waiting=_waiting(request, level, code, place, day),
        hours=f"{people}&sort=-hours",
        support=f"{people}&sort=-support&columns={_SUPPORT_COLUMNS}",
    )


def _waiting(request: HttpRequest, level: OrganisationLevel, code: str, place: Place, day: date | None) -> str:
    """The cases that nobody has, for whoever may allocate here."""
    if day is not None or not policy.may(person(request), ALLOCATE, place):
        return ""
    return addresses.allocation(within=f"{level}:{code}" if code else level)


def _lines(
    within: Within, figures: FiguresInForce, recently: Mapping[tuple[str, str], Recent]
) -> Sequence[PlaceLine | PractitionerLine]:
    """The places one level down, or the practitioners of a team, by name."""
    level, _ = _organisation(within)
    if level == "team":
        trends = {who: one.trend for who, one in recently.items()}
        rows = selectors.practitioner_rows(within, run=figures.moment)
        return practitioner_lines(rows, figures.kept_day, trends)
    return place_lines(selectors.organisation_rows(_CHILDREN[level], within, run=figures.moment), figures.kept_day)


def _narrowed(place: Place, to: OrganisationName) -> Place:
    """The place of one of the levels above."""
    if to.level == "trust":
        return Place()
    region_code = place.region_code
    return Place(region_code=region_code) if to.level == "region" else Place(pdu_code=to.code, region_code=region_code)


def _organisation(within: Within) -> tuple[OrganisationLevel, str]:
    assert within.level != "practitioner"  # noqa: S101  # no overview is of one; this tells the type checker
    return within.level, within.code
