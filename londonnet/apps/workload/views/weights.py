"""Versions of the weights: the list, each one whole with what it changed, and files in and out."""

import json
from dataclasses import replace
from typing import Any, Final

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST, require_safe

from londonnet.apps.workload import addresses, selectors, services
from londonnet.apps.workload.errors import WeightsRefused
from londonnet.apps.workload.models import WeightProposal
from londonnet.apps.workload.permissions import LOAD_HISTORY, TRY, WEIGHTS
from londonnet.apps.workload.selectors.weight_drafts import (
    VersionRow,
    VersionStanding,
    drafts,
    proposals,
    version_rows,
)
from londonnet.apps.workload.weight_changes import Difference, differences, in_words
from londonnet.apps.workload.weight_entries import Entries, texts_of
from londonnet.apps.workload.weights import WeightSet, weights_json
from londonnet.apps.workload.weights_reading import parse_weights_text
from londonnet.platform.access import policy, requires
from londonnet.platform.access.policy import TRUST_WIDE
from londonnet.platform.errors import NotAllowed
from londonnet.platform.trusts.snapshot import snapshot

from .answering import person
from .weight_editing import LONGEST_NAME
from .weight_effects import way_here
from .weight_grid import editor_context

_LARGEST_FILE: Final = 1_000_000
_NO_FILE: Final = "Choose a weights file first: a .json file, as “Download as a file” gives it."
_TOO_LARGE: Final = "This file is too large for a set of weights. Choose a .json file of at most 1 MB."


@require_safe
@requires(TRY)
def versions(request: HttpRequest) -> HttpResponse:
    """Every version with what it changed, what waits for a second person, and the drafts."""
    return _versions(request)


@require_POST
@requires(TRY)
def import_file(request: HttpRequest) -> HttpResponse:
    """A weights file becomes a draft; one that isn't right is refused whole, with every reason."""
    sent = request.FILES.get("weights")
    if not isinstance(sent, UploadedFile) or not sent.size:
        return _versions(request, [_NO_FILE])
    if sent.size > _LARGEST_FILE:
        return _versions(request, [_TOO_LARGE])
    in_force = selectors.weights_in_force()
    try:
        read = parse_weights_text(sent.read(), further_reports=in_force.further_reports)
    except WeightsRefused as refused:
        return _versions(request, list(refused.problems))
    name = (sent.name or "").removesuffix(".json").strip()[:LONGEST_NAME] or "From a file"
    draft = services.save_weight_draft(weights=_based_on(read, in_force), name=name, by=person(request))
    messages.success(request, "The file is read. It is a draft now: see what it does, and propose it if it is right.")
    return redirect(addresses.weight_draft(draft.pk))


@require_safe
@requires(TRY)
def version(request: HttpRequest, number: int) -> HttpResponse:
    """One version whole, and what it changed against the one before."""
    with snapshot():
        rows = version_rows(timezone.localdate())
    at = _position(rows, number)
    before = rows[at + 1] if at + 1 < len(rows) else None
    changed = differences(before.weights, rows[at].weights) if before else ()
    weights = rows[at].weights
    context = {
        "above": way_here(request),
        "row": rows[at],
        "before": before,
        "changed": changed,
        "sentences": in_words(changed),
        "may_propose": may_decide(request),
        "is_in_force": rows[at].standing is VersionStanding.IN_FORCE,
        **editor_context(Entries(texts_of(weights), {}, weights), weights),
    }
    return render(request, "workload/weights_version.html", context)


@require_safe
@requires(TRY)
def file(request: HttpRequest, number: int) -> HttpResponse:
    """One version as a file: what `londonnet workload weights show --json` prints."""
    found = next((row for row in version_rows(timezone.localdate()) if row.version == number), None)
    if found is None:
        raise NotAllowed
    return weights_file(found.weights, f"weights-version-{number}.json")


@require_POST
@requires(WEIGHTS)
def again(request: HttpRequest, number: int) -> HttpResponse:
    """Roll back: an earlier version becomes a draft that is about to be proposed."""
    policy.require(person(request), WEIGHTS, TRUST_WIDE)
    rows = version_rows(timezone.localdate())
    row = rows[_position(rows, number)]
    in_force = next(one for one in rows if one.standing is VersionStanding.IN_FORCE)
    draft = services.draft_again(earlier=row.weights, in_force=in_force.weights, by=person(request))
    return redirect(f"{addresses.weight_draft(draft.pk)}/propose?again={number}")


def weights_file(weights: WeightSet, name: str, *, complete: bool = False) -> HttpResponse:
    """Weights as a file to keep."""
    text = json.dumps(weights_json(weights, complete=complete), ensure_ascii=False, indent=2) + "\n"
    headers = {"Content-Disposition": content_disposition_header(True, name) or "attachment"}
    return HttpResponse(text, content_type="application/json", headers=headers)


def may_decide(request: HttpRequest) -> bool:
    """Whether the person signed in may propose and approve: weights hold for the whole trust, so trust-wide."""
    return policy.may(person(request), WEIGHTS, TRUST_WIDE)


def _based_on(weights: WeightSet, other: WeightSet) -> WeightSet:
    return replace(weights, version=other.version)


def _position(rows: list[VersionRow], number: int) -> int:
    for at, row in enumerate(rows):
        if row.version == number:
            return at
    raise NotAllowed


def _versions(request: HttpRequest, problems: list[str] | None = None) -> HttpResponse:
    with snapshot():
        rows = version_rows(timezone.localdate())
        waiting = list(proposals(WeightProposal.State.WAITING))
        kept = drafts()
    lines = [_line(row, rows[at + 1] if at + 1 < len(rows) else None) for at, row in enumerate(rows)]
    context = {
        "above": way_here(request),
        "lines": lines,
        "in_force": next((row for row in rows if row.standing is VersionStanding.IN_FORCE), None),
        "waiting": waiting,
        "drafts": kept,
        "problems": problems or [],
        "may_propose": may_decide(request),
        "may_load_history": policy.may(person(request), LOAD_HISTORY),
    }
    return render(request, "workload/weights.html", context, status=422 if problems else 200)


def _line(row: VersionRow, before: VersionRow | None) -> dict[str, Any]:
    changed: tuple[Difference, ...] = differences(before.weights, row.weights) if before else ()
    return {
        "key": str(row.version),
        "row": row,
        "changed": changed,
        "sentences": in_words(changed),
        "first": not before,
    }
