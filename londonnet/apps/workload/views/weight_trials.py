"""`/workload/weights/try`: change anything and see what it does. Nothing is kept unless it is saved as a draft."""

from dataclasses import replace

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from londonnet.apps.workload import addresses, selectors, services
from londonnet.apps.workload.models import WeightVersion
from londonnet.apps.workload.permissions import TRY
from londonnet.apps.workload.weights import WeightSet
from londonnet.platform.access import requires
from londonnet.platform.errors import NotAllowed

from .answering import person
from .weight_editing import Editing, asked_action, asked_name, editor, opened, sent


@require_http_methods(["GET", "HEAD", "POST"])
@requires(TRY)
def trial(request: HttpRequest) -> HttpResponse:
    """The editor with the weights in force, or with those of `?from=VERSION`."""
    in_force = selectors.weights_in_force()
    if request.method != "POST":
        start = _asked_version(request, in_force)
        return _editor(request, opened(in_force, start, shows_effect=start is not in_force))
    editing = sent(request, in_force)
    return _save(request, editing) if asked_action(request) == "save" else _editor(request, editing)


def _save(request: HttpRequest, editing: Editing) -> HttpResponse:
    name, problems = asked_name(request)
    weights = editing.entries.weights
    if weights is None or problems:
        return _editor(request, replace(editing, problems=problems))
    draft = services.save_weight_draft(weights=weights, name=name, by=person(request))
    messages.success(
        request, "The draft is saved. Its link is the address of this page: send it to whoever should see it."
    )
    return redirect(addresses.weight_draft(draft.pk))


def _editor(request: HttpRequest, editing: Editing) -> HttpResponse:
    context = {"draft": None, "name": request.POST.get("name", ""), "may_change": True, "proposal": None}
    return editor(request, editing, context)


def _asked_version(request: HttpRequest, in_force: WeightSet) -> WeightSet:
    asked = request.GET.get("from", "")
    if not asked:
        return in_force
    if not (asked.isascii() and asked.isdigit() and len(asked) < 9):
        raise NotAllowed
    try:
        return selectors.weights_of(int(asked))
    except WeightVersion.DoesNotExist:
        raise NotAllowed from None
