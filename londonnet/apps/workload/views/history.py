"""Capacity over time: of the trust, a region, a PDU, a team or a practitioner, whole or taken apart."""

from dataclasses import dataclass
from typing import Any, Final

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from londonnet.apps.workload import addresses, selectors
from londonnet.apps.workload.selectors import FiguresInForce, Level, OrganisationLevel, Within
from londonnet.apps.workload.selectors.history import AVERAGES, HistoryRow, Span, history
from londonnet.apps.workload.selectors.trends import trends
from londonnet.platform.access import policy, requires
from londonnet.platform.access.policy import Place
from londonnet.platform.documents.exports import export_response
from londonnet.platform.errors import NotAllowed
from londonnet.platform.lists.asking import Asked
from londonnet.platform.lists.asking import asked as ask
from londonnet.platform.lists.columns import ordered
from londonnet.platform.lists.paging import page_of
from londonnet.platform.lists.spec import ListSpec
from londonnet.platform.lists.toolbar import toolbar
from londonnet.platform.trusts.snapshot import snapshot
from londonnet.platform.ui.formatting import date

from . import history_lines as lines
from .answering import LEVEL_NAMES, VIEW, heading_within_reach, person, reach_of
from .exporting import of_words
from .overview import trail_to
from .place_tabs import place_tabs
from .ranges import RangeForm, one_of, presets, span_of

_CHILDREN: Final[dict[OrganisationLevel, OrganisationLevel]] = {"trust": "region", "region": "pdu", "pdu": "team"}
_CHILD_WORDS: Final = {"region": "By region", "pdu": "By PDU", "team": "By team", "practitioner": "By practitioner"}
_AVERAGE_WORDS: Final = {"day": "Each day", "week": "Weekly averages", "month": "Monthly averages"}
_MOST_LINES: Final = 6
_EVERY: Final = {"day": 1, "week": 7, "month": 31}


@dataclass(frozen=True, slots=True)
class _Subject:
    """Whose history is shown.

    Attributes:
        within: the place or the practitioner.
        level: what its rows are of.
        team_code: of a practitioner, the team.
        apart: what it can be taken apart by: values and words; the first is not at all.
        by: what it is taken apart by.
    """

    within: Within
    level: Level
    team_code: str
    apart: tuple[tuple[str, str], ...]
    by: str

    @property
    def part_level(self) -> Level:
        """What the rows of the parts are of."""
        return self.level if self.by in ("", "grade") else self.by  # type: ignore[return-value]  # one of `apart`

    @property
    def spec(self) -> ListSpec:
        """The list of its rows."""
        if not self.by:
            return lines.OF_PRACTITIONER if self.level == "practitioner" else lines.OF_PLACE
        return lines.BY_PRACTITIONER if self.by == "practitioner" else lines.BY_PLACE


@require_safe
@requires(VIEW)
def trust(request: HttpRequest) -> HttpResponseBase:
    """The whole trust."""
    return _of_place(request, "trust", "")


@require_safe
@requires(VIEW)
def region(request: HttpRequest, code: str) -> HttpResponseBase:
    """A region."""
    return _of_place(request, "region", code)


@require_safe
@requires(VIEW)
def pdu(request: HttpRequest, code: str) -> HttpResponseBase:
    """A PDU."""
    return _of_place(request, "pdu", code)


@require_safe
@requires(VIEW)
def team(request: HttpRequest, code: str) -> HttpResponseBase:
    """A team."""
    return _of_place(request, "team", code)


@require_safe
@requires(VIEW)
def practitioner(request: HttpRequest, om_key: str, team_code: str) -> HttpResponseBase:
    """A practitioner in one team; `?fragment=trend` gives only a small line of their last weeks, for other pages."""
    if request.GET.get("fragment") == "trend":
        return _trend(request, om_key, team_code)
    subject = _Subject(Within("practitioner", om_key), "practitioner", team_code, (), "")
    asked = ask(request, subject.spec)
    with snapshot():
        place = selectors.place_of("practitioner", om_key, team_code=team_code)
        if place is None:
            raise NotAllowed
        policy.require(person(request), VIEW, place)
        context = _read(request, asked, subject)
        names = selectors.ancestry("team", team_code)
    context |= {
        "name": context["rows"][-1].name if context["rows"] else om_key,
        "caption": f"Capacity of practitioner {om_key} in {names[-1].name}",
        "trail": [*trail_to(_without_key(place), names[-1:], reach_of(request))],
        "tabs": [
            ("Workload now", addresses.practitioner(om_key, team_code), False),
            ("Capacity over time", addresses.history("practitioner", om_key, team_code), True),
        ],
        "marking": "OFFICIAL-SENSITIVE",
    }
    return _answer(request, asked, subject, context)


