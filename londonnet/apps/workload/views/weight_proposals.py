"""Proposing weights, and deciding on what somebody else proposed."""

from collections.abc import Callable, Mapping
from typing import Any, Final
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from londonnet.apps.workload import addresses, selectors, services
from londonnet.apps.workload.csv_rows import parse_day
from londonnet.apps.workload.errors import DraftStands, ProposalDecided, ProposalRefused
from londonnet.apps.workload.models import WeightProposal
from londonnet.apps.workload.permissions import TRY, WEIGHTS
from londonnet.apps.workload.selectors.weight_drafts import kept_weights
from londonnet.apps.workload.selectors.weight_drafts import proposal as proposal_of
from londonnet.apps.workload.weight_changes import differences, in_words
from londonnet.apps.workload.within_reach import found_draft
from londonnet.platform.access import policy, requires
from londonnet.platform.access.policy import TRUST_WIDE
from londonnet.platform.errors import NotAllowed
from londonnet.platform.trusts.snapshot import snapshot

from .answering import person
from .ranges import written
from .weight_effects import effect_context, way_here
from .weights import may_decide

_NO_DAY: Final = "Enter the day from which the weights hold, such as 1/12/2026."


@require_http_methods(["GET", "HEAD", "POST"])
@requires(WEIGHTS)
def propose(request: HttpRequest, identifier: UUID) -> HttpResponse:
    """Ask for a draft to be adopted: from which day, and why."""
    policy.require(person(request), WEIGHTS, TRUST_WIDE)
    found = found_draft(identifier)
    if request.method != "POST":
        version = request.GET.get("again", "")
        reason = f"Back to version {version}: " if version.isascii() and version.isdigit() else ""
        return _propose(request, found, {"valid_from": written(timezone.localdate()), "reason": reason}, {})
    typed = {name: request.POST.get(name, "").strip() for name in ("valid_from", "reason")}
    day = parse_day(typed["valid_from"])
    if day is None:
        return _propose(request, found, typed, {"valid_from": _NO_DAY})
    try:
        made = services.propose_weights(draft_id=identifier, valid_from=day, reason=typed["reason"], by=person(request))
    except ProposalRefused as refused:
        return _propose(request, found, typed, {refused.field: refused.message})
    except DraftStands as stands:
        return _propose(request, found, typed, {"valid_from": stands.message})
    messages.success(request, "The weights are proposed. A second person approves them.")
    return redirect(addresses.weight_proposal(made.pk))


@require_http_methods(["GET", "HEAD", "POST"])
@requires(TRY)
def proposal(request: HttpRequest, number: int) -> HttpResponse:
    """What is proposed, what it changes and does, and the decision. A POST only looks at another place."""
    return _proposal(request, _found(number), {})


@require_POST
@requires(WEIGHTS)
def decide(request: HttpRequest, number: int) -> HttpResponse:
    """Approve, reject or withdraw."""
    policy.require(person(request), WEIGHTS, TRUST_WIDE)
    found, reason = _found(number), request.POST.get("reason", "")
    decisions: dict[str, tuple[Callable[[], object], str]] = {
        "approve": (
            lambda: services.approve_weights(proposal_id=number, by=person(request)),
            "The weights are approved.",
        ),
        "reject": (
            lambda: services.reject_weights(proposal_id=number, reason=reason, by=person(request)),
            "The weights are rejected. Their draft can be changed and proposed again.",
        ),
        "withdraw": (
            lambda: services.withdraw_weights(proposal_id=number, by=person(request)),
            "The proposal is withdrawn. Its draft can be changed and proposed again.",
        ),
    }
    if request.POST.get("decision", "") not in decisions:
        raise NotAllowed
    act, done = decisions[request.POST["decision"]]
    try:
        act()
    except ProposalRefused as refused:
        return _proposal(request, found, {refused.field: refused.message})
    except ProposalDecided as decided:
        messages.warning(request, decided.message)
    else:
        messages.success(request, done)
    return redirect(addresses.weight_proposal(number))


def _found(number: int) -> WeightProposal:
    found = proposal_of(number)
    if found is None:
        raise NotAllowed
    return found


def _propose(request: HttpRequest, found: Any, typed: Mapping[str, str], problems: Mapping[str, str]) -> HttpResponse:
    sentences = in_words(differences(selectors.weights_in_force(), kept_weights(found)))
    context = {"above": way_here(request), "draft": found, "typed": typed, "problems": problems, "sentences": sentences}
    return render(request, "workload/weights_propose.html", context, status=422 if problems else 200)


def _proposal(request: HttpRequest, found: WeightProposal, problems: Mapping[str, str]) -> HttpResponse:
    weights = kept_weights(found)
    waits = found.state == WeightProposal.State.WAITING
    with snapshot():
        in_force = selectors.weights_in_force()
        effect = effect_context(request, weights if waits else None)
    changed = differences(in_force, weights)
    context = {
        **effect,
        "above": way_here(request),
        "proposal": found,
        "waits": waits,
        "is_mine": found.proposed_by_id == person(request).pk,
        "may_decide": may_decide(request),
        "in_force": in_force,
        "based_on_earlier": found.draft.based_on_id != in_force.version,
        "changed": changed,
        "sentences": in_words(changed),
        "problems": problems,
        "reason": request.POST.get("reason", ""),
        "late": found.valid_from < timezone.localdate(),
    }
    return render(request, "workload/weights_proposal.html", context, status=422 if problems else 200)
