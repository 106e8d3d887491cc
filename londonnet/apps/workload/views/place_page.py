"""What pages of a place or a practitioner have in common: heading, tabs, list, export, one moment for all figures."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, cast

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from londonnet.apps.workload import selectors
from londonnet.apps.workload.selectors import FiguresInForce, Level, Within
from londonnet.apps.workload.selectors.everyone import Everyone
from londonnet.apps.workload.selectors.headings import Heading
from londonnet.apps.workload.selectors.numbers import By, Counted, Numbers, Wanted, numbers, rows_below
from londonnet.apps.workload.selectors.people import NO_GRADE
from londonnet.platform.access import policy
from londonnet.platform.documents.exports import export_response
from londonnet.platform.lists.asking import Asked
from londonnet.platform.lists.asking import asked as ask
from londonnet.platform.lists.paging import page_of
from londonnet.platform.lists.spec import ListSpec
from londonnet.platform.lists.toolbar import toolbar
from londonnet.platform.trusts.snapshot import snapshot

from .answering import CASES, LEVEL_NAMES, Why, answer, empty, heading_within_reach, person, reach_of
from .exporting import as_at_words, of_words
from .numbers_columns import BY_NAMES, hidden_columns
from .numbers_lines import NO_LIST, Behind, NumbersLine, cases_behind, numbers_lines
from .place_tabs import Tab, place_tabs
from .topics import topics_of
from .trails import trail_to


@dataclass(frozen=True, slots=True)
class Reading:
    """What a page is read with.

    Attributes:
        within: the place.
        asked: what is asked of its list.
        by: what the rows are about.
        figures: the run that readers see.
        heading: what the page is headed with.
        everyone: whom the page is about.
    """

    within: Within
    asked: Asked
    by: By
    figures: FiguresInForce
    heading: Heading
    everyone: Everyone


@dataclass(frozen=True, slots=True)
class PlacePage:
    """One of the pages of a place.

    Attributes:
        tab: which.
        title: what it is called.
        spec: its list.
        template: what prints it.
        counted: what its list counts and shows.
        more: what the template needs beside the list.
        everyone: whom it is about, where that isn't simply everybody in the place's figures.
        behind: what the list of cases behind its numbers is narrowed to.
    """

    tab: Tab
    title: str
    spec: ListSpec
    template: str
    counted: Callable[[Reading], Counted]
    more: Callable[[Reading, Numbers, Behind], Mapping[str, Any]] = lambda reading, found, behind: {}
    everyone: Callable[[Reading], Everyone] = lambda reading: reading.everyone
    behind: Callable[[Reading], tuple[tuple[str, str], ...]] = lambda reading: ()


def place_page(request: HttpRequest, page: PlacePage, level: Level, code: str, team_code: str = "") -> HttpResponseBase:
    """A page of a place or a practitioner, its live part, or its list as a file."""
    within = Within(level, code)
    with snapshot():
        heading = heading_within_reach(request, level, code, team_code)
        figures = selectors.figures_in_force()
        context = _read(request, page, _reading(request, page, within, heading, figures)) if figures else None
    if context is None:
        return empty(request, Why.NO_EXTRACT)
    return _export(request, page, context) if context["asked"].format else answer(request, page.template, context)


def _read(request: HttpRequest, page: PlacePage, reading: Reading) -> dict[str, Any]:
    within, heading = reading.within, reading.heading
    name = heading.names[-1].name
    everyone = page.everyone(reading)
    found = numbers(everyone, _wanted(reading), page.counted(reading))
    # The list of cases is that of now.
    may_see = policy.may(person(request), CASES, heading.place) and everyone.month_end is None
    behind = cases_behind(within, page.behind(reading), team_code=everyone.team_code) if may_see else NO_LIST
    return {
        "level": within.level,
        "name": name,
        "caption": f"{page.title}: {LEVEL_NAMES[within.level]} {within.code}".strip(),
        "title": page.title,
        "trail": trail_to(heading.place, heading.names[:-1], reach_of(request)),
        "tabs": place_tabs(person(request), within, page.tab, heading, team_code=everyone.team_code),
        "by_tabs": _by_tabs(reading),
        "topics": topics_of(within),
        "figures": reading.figures,
        "marking": "OFFICIAL-SENSITIVE" if reading.by == "practitioner" else "OFFICIAL",
        "asked": reading.asked,
        "bar": toolbar(reading.asked),
        "page": page_of(reading.asked, found.count),
        "list_title": f"{page.title} by {_noun(reading.by)}",
        "lines": numbers_lines(found.rows, reading.by, f"/{page.tab}", behind),
        "together": NumbersLine("together", name, "", "", "", behind, found.together),
        "within": within,
        **page.more(reading, found, behind),
    }


def _reading(
    request: HttpRequest, page: PlacePage, within: Within, heading: Heading, figures: FiguresInForce
) -> Reading:
    rows = rows_below(within.level)
    choices = {
        "by": tuple((one, BY_NAMES[one]) for one in rows),
        "month": tuple((day.isoformat(), f"{day.day} {day:%B %Y}") for day in heading.month_ends),
    }
    asked = ask(request, page.spec.with_choices(choices))
    by = cast(By, asked.choice("by") or rows[0])
    hidden = hidden_columns(by, within.level)
    asked = replace(
        asked,
        columns=tuple(column for column in asked.columns if column.key not in hidden),
        spec=replace(asked.spec, noun=_noun(by) if by != "practitioner" else "row"),
    )
    grades = tuple("" if grade == NO_GRADE else grade for grade in asked.choices("grade"))
    everyone = Everyone(within, figures.snapshot_id, grades=grades, team_code=heading.team_code)
    return Reading(within, asked, by, figures, heading, everyone)


def _noun(by: By) -> str:
    """What one row is about; of practitioners, rows may be posts for unallocated cases too."""
    return BY_NAMES[by].removesuffix("s").lower().replace("pdu", "PDU")


def _wanted(reading: Reading) -> Wanted:
    asked = reading.asked
    size = 0 if asked.format else asked.spec.size
    return Wanted(reading.by, asked.sort.key, asked.sort.descending, asked.page, size)


def _by_tabs(reading: Reading) -> list[tuple[str, str, bool]]:
    rows = rows_below(reading.within.level)
    return (
        []
        if len(rows) == 1
        else [
            (BY_NAMES[one], reading.asked.path + reading.asked.with_values({"by": [one]}), one == reading.by)
            for one in rows
        ]
    )


def _export(request: HttpRequest, page: PlacePage, context: dict[str, Any]) -> HttpResponseBase:
    return export_response(
        request,
        context["asked"],
        context["lines"],
        title=f"{context['name']}: {page.title.lower()}",
        marking=context["marking"],
        as_at=context.get("as_at") or as_at_words(context["figures"]),
        of=of_words(context["within"]),
    )
