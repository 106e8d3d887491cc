"""Who has been above a threshold for weeks: `?within=pdu:CODE&weeks=4&threshold=110&from=…&to=…&by=practitioner`."""

import datetime as dt
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, Final, cast

from django import forms
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_safe

from londonnet.apps.workload import addresses, selectors
from londonnet.apps.workload.capacity_years import MOST_PERCENT
from londonnet.apps.workload.selectors import (
    LEVELS,
    ORGANISATION_LEVELS,
    FiguresInForce,
    Level,
    OrganisationLevel,
    Within,
)
from londonnet.apps.workload.selectors.excess import ExcessRow, ExcessRows, ExcessSort, Standing, excess_rows
from londonnet.apps.workload.selectors.excess_days import Excess
from londonnet.apps.workload.selectors.headings import Heading
from londonnet.platform.access import requires
from londonnet.platform.documents.exports import export_response
from londonnet.platform.errors import NotAllowed
from londonnet.platform.lists.asking import Asked
from londonnet.platform.lists.asking import asked as ask
from londonnet.platform.lists.columns import Column, Kind
from londonnet.platform.lists.filters import Filter
from londonnet.platform.lists.paging import page_of
from londonnet.platform.lists.spec import ListSpec, declare
from londonnet.platform.lists.toolbar import toolbar
from londonnet.platform.trusts.snapshot import snapshot
from londonnet.platform.ui.formatting import date

from .answering import LEVEL_NAMES, VIEW, answer, heading_within_reach, person, reach_of
from .exporting import as_at_notes, of_words
from .place_tabs import place_tabs
from .ranges import RangeForm, carried, one_of, presets
from .topics import topics_of
from .trails import trail_to

_NOUNS: Final[dict[Level, str]] = {
    "practitioner": "Practitioners",
    "team": "Teams",
    "pdu": "PDUs",
    "region": "Regions",
    "trust": "The trust",
}


@dataclass(frozen=True, slots=True)
class ExcessLine:
    """A spell in the list, and where the history of whoever it is leads."""

    key: str
    url: str
    row: ExcessRow


class ExcessForm(RangeForm):
    """How far above, for how long, and when."""

    def __init__(self, asked: Asked, today: dt.date) -> None:
        super().__init__(asked, today)
        self.data = {"weeks": "4", "threshold": "110"} | dict(self.data)
        self.fields["weeks"] = forms.IntegerField(
            min_value=1, max_value=104, error_messages=_said("Enter a number of weeks from 1 to 104.")
        )
        self.fields["threshold"] = forms.IntegerField(
            min_value=1,
            max_value=MOST_PERCENT,
            error_messages=_said(f"Enter a percentage from 1 to {MOST_PERCENT}, without decimals."),
        )

    @property
    def excess(self) -> Excess:
        """What is asked; the usual question where the form can't be read."""
        if self.is_valid():
            return Excess(*self.days, self.cleaned_data["weeks"], self.cleaned_data["threshold"])
        return Excess(*self.days)


def _said(message: str) -> dict[str, str]:
    return dict.fromkeys(("required", "invalid", "min_value", "max_value"), message)


@require_safe
@requires(VIEW)
def excessive(request: HttpRequest) -> HttpResponseBase:
    """The list; of a place by practitioner, or by what it consists of."""
    part = request.GET.get("within", "")
    if not part:
        return redirect(addresses.START)
    within = _part(part)
    by = cast(Level, one_of(request.GET.get("by", ""), [value for value, _ in _levels(within)]))
    asked = ask(request, PEOPLE if by == "practitioner" else PLACES)
    with snapshot():
        heading = heading_within_reach(request, cast(OrganisationLevel, within.level), within.code)
        context = _read(request, asked, within, by, heading)
    if not asked.format:
        return answer(request, "workload/excessive.html", context)
    excess: Excess = context["excess"]
    return export_response(
        request,
        asked,
        context["lines"],
        title=f"{context['name']}: {context['question'].lower()}",
        marking=context["marking"],
        as_at=f"{date(excess.first)} to {date(excess.last)}",
        of=of_words(within),
        notes=(context["question"], *as_at_notes(context["figures"])),
    )


def _part(asked: str) -> Within:
    level, _, code = asked.partition(":")
    if level not in ORGANISATION_LEVELS or bool(code) == (level == "trust"):
        raise NotAllowed
    return Within(level, code)


def _levels(within: Within) -> list[tuple[str, str]]:
    """What the rows may be of, the smallest first."""
    return [(level, _NOUNS[level]) for level in reversed(LEVELS[LEVELS.index(within.level) :])]


