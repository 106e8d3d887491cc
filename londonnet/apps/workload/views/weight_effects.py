"""What weights would do, for the pages that show it: whose figures are looked at, and the rows to print."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Protocol

from django.http import HttpRequest

from londonnet.apps.workload import addresses, selectors
from londonnet.apps.workload.capacity import Capacity
from londonnet.apps.workload.permissions import TRY
from londonnet.apps.workload.selectors import OrganisationLevel
from londonnet.apps.workload.selectors.effect_rows import STEP, STEPS, Column, Effect
from londonnet.apps.workload.selectors.trial_places import TrialPlace, choosable, trial_places
from londonnet.apps.workload.selectors.weight_effect import MOST_PEOPLE, effect_of
from londonnet.apps.workload.weights import WeightSet
from londonnet.platform.access import policy

from .answering import VIEW, person

_REMEMBERED: Final = "workload_weights_within"
_MOST_TEAMS: Final = 5
_BELOW: Final[Mapping[str, OrganisationLevel]] = {"trust": "region", "region": "pdu", "pdu": "team"}
_TITLES: Final = {"region": "Region by region", "pdu": "PDU by PDU", "team": "Team by team"}


class _Changing(Protocol):
    @property
    def before(self) -> Capacity: ...
    @property
    def after(self) -> Capacity: ...
    @property
    def change(self) -> float | None: ...


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """A place or a person, before and after; `look` is what a button sends to look at that place."""

    name: str
    note: str
    url: str
    look: str
    row: Any


def way_here(request: HttpRequest) -> list[tuple[str, str]]:
    """Links to what lies above the pages of weights, for those who may open it."""
    return [("Workload", addresses.START)] if policy.may(person(request), VIEW) else []


def looked_at(request: HttpRequest) -> tuple[list[TrialPlace], TrialPlace | None]:
    """What may be looked at, and what is: the place asked for, else the one remembered, else the widest. One query.

    A place that is out of reach is as one that isn't there.
    """
    places = trial_places(policy.reach(person(request), TRY))
    asked = request.POST.get("look") or request.POST.get("within") or request.GET.get("within", "")
    remembered = request.session.get(_REMEMBERED, "")
    found = next((one for wanted in (asked, remembered) for one in places if one.key == wanted), None)
    chosen = found or next(iter(places), None)
    if chosen and found and asked and chosen.key != remembered:
        request.session[_REMEMBERED] = chosen.key
    return (choosable(places, chosen) if chosen else []), chosen


def effect_context(request: HttpRequest, weights: WeightSet | None) -> dict[str, Any]:
    """What the part of a page about the effect is made of; without weights there is only the choice of the place."""
    places, chosen = looked_at(request)
    figures = selectors.figures_in_force()
    context: dict[str, Any] = {"places": places, "chosen": chosen, "figures": figures, "effect": None}
    if weights is None or figures is None or chosen is None:
        return context
    may_see_names = policy.may(person(request), VIEW, chosen.place)
    effect = effect_of(
        weights,
        chosen.within,
        figures=figures,
        with_trust=policy.reach(person(request), TRY).everything,
        with_names=may_see_names,
    )
    return context | _shown(effect) | {"effect": effect, "names_hidden": not may_see_names}


def _shown(effect: Effect) -> dict[str, Any]:
    below = _BELOW.get(effect.within.level)
    teams = effect.teams_by_change()
    columns = _between_the_empty_ends(effect.columns)
    return {
        "below_title": _TITLES.get(below or "", ""),
        "below": place_lines(effect.of_level(below)) if below else [],
        "teams_up": place_lines([one for one in teams if (one.change or 0) > 0][:_MOST_TEAMS]),
        "teams_down": place_lines([one for one in reversed(teams) if (one.change or 0) < 0][:_MOST_TEAMS]),
        "people": person_lines(effect.people),
        "people_title": "Everybody in the team" if effect.within.level == "team" else "Who passes 110%",
        "most_people": MOST_PEOPLE,
        "buckets": [_bucket(column) for column in columns],
        "series": [
            ("In force", [column.before for column in columns]),
            ("With these weights", [column.after for column in columns]),
        ],
    }


def _between_the_empty_ends(columns: Sequence[Column]) -> Sequence[Column]:
    """The distribution without the columns at either end in which nobody stands."""
    held = [at for at, column in enumerate(columns) if column.before or column.after]
    return columns[held[0] : held[-1] + 1] if held else ()


def _bucket(column: Column) -> str:
    first = column.from_percent
    return f"{first}% and more" if first == STEP * STEPS else f"{first} to {first + STEP}%"


def place_lines(rows: Sequence[Any]) -> list[ChangeLine]:
    """Lines for places, in the order given."""
    return [ChangeLine(row.name, row.code, "", f"{row.level}:{row.code}", row) for row in rows]


def person_lines(rows: Sequence[Any]) -> list[ChangeLine]:
    """Lines for people, in the order given, each with where it leads and how they pass 110%."""
    return [
        ChangeLine(
            row.name or row.om_key, row.team_name, addresses.practitioner(row.om_key, row.team_code), passes(row), row
        )
        for row in rows
    ]


def passes(row: _Changing) -> str:
    """Which way somebody passes 110%, in words; empty where they don't."""
    before, after = (one.percent is not None and one.percent > 110 for one in (row.before, row.after))
    if before == after:
        return ""
    return "Now above 110%" if after else "No longer above 110%"
