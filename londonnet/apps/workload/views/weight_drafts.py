"""A draft of weights by its link: whoever may try weights sees it, and what it does within their own reach."""

from dataclasses import replace
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from londonnet.apps.workload import addresses, selectors, services
from londonnet.apps.workload.errors import DraftStands
from londonnet.apps.workload.models import WeightDraft
from londonnet.apps.workload.permissions import TRY
from londonnet.apps.workload.selectors.weight_drafts import kept_weights
from londonnet.apps.workload.within_reach import found_draft
from londonnet.platform.access import requires

from .answering import person
from .weight_editing import Editing, asked_action, asked_name, editor, opened, sent
from .weights import weights_file


@require_http_methods(["GET", "HEAD", "POST"])
@requires(TRY)
def draft(request: HttpRequest, identifier: UUID) -> HttpResponse:
    """The editor with a draft's weights; whoever made it changes it, others save their own."""
    found = found_draft(identifier)
    in_force = selectors.weights_in_force()
    if request.method != "POST":
        return _editor(request, found, opened(in_force, kept_weights(found), shows_effect=True))
    editing = sent(request, in_force)
    return _save(request, found, editing) if _saves(request) else _editor(request, found, editing)


@require_safe
@requires(TRY)
def file(request: HttpRequest, identifier: UUID) -> HttpResponse:
    """A draft as a weights file."""
    return weights_file(kept_weights(found_draft(identifier)), f"weights-draft-{identifier}.json", complete=True)


@require_POST
@requires(TRY)
def throw_away(request: HttpRequest, identifier: UUID) -> HttpResponse:
    """Take a draft from the list; its own page brings it back."""
    found_draft(identifier)
    try:
        services.throw_weight_draft_away(draft_id=identifier, by=person(request))
        messages.success(request, "The draft is thrown away. Nothing else has changed, and you can bring it back here.")
    except DraftStands as stands:
        messages.error(request, stands.message)
    return redirect(addresses.weight_draft(identifier))


@require_POST
@requires(TRY)
def bring_back(request: HttpRequest, identifier: UUID) -> HttpResponse:
    """Put a draft that was thrown away back on the list."""
    found_draft(identifier)
    try:
        services.bring_weight_draft_back(draft_id=identifier, by=person(request))
        messages.success(request, "The draft is back.")
    except DraftStands as stands:
        messages.error(request, stands.message)
    return redirect(addresses.weight_draft(identifier))


def _saves(request: HttpRequest) -> bool:
    return asked_action(request) in ("save", "save-as-new")


def _save(request: HttpRequest, found: WeightDraft, editing: Editing) -> HttpResponse:
    name, problems = asked_name(request)
    weights = editing.entries.weights
    if weights is None or problems:
        return _editor(request, found, replace(editing, problems=problems))
    if request.POST["action"] == "save-as-new":
        new = services.save_weight_draft(weights=weights, name=name, by=person(request))
        messages.success(request, "Saved as a draft of your own.")
        return redirect(addresses.weight_draft(new.pk))
    try:
        services.change_weight_draft(draft_id=found.pk, weights=weights, name=name, by=person(request))
    except DraftStands as stands:
        return _editor(request, found, replace(editing, problems={"save": stands.message}))
    messages.success(request, "The draft is saved.")
    return redirect(addresses.weight_draft(found.pk))


def _editor(request: HttpRequest, found: WeightDraft, editing: Editing) -> HttpResponse:
    standing: int | None = found.standing  # type: ignore[attr-defined]  # the selector adds it
    context = {
        "draft": found,
        "name": request.POST.get("name", found.name),
        "may_change": found.made_by_id == person(request).pk and standing is None,
        "is_mine": found.made_by_id == person(request).pk,
        "proposal": standing,
    }
    return editor(request, editing, context)