def _read(request: HttpRequest, asked: Asked, within: Within, by: Level, heading: Heading) -> dict[str, Any]:
    form = ExcessForm(asked, timezone.localdate())
    excess = form.excess
    figures = selectors.figures_in_force()
    found = _found(asked, within, by, excess, figures)
    page = page_of(asked, found.total)
    level, code = cast(OrganisationLevel, within.level), within.code
    return {
        "name": heading.names[-1].name,
        "caption": f"Workload of {LEVEL_NAMES[level]} {code}".strip(),
        "trail": trail_to(heading.place, heading.names[:-1], reach_of(request)),
        "tabs": place_tabs(person(request), within, "excessive", heading),
        "marking": "OFFICIAL-SENSITIVE" if by == "practitioner" else "OFFICIAL",
        "topics": topics_of(within),
        "figures": figures,
        "form": form,
        "kept": carried(asked, "from", "to", "weeks", "threshold", "by"),
        "levels": _levels(within),
        "by": by,
        "noun": _NOUNS[by],
        "presets": presets(asked, form.today, form.days),
        "excess": excess,
        "question": f"Above {excess.threshold}% for {excess.weeks} consecutive weeks or longer",
        "standings": [
            (label, count, asked.path + asked.with_values({"lasting": [one]}) if count else "")
            for (one, label), count in zip(_LASTING.choices, (found.going_on, found.over), strict=True)
        ],
        "asked": asked,
        "bar": toolbar(asked),
        "page": page,
        "lines": _lines(found.rows, by),
    }


def _found(asked: Asked, within: Within, by: Level, excess: Excess, figures: FiguresInForce | None) -> ExcessRows:
    """The page asked for, or the last one there is; everything for an export."""
    size = 0 if asked.format else asked.spec.size
    read = partial(
        excess_rows,
        by,
        within,
        asked=excess,
        figures=figures,
        only=cast(Standing | None, asked.choice("lasting") or None),
        sort=_SORTS.get(asked.sort.key, "lasting"),
        descending=asked.sort.descending,
        size=size or None,
    )
    found = read(start=(asked.page - 1) * size)
    if found.rows or asked.page == 1:
        return found
    last = page_of(asked, read().total)
    return read(start=last.first)


def _lines(rows: list[ExcessRow], by: Level) -> list[ExcessLine]:
    return [
        ExcessLine(
            f"{row.code}-{row.team_code}-{row.spell.first_day}", addresses.history(by, row.code, row.team_code), row
        )
        for row in rows
    ]


_SORTS: Final[dict[str, ExcessSort]] = {
    "name": "name",
    "team": "team",
    "lasting": "lasting",
    "weeks": "days",
    "days": "days",
    "since": "since",
    "before": "since",
    "until": "until",
    "highest": "highest",
    "capacity": "now",
}
"""What the selector sorts by for each column."""

_NAME: Final = Column(
    "name",
    "Name",
    of=lambda line: line.row.name,
    always=True,
    url=lambda line: line.url,
    note=lambda line: line.row.code,
    note_label="Code",
)
_SPELL: Final = (
    Column(
        "lasting",
        "Now",
        of=lambda line: "Still above" if line.row.goes_on else "No longer",
        comes_sorted=True,
    ),
    Column("weeks", "Weeks", Kind.WHOLE, lambda line: line.row.spell.weeks),
    Column("since", "Since", Kind.DATE, lambda line: line.row.spell.first_day),
    Column(
        "before",
        "Began",
        of=lambda line: "Maybe earlier" if line.row.began_before else "In this range",
        default=False,
    ),
    Column("until", "Until", Kind.DATE, lambda line: line.row.spell.last_day),
    Column("days", "Days", Kind.WHOLE, lambda line: line.row.spell.days, default=False),
    Column("highest", "Highest", Kind.PERCENT, lambda line: line.row.spell.highest),
)
_NOW: Final = Column(
    "capacity", "Capacity now", Kind.BAR, lambda line: line.row.now, without=lambda line: "no figure now"
)
_LASTING: Final = Filter("lasting", "Now", choices=(("still", "Still above"), ("over", "No longer above")))
_QUESTION: Final = (
    _LASTING,
    Filter("weeks", "Weeks or longer", "text", in_panel=False),
    Filter("threshold", "Above, in percent", "text", in_panel=False),
)
"""What is asked, beside the days; a saved view keeps it."""
PEOPLE: Final = declare(
    ListSpec(
        "workload.excessive",
        (
            _NAME,
            Column(
                "team",
                "Team",
                of=lambda line: line.row.team_name,
                url=lambda line: addresses.place("team", line.row.team_code),
            ),
            *_SPELL,
            _NOW,
        ),
        filters=_QUESTION,
        noun="spell",
        default_sort="lasting",
    )
)
PLACES: Final = declare(
    ListSpec(
        "workload.excessive-places",
        (_NAME, *_SPELL, replace(_NOW, decimals=1)),
        filters=_QUESTION,
        noun="spell",
        default_sort="lasting",
    )
)
