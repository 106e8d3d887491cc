"""The overviews: the trust, a region, a PDU and a team, each one click from the level above."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from urllib.parse import urlencode

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from londonnet.apps.workload import addresses, selectors
from londonnet.apps.workload.permissions import TRY
from londonnet.apps.workload.selectors import FiguresInForce, OrganisationLevel, Within
from londonnet.apps.workload.selectors.everyone import Everyone
from londonnet.apps.workload.selectors.excess import excess_count, lately
from londonnet.apps.workload.selectors.grades import figures_of_grades
from londonnet.apps.workload.selectors.headings import Heading
from londonnet.apps.workload.selectors.history import Span, history
from londonnet.apps.workload.selectors.numbers import Wanted, numbers
from londonnet.apps.workload.selectors.people import Standing
from londonnet.apps.workload.selectors.trends import Recent, recent
from londonnet.apps.workload.services.allocating import ALLOCATE
from londonnet.platform.access import policy, requires
from londonnet.platform.access.policy import Place
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
from .grade_lines import GRADES, GradeLine, grade_lines, kept_grade_lines, sums_of_support
from .lines import PlaceLine, PractitionerLine, place_lines, practitioner_lines
from .moments import moment_of
from .place_tabs import place_tabs
from .standings import ForWeeks, band_counts, spread_of, still_above
from .topics import topics_of
from .trails import trail_to

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
def overview(request: HttpRequest, level: OrganisationLevel = "trust", code: str = "") -> HttpResponseBase:
    """The trust region by region, a region PDU by PDU, a PDU team by team, a team practitioner by practitioner."""
    within = Within(level, code)
    by_grade = request.GET.get("by") == "grade"
    asked = ask(request, GRADES if by_grade else PRACTITIONERS if level == "team" else PLACES[_CHILDREN[level]])
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
    with_cases = figures.kept_day is None and policy.may(person(request), CASES, heading.place)
    lines = _lines(within, figures, recently, with_cases=with_cases)
    row = selectors.organisation_row(level, code, run=figures.moment)
    if row is None:
        raise NotAllowed
    grades = _grades(within, figures)
    by_grade = asked.spec is GRADES
    return {
        "level": level,
        "support": sums_of_support(grades),
        "caption": f"Workload of {LEVEL_NAMES[level]} {code}".strip(),
        "row": row,
        "trail": trail_to(heading.place, heading.names[:-1], reach_of(request)),
        "tabs": place_tabs(person(request), within, "overview", heading, day=figures.kept_day),
        "bands": band_counts(within, spread_of(row), day=figures.kept_day),
        "for_weeks": _for_weeks(within, figures, lines, recently),
        "links": _links(request, level, code, heading.place, figures.kept_day, with_cases=with_cases),
        "topics": "" if figures.kept_day else topics_of(within),
        "figures": figures,
        "weights_url": addresses.try_weights(level, code) if _may_try(request, heading, figures) else "",
        "marking": "OFFICIAL-SENSITIVE" if level == "team" and not by_grade else "OFFICIAL",
        "list_title": "Grades" if by_grade else _TITLES[level],
        "by_tabs": _by_tabs(request, _TITLES[level], by_grade=by_grade),
        "trend_until": max((day for one in recently.values() for day in one.days), default=None),
        "asked": asked,
        "bar": toolbar(asked),
        "lines": ordered(grades if by_grade else lines, asked.spec.columns, asked.sort),
    }


def _grades(within: Within, figures: FiguresInForce) -> list[GradeLine]:
    """The figures by grade. One query."""
    if figures.kept_day:
        span = Span(figures.kept_day, figures.kept_day)
        return kept_grade_lines(history(within.level, within, span=span, figures=None, by_grade=True))
    everyone = Everyone(within, figures.snapshot_id)
    return grade_lines(numbers(everyone, Wanted("grade"), figures_of_grades(figures)).grades)


def _by_tabs(request: HttpRequest, title: str, *, by_grade: bool) -> list[tuple[str, str, bool]]:
    """What the rows of the list are: what the place consists of, or its grades, of the same day."""
    day = {"as_at": request.GET["as_at"]} if request.GET.get("as_at") else {}
    return [
        (title, f"{request.path}?{urlencode(day)}", not by_grade),
        ("Grades", f"{request.path}?{urlencode({**day, 'by': 'grade'})}", by_grade),
    ]


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
    days = {"from": asked.first.isoformat(), "to": asked.last.isoformat()} if figures.kept_day else {}
    return ForWeeks(found, addresses.excessive(within.level, within.code, **days, lasting="still"))


def _links(
    request: HttpRequest, level: OrganisationLevel, code: str, place: Place, day: date | None, *, with_cases: bool
) -> Links:
    """The lists behind the numbers; cases open to the list of cases for those who may see it."""
    people = addresses.as_at(addresses.people(level, code), day)
    cases = addresses.scored_cases(addresses.cases_in(level, code))
    return Links(
        people=people,
        points=f"{people}&sort=-points",
        available=f"{people}&sort=-available",
        cases=cases if with_cases else f"{people}&sort=-cases",
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
    within: Within, figures: FiguresInForce, recently: Mapping[tuple[str, str], Recent], *, with_cases: bool
) -> Sequence[PlaceLine | PractitionerLine]:
    """The places one level down, or the practitioners of a team, by name."""
    level, _ = _organisation(within)
    if level == "team":
        trends = {who: one.trend for who, one in recently.items()}
        rows = selectors.practitioner_rows(within, run=figures.moment)
        return practitioner_lines(rows, figures.kept_day, trends, with_cases=with_cases)
    places = selectors.organisation_rows(_CHILDREN[level], within, run=figures.moment)
    return place_lines(places, figures.kept_day, with_cases=with_cases)


def _organisation(within: Within) -> tuple[OrganisationLevel, str]:
    assert within.level != "practitioner"  # noqa: S101  # no overview is of one; this tells the type checker
    return within.level, within.code