def _trend(request: HttpRequest, om_key: str, team_code: str) -> HttpResponseBase:
    with snapshot():
        place = selectors.place_of("practitioner", om_key, team_code=team_code)
        if place is None:
            raise NotAllowed
        policy.require(person(request), VIEW, place)
        found = trends("practitioner", Within("practitioner", om_key), until=timezone.localdate())
    url = addresses.history("practitioner", om_key, team_code)
    return render(request, "workload/trend.html", {"values": found.get((om_key, team_code), ()), "url": url})


def _of_place(request: HttpRequest, level: OrganisationLevel, code: str) -> HttpResponseBase:
    child: Level = _CHILDREN.get(level, "practitioner")
    apart = (("", "As a whole"), ("grade", "By grade"), (child, _CHILD_WORDS[child]))
    by = one_of(request.GET.get("by", ""), [value for value, _ in apart])
    within = Within(level, code)
    subject = _Subject(within, level, "", apart, by)
    asked = ask(request, subject.spec)
    with snapshot():
        heading = heading_within_reach(request, level, code)
        context = _read(request, asked, subject)
    context |= {
        "name": heading.names[-1].name,
        "caption": f"Capacity over time of {LEVEL_NAMES[level]} {code}".strip(),
        "trail": trail_to(heading.place, heading.names[:-1], reach_of(request)),
        "tabs": place_tabs(person(request), within, "history", heading),
        "marking": "OFFICIAL-SENSITIVE" if by == "practitioner" else "OFFICIAL",
    }
    return _answer(request, asked, subject, context)


def _read(request: HttpRequest, asked: Asked, subject: _Subject) -> dict[str, Any]:
    form = RangeForm(request, timezone.localdate())
    span = span_of(request, form.days)
    figures = selectors.figures_in_force()
    rows = _rows(subject, subject.level, span, figures)
    apart = _rows(subject, subject.part_level, span, figures, by_grade=subject.by == "grade") if subject.by else rows
    every = ordered(lines.history_lines(apart, span.average, subject.part_level), asked.spec.columns, asked.sort)
    page = page_of(asked, len(every))
    parts = lines.parts(apart, subject.part_level) if subject.by else []
    drawn = lines.series(apart if subject.by and len(parts) <= _MOST_LINES else rows)
    return {
        "form": form,
        "span": span,
        "presets": presets(request, timezone.localdate(), form.days),
        "averages": [(one, _AVERAGE_WORDS[one]) for one in AVERAGES],
        "apart": subject.apart,
        "by": subject.by,
        "rows": rows,
        "words": _words(rows, span),
        "series": drawn,
        "numbers": lines.numbers(drawn, span.average),
        "every": _EVERY[span.average],
        "parts": parts,
        "part_words": dict(subject.apart).get(subject.by, ""),
        "asked": asked,
        "bar": toolbar(asked),
        "page": page,
        "lines": every[page.first : page.first + page.size],
    }


def _rows(
    subject: _Subject, by: Level, span: Span, figures: FiguresInForce | None, *, by_grade: bool = False
) -> list[HistoryRow]:
    found = history(by, subject.within, span=span, figures=figures, by_grade=by_grade)
    return [row for row in found if row.team_code == subject.team_code] if subject.team_code else found


def _words(rows: list[HistoryRow], span: Span) -> str:
    """What the picture says."""
    known = [(row.capacity, row.period) for row in rows if row.capacity is not None]
    whole = lines.together(rows)
    if whole is None:
        return ""
    (low, low_at), (high, high_at) = min(known), max(known)
    on_average = f"{whole:.1f}% on average from {date(span.first)} to {date(span.last)}"
    if len(known) == 1:
        return f"{on_average}."
    at = [lines.period_name(period, span.average) for period in (low_at, high_at)]
    return f"{on_average}. Lowest {low:.1f}% ({at[0]}), highest {high:.1f}% ({at[1]})."


def _answer(request: HttpRequest, asked: Asked, subject: _Subject, context: dict[str, Any]) -> HttpResponseBase:
    if not asked.format:
        return render(request, "workload/history.html", context)
    span: Span = context["span"]
    return export_response(
        request,
        asked,
        context["lines"],
        title=f"{context['name']}: capacity over time",
        marking=context["marking"],
        as_at=f"{date(span.first)} to {date(span.last)}, {_AVERAGE_WORDS[span.average].lower()}",
        of=of_words(subject.within),
    )


def _without_key(place: Place) -> Place:
    return Place(team_code=place.team_code, pdu_code=place.pdu_code, region_code=place.region_code)
