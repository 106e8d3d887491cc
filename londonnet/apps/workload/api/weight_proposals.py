"""Proposals of weights: from a draft to weights in force, and back to earlier ones."""

from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from ninja import Query, Schema, Status
from pydantic import Field

from londonnet.apps.workload import selectors, services
from londonnet.apps.workload.models import WeightProposal
from londonnet.apps.workload.permissions import TRY, WEIGHTS
from londonnet.apps.workload.selectors.weight_drafts import kept_weights, proposals, version_rows
from londonnet.apps.workload.selectors.weight_drafts import proposal as proposal_of
from londonnet.apps.workload.weights_json import proposal_json
from londonnet.apps.workload.within_reach import found_draft
from londonnet.platform.access import policy
from londonnet.platform.access.models import User
from londonnet.platform.access.policy import TRUST_WIDE
from londonnet.platform.api.guard import caller
from londonnet.platform.api.paging import Paging
from londonnet.platform.api.routing import ApiRouter
from londonnet.platform.errors import NotAllowed
from londonnet.platform.trusts.snapshot import snapshot

from .parts import Identifier, Number
from .weight_drafts import draft_whole, paged, weights_held
from .weight_schemas import (
    State,
    WeightDraftWhole,
    WeightEffect,
    WeightProposalsPage,
    WeightProposalWhole,
    WeightsProposed,
    WeightsRejected,
)
from .weights import EffectAsked, effect_shown

router = ApiRouter()


class ProposalsAsked(Schema):
    """Which proposals."""

    state: State | None = Field(None, description="only those in this state")


@router.write(
    "POST", "/weights/drafts/{uuid:identifier}/propose", permission=WEIGHTS, answer=WeightProposalWhole, status=201
)
def propose_weights(request: HttpRequest, identifier: Identifier, wanted: WeightsProposed) -> Status[Any]:
    """Propose a draft.

    From today or a later day, with a reason. The draft stands from then on; a second person approves it.
    """
    user = _decider(request)
    found_draft(identifier)
    made = services.propose_weights(draft_id=identifier, valid_from=wanted.valid_from, reason=wanted.reason, by=user)
    return Status(201, _proposal(made.pk))


@router.read("/weights/proposals", permission=TRY, answer=WeightProposalsPage)
def weight_proposals(request: HttpRequest, asked: Query[ProposalsAsked], paging: Query[Paging]) -> dict[str, Any]:
    """Proposals of weights.

    The newest first, with what became of each.
    """
    found = proposals(WeightProposal.State(asked.state) if asked.state else None)
    return paged(found, paging, proposal_json)


@router.read("/weights/proposals/{int:number}", permission=TRY, answer=WeightProposalWhole)
def weight_proposal(request: HttpRequest, number: Number) -> dict[str, Any]:
    """One proposal of weights.

    All that it holds, and what it changes against the weights in force.
    """
    return _proposal(number)


@router.write("POST", "/weights/proposals/{int:number}/approve", permission=WEIGHTS, answer=WeightProposalWhole)
def approve_weights(request: HttpRequest, number: Number) -> dict[str, Any]:
    """Approve a proposal of somebody else's.

    It becomes the next version; the figures follow as soon as it holds. Of two who decide at once one wins (409).
    """
    user = _decider(request)
    _proposal(number)
    services.approve_weights(proposal_id=number, by=user)
    return _proposal(number)


@router.write("POST", "/weights/proposals/{int:number}/reject", permission=WEIGHTS, answer=WeightProposalWhole)
def reject_weights(request: HttpRequest, number: Number, rejected: WeightsRejected) -> dict[str, Any]:
    """Reject a proposal of somebody else's.

    Its draft can be changed and proposed again.
    """
    user = _decider(request)
    _proposal(number)
    services.reject_weights(proposal_id=number, reason=rejected.reason, by=user)
    return _proposal(number)


@router.write("POST", "/weights/proposals/{int:number}/withdraw", permission=WEIGHTS, answer=WeightProposalWhole)
def withdraw_weights(request: HttpRequest, number: Number) -> dict[str, Any]:
    """Withdraw one's own proposal.

    Its draft can be changed and proposed again.
    """
    user = _decider(request)
    _proposal(number)
    services.withdraw_weights(proposal_id=number, by=user)
    return _proposal(number)


@router.read("/weights/proposals/{int:number}/effect", permission=TRY, answer=WeightEffect)
def effect_of_proposal(request: HttpRequest, number: Number, asked: Query[EffectAsked]) -> dict[str, Any]:
    """What proposed weights would do.

    To a place within the caller's reach, against the figures in force. Nothing is written.
    """
    with snapshot():
        return effect_shown(caller(request), kept_weights(_found(number)), asked.within)


@router.write("POST", "/weights/{int:number}/again", permission=WEIGHTS, answer=WeightDraftWhole, status=201)
def weights_again(request: HttpRequest, number: Number) -> Status[Any]:
    """Begin to roll back.

    An earlier version becomes a draft of the caller's, to be proposed as any other.
    """
    user = _decider(request)
    earlier = next((row for row in version_rows(timezone.localdate()) if row.version == number), None)
    if earlier is None:
        raise NotAllowed
    made = services.draft_again(earlier=earlier.weights, in_force=selectors.weights_in_force(), by=user)
    return Status(201, draft_whole(made.pk))


def _decider(request: HttpRequest) -> User:
    """The caller, if they may propose and approve: weights hold for the whole trust."""
    user = caller(request)
    policy.require(user, WEIGHTS, TRUST_WIDE)
    return user


def _found(number: int) -> WeightProposal:
    found = proposal_of(number)
    if found is None:
        raise NotAllowed
    return found


def _proposal(number: int) -> dict[str, Any]:
    found = _found(number)
    return {**proposal_json(found), **weights_held(found)}
