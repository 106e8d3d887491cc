"""Drafts of weights, and proposals: from a trial to weights in force."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Query, Schema, Status
from pydantic import Field

from londonnet.apps.workload import selectors, services
from londonnet.apps.workload.models import WeightDraft, WeightProposal
from londonnet.apps.workload.selectors.weight_drafts import drafts, kept_weights, proposals
from londonnet.apps.workload.selectors.weight_drafts import proposal as proposal_of
from londonnet.apps.workload.views.weight_drafts import found_draft
from londonnet.apps.workload.views.weight_effects import TRY
from londonnet.apps.workload.views.weights import WEIGHTS
from londonnet.apps.workload.weight_changes import differences
from londonnet.apps.workload.weights import weights_json
from londonnet.apps.workload.weights_json import changes_json, draft_json, proposal_json
from londonnet.platform.access import policy
from londonnet.platform.access.models import User
from londonnet.platform.access.policy import TRUST_WIDE
from londonnet.platform.api.guard import caller
from londonnet.platform.api.paging import Paging, page_of
from londonnet.platform.api.routing import ApiRouter
from londonnet.platform.errors import NotAllowed

from .weight_schemas import (
    State,
    WeightDrafts,
    WeightDraftSent,
    WeightDraftWhole,
    WeightProposalsPage,
    WeightProposalWhole,
    WeightsProposed,
    WeightsRejected,
)
from .weights import weights_sent

router = ApiRouter()


class DraftsAsked(Schema):
    """Which drafts."""

    mine: bool = Field(False, description="only the caller's own")


class ProposalsAsked(Schema):
    """Which proposals."""

    state: State | None = Field(None, description="only those in this state")


@router.read("/weights/drafts", permission=TRY, answer=WeightDrafts)
def weight_drafts(request: HttpRequest, asked: Query[DraftsAsked]) -> dict[str, Any]:
    """Drafts of weights.

    The twenty that were changed last and aren't thrown away or adopted.
    """
    user = caller(request)
    return {"items": [draft_json(one) for one in drafts(made_by=user.pk if asked.mine else None)]}


@router.write("POST", "/weights/drafts", permission=TRY, answer=WeightDraftWhole, status=201)
def save_weight_draft(request: HttpRequest, sent: WeightDraftSent) -> Status[Any]:
    """Save weights as a draft.

    Nothing else changes; whoever may try weights finds it by its identifier.
    """
    made = services.save_weight_draft(weights=weights_sent(sent.weights), name=sent.name, by=caller(request))
    return Status(201, _draft(made.pk))


@router.read("/weights/drafts/{uuid:identifier}", permission=TRY, answer=WeightDraftWhole)
def weight_draft(request: HttpRequest, identifier: UUID) -> dict[str, Any]:
    """One draft of weights.

    All that it holds, and what it changes against the weights in force.
    """
    return _draft(identifier)


@router.write("PUT", "/weights/drafts/{uuid:identifier}", permission=TRY, answer=WeightDraftWhole)
def change_weight_draft(request: HttpRequest, identifier: UUID, sent: WeightDraftSent) -> dict[str, Any]:
    """Change one's own draft.

    One that is proposed or adopted stands as it is (409), and so does somebody else's.
    """
    found_draft(identifier)
    services.change_weight_draft(
        draft_id=identifier, weights=weights_sent(sent.weights), name=sent.name, by=caller(request)
    )
    return _draft(identifier)


@router.write("POST", "/weights/drafts/{uuid:identifier}/throw-away", permission=TRY, answer=WeightDraftWhole)
def throw_weight_draft_away(request: HttpRequest, identifier: UUID) -> dict[str, Any]:
    """Throw one's own draft away.

    It leaves the list, and can be brought back.
    """
    found_draft(identifier)
    services.throw_weight_draft_away(draft_id=identifier, by=caller(request))
    return _draft(identifier)


@router.write("POST", "/weights/drafts/{uuid:identifier}/bring-back", permission=TRY, answer=WeightDraftWhole)
def bring_weight_draft_back(request: HttpRequest, identifier: UUID) -> dict[str, Any]:
    """Bring a draft back.

    One that was thrown away is on the list again.
    """
    found_draft(identifier)
    services.bring_weight_draft_back(draft_id=identifier, by=caller(request))
    return _draft(identifier)


@router.write(
    "POST", "/weights/drafts/{uuid:identifier}/propose", permission=WEIGHTS, answer=WeightProposalWhole, status=201
)
def propose_weights(request: HttpRequest, identifier: UUID, wanted: WeightsProposed) -> Status[Any]:
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
    return page_of(found, paging, proposal_json)


@router.read("/weights/proposals/{int:number}", permission=TRY, answer=WeightProposalWhole)
def weight_proposal(request: HttpRequest, number: int) -> dict[str, Any]:
    """One proposal of weights.

    All that it holds, and what it changes against the weights in force.
    """
    return _proposal(number)


@router.write("POST", "/weights/proposals/{int:number}/approve", permission=WEIGHTS, answer=WeightProposalWhole)
def approve_weights(request: HttpRequest, number: int) -> dict[str, Any]:
    """Approve a proposal of somebody else's.

    It becomes the next version; the figures follow as soon as it holds. Of two who decide at once one wins (409).
    """
    user = _decider(request)
    _proposal(number)
    services.approve_weights(proposal_id=number, by=user)
    return _proposal(number)


@router.write("POST", "/weights/proposals/{int:number}/reject", permission=WEIGHTS, answer=WeightProposalWhole)
def reject_weights(request: HttpRequest, number: int, rejected: WeightsRejected) -> dict[str, Any]:
    """Reject a proposal of somebody else's.

    Its draft can be changed and proposed again.
    """
    user = _decider(request)
    _proposal(number)
    services.reject_weights(proposal_id=number, reason=rejected.reason, by=user)
    return _proposal(number)


@router.write("POST", "/weights/proposals/{int:number}/withdraw", permission=WEIGHTS, answer=WeightProposalWhole)
def withdraw_weights(request: HttpRequest, number: int) -> dict[str, Any]:
    """Withdraw one's own proposal.

    Its draft can be changed and proposed again.
    """
    user = _decider(request)
    _proposal(number)
    services.withdraw_weights(proposal_id=number, by=user)
    return _proposal(number)


def _decider(request: HttpRequest) -> User:
    """The caller, if they may propose and approve: weights hold for the whole trust."""
    user = caller(request)
    policy.require(user, WEIGHTS, TRUST_WIDE)
    return user


def _draft(identifier: UUID) -> dict[str, Any]:
    found = found_draft(identifier)
    standing: int | None = found.standing  # type: ignore[attr-defined]  # the selector adds it
    return {**draft_json(found), "proposal": standing, **_held(found)}


def _proposal(number: int) -> dict[str, Any]:
    found = proposal_of(number)
    if found is None:
        raise NotAllowed
    return {**proposal_json(found), **_held(found)}


def _held(kept: WeightDraft | WeightProposal) -> dict[str, Any]:
    weights = kept_weights(kept)
    return {
        "weights": weights_json(weights, complete=True),
        "changes": changes_json(differences(selectors.weights_in_force(), weights)),
    }
