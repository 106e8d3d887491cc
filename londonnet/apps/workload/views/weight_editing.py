"""What trying weights and changing a draft have in common: read what was typed, scale it, show what it does."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from londonnet.apps.workload.weight_changes import differences, in_words
from londonnet.apps.workload.weight_entries import Entries, read_entries, texts_of
from londonnet.apps.workload.weight_scaling import LEAST_PERCENT, MOST_PERCENT, part_called, scaled
from londonnet.apps.workload.weights import WeightSet
from londonnet.platform.access import policy
from londonnet.platform.access.policy import TRUST_WIDE
from londonnet.platform.trusts.snapshot import snapshot
from londonnet.platform.ui.templates import render_fragment

from .answering import person
from .weight_effects import effect_context, way_here
from .weight_grid import editor_context, typed_texts

EDITOR: Final = "workload/weights_editor.html"
LONGEST_NAME: Final = 100
_NO_PERCENT: Final = f"Enter a percentage from {LEAST_PERCENT} to {MOST_PERCENT}, such as 33 or -10."
_NO_NAME: Final = f"Enter a name for the draft, at most {LONGEST_NAME} letters."


@dataclass(frozen=True, slots=True)
class Editing:
    """What is being edited.

    Attributes:
        in_force: the weights that it is compared with.
        entries: what stands in the fields.
        shows_effect: whether the page says what they would do.
        problems: what is wrong besides the weights, by the field's id.
    """

    in_force: WeightSet
    entries: Entries
    shows_effect: bool
    problems: Mapping[str, str]


def opened(in_force: WeightSet, weights: WeightSet, *, shows_effect: bool) -> Editing:
    """An editor that is just opened."""
    return Editing(in_force, Entries(texts_of(weights), {}, weights), shows_effect, {})


def asked_action(request: HttpRequest) -> str:
    """What the button that was pressed asks for; nothing for a part that is fetched anew, whatever it sends along."""
    return "" if "HX-Request" in request.headers else request.POST.get("action", "")


def sent(request: HttpRequest, in_force: WeightSet) -> Editing:
    """An editor that was sent: what was typed, scaled where that was asked for."""
    entries = read_entries(typed_texts(request.POST), in_force)
    if asked_action(request) != "scale":
        return Editing(in_force, entries, True, {})
    percent, part = _percent(request.POST.get("percent", "")), part_called(request.POST.get("part", ""))
    if percent is None or part is None:
        return Editing(in_force, entries, True, {"percent": _NO_PERCENT})
    if entries.weights is None:
        return Editing(in_force, entries, True, {})
    changed = scaled(entries.weights, part, percent)
    return Editing(in_force, Entries(texts_of(changed), {}, changed), True, {})


def asked_name(request: HttpRequest) -> tuple[str, dict[str, str]]:
    """The name typed for a draft, and what is wrong with it."""
    name = request.POST.get("name", "").strip()
    return name, {} if 0 < len(name) <= LONGEST_NAME else {"name": _NO_NAME}


def editor(request: HttpRequest, editing: Editing, context: Mapping[str, Any]) -> HttpResponse:
    """The editor with what its weights would do; for htmx only that, in the same blocks."""
    only_effect = request.headers.get("HX-Request") == "true"
    weights = editing.entries.weights
    with snapshot():
        effect = effect_context(request, weights if editing.shows_effect else None)
    found = differences(editing.in_force, weights) if weights else ()
    whole = {
        **context,
        "above": way_here(request),
        **effect,
        **editor_context(editing.entries, editing.in_force),
        "sentences": in_words(found),
        "in_force": editing.in_force,
        "other_problems": editing.problems,
        "request_path": request.path,
        "may_propose": policy.may(person(request), "workload.weights", TRUST_WIDE),
        "percent": request.POST.get("percent", ""),
        "part": request.POST.get("part", "all"),
        "out_of_band": only_effect,
    }
    if only_effect:
        return render_fragment(request, EDITOR, "effect", whole)
    wrong = bool(editing.problems or editing.entries.problems)
    return render(request, EDITOR, whole, status=422 if wrong else 200)


def _percent(text: str) -> Decimal | None:
    try:
        percent = Decimal(text.strip().removesuffix("%").replace("−", "-").strip())
    except InvalidOperation:
        return None
    return percent if percent.is_finite() and LEAST_PERCENT <= percent <= MOST_PERCENT else None
