"""The caseload by tier, location and grade, now or at the end of a month."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any, Final

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from londonnet.apps.caseload.models import Location, Sheet
from londonnet.apps.caseload.tiers import UNTIERED
from londonnet.apps.workload import addresses
from londonnet.apps.workload.selectors import Level
from londonnet.apps.workload.selectors.caseloads import held_by_tier, tiers_of
from londonnet.apps.workload.selectors.everyone import Everyone
from londonnet.apps.workload.selectors.numbers import Counted, Numbers
from londonnet.apps.workload.tiers import TIER_KEYS
from londonnet.platform.access import requires
from londonnet.platform.lists.asking import Asked
from londonnet.platform.lists.columns import Column
from londonnet.platform.lists.filters import Filter
from londonnet.platform.lists.spec import ListSpec, declare
from londonnet.platform.ui.formatting import date as in_words

from .answering import VIEW
from .numbers_columns import BY, GRADE, PRACTITIONERS, WHO, count, share
from .numbers_lines import Behind
from .place_page import PlacePage, Reading, place_page
from .tier_grids import PARTS, Grids, bars, by_grade

_LOCATIONS: Final = {place.name.lower(): place for place in Location}
_LETTERS: Final = {letter: f"Tier {letter.upper()}" for letter in "abcd"}
_HEADLINE: Final = ("cases", "community", "custody", "licence", "t2a", "suspended", "untiered")


def _tier(key: str) -> Column:
    return count(key, key.upper(), lambda line: line.behind.url(tier=key.upper()), default=False)


def _group(key: str, label: str, tier: str) -> Column:
    return count(key, label, lambda line: line.behind.url(tier=tier))


def _location(key: str) -> Column:
    return count(key, key.capitalize(), lambda line: line.behind.url(location=key))


def _cell(location: str, tier: str) -> Column:
    label = f"{location.capitalize()} {'no tier' if tier == 'untiered' else tier.upper()}"
    asked = UNTIERED if tier == "untiered" else tier.upper()
    return count(f"{location}-{tier}", label, lambda line: line.behind.url(location=location, tier=asked))


SPEC: Final = declare(
    ListSpec(
        "workload.caseload",
        (
            *WHO,
            PRACTITIONERS,
            count("cases", "Cases", lambda line: line.behind.url()),
            *(_group(letter, label, letter.upper()) for letter, label in _LETTERS.items()),
            _group("suspended", "Suspended", "S"),
            _group("untiered", "No tier", UNTIERED),
            *(_location(location) for location in _LOCATIONS),
            count("t2a", "T2A", lambda line: line.behind.url(t2a="yes", active="yes")),
            *(share(letter, label, "cases") for letter, label in _LETTERS.items()),
            *(_tier(key) for key in TIER_KEYS),
        ),
        filters=(
            BY,
            Filter("sheet", "Cases", choices=(("all", "All, inactive ones too"),), otherwise="Those that are scored"),
            Filter("location", "Location", choices=tuple((key, key.capitalize()) for key in _LOCATIONS)),
            GRADE,
            Filter("month", "As at the end of", otherwise="Now"),
        ),
    )
)
CELLS: Final = declare(
    ListSpec(
        "workload.caseload-cells",
        (
            *WHO,
            count("cases", "Cases"),
            *(_cell(location, tier) for location in _LOCATIONS for tier in (*TIER_KEYS, "untiered")),
        ),
        filters=SPEC.filters,
    )
)
"""Every tier in every location: for exports."""
_EVERY_TIER: Final = ("name", "team", "grade", "cases", *TIER_KEYS, "untiered", "t2a")


def _sheet(reading: Reading) -> Sheet:
    """Past months are kept of the filtered counts only."""
    is_all = reading.asked.choice("sheet") == "all" and _month_end(reading.asked) is None
    return Sheet.ALL if is_all else Sheet.FILTERED


def _month_end(asked: Asked) -> date | None:
    chosen = asked.choice("month")
    return date.fromisoformat(chosen) if chosen else None


def _everyone(reading: Reading) -> Everyone:
    return replace(reading.everyone, month_end=_month_end(reading.asked))


def _counted(reading: Reading) -> Counted:
    shown = [column.key for column in reading.asked.columns]
    return tiers_of(_everyone(reading), _sheet(reading), [*shown, reading.asked.sort.key], _location_of(reading))


def _location_of(reading: Reading) -> Location | None:
    return _LOCATIONS.get(reading.asked.choice("location"))


def _behind(reading: Reading) -> tuple[tuple[str, str], ...]:
    """What the list of cases is to be narrowed to besides, so that it holds what is counted."""
    counted = addresses.SCORED if _sheet(reading) is Sheet.FILTERED else addresses.COUNTED
    location = reading.asked.choice("location")
    return (*counted, *((("location", location),) if location else ()))


def _more(reading: Reading, found: Numbers, behind: Behind) -> Mapping[str, Any]:
    cases, t2a = held_by_tier(_everyone(reading), _sheet(reading), _location_of(reading))
    grids, month_end = Grids(cases, t2a, behind), _month_end(reading.asked)
    lines = by_grade(found, behind)
    return {
        "is_filtered": _sheet(reading) is Sheet.FILTERED,
        "month_end": month_end,
        "as_at": f"As at the end of {in_words(month_end)}, the day’s own figures" if month_end else "",
        "by_location": grids.by_location(),
        "suspended": grids.suspended(),
        "by_grade": lines,
        "headline": [column for key in _HEADLINE for column in SPEC.columns if column.key == key],
        "parts": list(PARTS),
        "bars": bars(lines),
        "every_tier": reading.asked.path + reading.asked.with_values({"columns": [",".join(_EVERY_TIER)]}),
        "every_cell": f"{reading.asked.path}?split=location&by={reading.by}",
    }


_PAGE: Final = PlacePage(
    tab="caseload",
    title="Caseload",
    spec=SPEC,
    template="workload/caseload.html",
    counted=_counted,
    more=_more,
    everyone=_everyone,
    behind=_behind,
)


@require_safe
@requires(VIEW)
def caseload(request: HttpRequest, level: Level = "trust", code: str = "", team_code: str = "") -> HttpResponseBase:
    """Cases of a place's practitioners, or of the places one level down; `?split=location` gives every cell."""
    page = replace(_PAGE, spec=CELLS) if request.GET.get("split") == "location" else _PAGE
    return place_page(request, page, level, code, team_code)
