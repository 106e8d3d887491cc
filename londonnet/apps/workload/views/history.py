"""Capacity over time: of the trust, a region, a PDU, a team or a practitioner, whole or taken apart."""

from dataclasses import dataclass
from typing import Any, Final

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from londonnet.apps.workload import addresses, selectors
from londonnet.apps.workload.selectors import FiguresInForce, Level, Within
from londonnet.apps.workload.selectors.history import HistoryRow, Span
from londonnet.apps.workload.selectors.history import history as history_rows
from londonnet.apps.workload.selectors.trends import recent
from londonnet.platform.access import requires
from londonnet.platform.documents.exports import export_response
from londonnet.platform.lists.asking import Asked
from londonnet.platform.lists.asking import asked as ask
from londonnet.platform.lists.columns import ordered
from londonnet.platform.lists.paging import page_of
from londonnet.platform.lists.spec import ListSpec
from londonnet.platform.lists.toolbar import toolbar
from londonnet.platform.trusts.snapshot import snapshot
from londonnet.platform.ui.formatting import date

from . import history_lines as lines
from .answering import LEVEL_NAMES, VIEW, answer, heading_within_reach, person, reach_of
from .exporting import as_at_notes, of_words
from .place_tabs import place_tabs
from .ranges import AVERAGE, RangeForm, carried, one_of, presets, span_of
from .topics import topics_of
from .trails import trail_to

_CHILDREN: Final[dict[Level, Level]] = {"trust": "region", "region": "pdu", "pdu": "team"}
_CHILD_WORDS: Final = {"region": "By region", "pdu": "By PDU", "team": "By team", "practitioner": "By practitioner"}
_MOST_LINES: Final = 6
_EVERY: Final = {"day": 1, "week": 7, "month": 31}


@dataclass(frozen=True, slots=True)
class _Subject:
    """Whose history is shown.

    Attributes:
        within: the place or the practitioner.
        team_code: of a practitioner, the team.
        apart: what it can be taken apart by: values and words; the first is not at all.
        by: what it is taken apart by.
    """

    within: Within
    team_code: str
    apart: tuple[tuple[str, str], ...]
    by: str

    @property
    def part_level(self) -> Level:
        """What the rows of the parts are of."""
        return self.within.level if self.by in ("", "grade") else self.by  # type: ignore[return-value]  # one of `apart`

    @property
    def spec(self) -> ListSpec:
        """The list of its rows."""
        if not self.by:
            return lines.OF_PRACTITIONER if self.within.level == "practitioner" else lines.OF_PLACE
        return lines.BY_PRACTITIONER if self.by == "practitioner" else lines.BY_PLACE


@require_safe
@requires(VIEW)
def history(request: HttpRequest, level: Level = "trust", code: str = "", team_code: str = "") -> HttpResponseBase:
    """A place as a whole, by grade or by what it consists of, or a practitioner in one team.

    Of a practitioner `?fragment=trend` gives only a small line of their last weeks, for other pages.
    """
    if level == "practitioner" and request.GET.get("fragment") == "trend":
        return _trend(request, code, team_code)
    subject = _subject(request, Within(level, code), team_code)
    asked = ask(request, subject.spec)
    with snapshot():
        heading = heading_within_reach(request, level, code, team_code)
        context = _read(asked, subject)
    context |= {
        "name": heading.names[-1].name,
        "caption": f"Capacity over time of {LEVEL_NAMES[level]} {code}".strip(),
        "trail": trail_to(heading.place, heading.names[:-1], reach_of(request)),
        "tabs": place_tabs(person(request), subject.within, "history", heading, team_code=team_code),
        "topics": topics_of(subject.within),
        "marking": "OFFICIAL-SENSITIVE" if "practitioner" in (level, subject.by) else "OFFICIAL",
    }
    return _answer(request, asked, subject, context)


def _subject(request: HttpRequest, within: Within, team_code: str) -> _Subject:
    if within.level == "practitioner":
        return _Subject(within, team_code, (), "")
    child: Level = _CHILDREN.get(within.level, "practitioner")
    apart = (("", "As a whole"), ("grade", "By grade"), (child, _CHILD_WORDS[child]))
    return _Subject(within, "", apart, one_of(request.GET.get("by", ""), [value for value, _ in apart]))


def _trend(request: HttpRequest, om_key: str, team_code: str) -> HttpResponseBase:
    with snapshot():
        heading_within_reach(request, "practitioner", om_key, team_code)
        found = recent(Within("practitioner", om_key), until=timezone.localdate()).get((om_key, team_code))
    url = addresses.history("practitioner", om_key, team_code)
    context = {"values": found.trend if found else (), "until": max(found.days, default=None) if found else None}
    return render(request, "workload/trend.html", context | {"url": url})


def _read(asked: Asked, subject: _Subject) -> dict[str, Any]:
    form = RangeForm(asked, timezone.localdate())
    span = span_of(asked, form.days)
    figures = selectors.figures_in_force()
    rows = _rows(subject, subject.within.level, span, figures)
    apart = _rows(subject, subject.part_level, span, figures, by_grade=subject.by == "grade") if subject.by else rows
    every = ordered(lines.history_lines(apart, span.average, subject.part_level), asked.spec.columns, asked.sort)
    page = page_of(asked, len(every))
    parts = lines.parts(apart, subject.part_level) if subject.by else []
    drawn = lines.series(apart if subject.by and len(parts) <= _MOST_LINES else rows)
    return {
        "figures": figures,
        "form": form,
        "span": span,
        "presets": presets(asked, timezone.localdate(), form.days),
        "kept": carried(asked, "from", "to", "average", "by"),
        "averages": AVERAGE.choices,
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
    found = history_rows(by, subject.within, span=span, figures=figures, by_grade=by_grade)
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
    at = [lines.period_name(period, span.average).replace("Week", "week") for period in (low_at, high_at)]
    return f"{on_average}. Lowest {low:.1f}% ({at[0]}), highest {high:.1f}% ({at[1]})."


def _answer(request: HttpRequest, asked: Asked, subject: _Subject, context: dict[str, Any]) -> HttpResponseBase:
    if not asked.format:
        return answer(request, "workload/history.html", context)
    span: Span = context["span"]
    return export_response(
        request,
        asked,
        context["lines"],
        title=f"{context['name']}: capacity over time",
        marking=context["marking"],
        as_at=f"{date(span.first)} to {date(span.last)}, {dict(AVERAGE.choices)[span.average].lower()}",
        of=of_words(subject.within),
        notes=as_at_notes(context["figures"]),
    )
