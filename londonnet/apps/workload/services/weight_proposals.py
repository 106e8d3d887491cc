"""From a draft to weights in force: one person proposes, a second one approves."""

from collections.abc import Collection
from dataclasses import replace
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from londonnet.apps.workload import addresses
from londonnet.apps.workload.errors import ProposalDecided, ProposalRefused
from londonnet.apps.workload.models import WeightProposal
from londonnet.apps.workload.notice_kinds import WEIGHTS_PROPOSED
from londonnet.apps.workload.selectors.weight_drafts import kept_weights
from londonnet.platform.access.models import User
from londonnet.platform.access.policy import TRUST_WIDE
from londonnet.platform.access.selectors import users_with
from londonnet.platform.audit import Event, record
from londonnet.platform.notices.services import notify

from .turns import take_turn
from .weight_drafts import TOPIC, own_draft
from .weights import adopt_weights

_STATE = WeightProposal.State


@transaction.atomic
def propose_weights(*, draft_id: UUID, valid_from: date, reason: str, by: User) -> WeightProposal:
    """Ask for a draft to be adopted from a day on. From now on the draft stands as it is.

    Raises:
        ProposalRefused: the day has passed, or no reason is given.
        DraftStands: the draft is somebody else's, or it is proposed already.
    """
    if valid_from < timezone.localdate():
        raise ProposalRefused("valid_from", "Enter today or a later day: figures of days gone by aren’t changed.")
    if not reason.strip():
        raise ProposalRefused("reason", "Enter the reason: whoever approves the weights reads it.")
    draft = own_draft(draft_id, by)
    proposal = WeightProposal.objects.create(
        draft=draft, content=draft.content, valid_from=valid_from, reason=reason.strip(), proposed_by=by
    )
    record(_event("workload.weights_proposed", proposal, reason.strip()))
    others = set(users_with("workload.weights", TRUST_WIDE)) - {by.pk}
    _tell(others, proposal, f"{by.name} proposes new weights: {draft.name}", reason.strip())
    return proposal


@transaction.atomic
def approve_weights(*, proposal_id: int, by: User) -> int:
    """Adopt proposed weights as the next version. If their day has passed, they hold from today.

    Returns:
        The number of the version.

    Raises:
        ProposalRefused: it is one's own proposal.
        ProposalDecided: somebody decided before.
    """
    take_turn()
    proposal = _waiting(proposal_id)
    if proposal.proposed_by_id == by.pk:
        raise ProposalRefused("decision", "A second person approves weights: you can’t approve your own proposal.")
    first_day = max(proposal.valid_from, timezone.localdate())
    version = adopt_weights(weights=replace(kept_weights(proposal), valid_from=first_day), reason=proposal.reason)
    proposal.version_id = version
    _decide(proposal, _STATE.APPROVED, by)
    record(_event("workload.weights_approved", proposal, ""))
    said = f"Weights version {version} holds from {first_day.day} {first_day:%B %Y}."
    _tell({proposal.proposed_by_id}, proposal, f"{by.name} approved the weights that you proposed", said)
    return version


@transaction.atomic
def reject_weights(*, proposal_id: int, reason: str, by: User) -> WeightProposal:
    """Say no to proposed weights, and why. Their draft can be changed and proposed again.

    Raises:
        ProposalRefused: no reason is given, or it is one's own proposal, which is withdrawn instead.
        ProposalDecided: somebody decided before.
    """
    if not reason.strip():
        raise ProposalRefused("reason", "Enter the reason: whoever proposed the weights reads it.")
    proposal = _waiting(proposal_id)
    if proposal.proposed_by_id == by.pk:
        raise ProposalRefused("reason", "This is your own proposal. Withdraw it instead.")
    _decide(proposal, _STATE.REJECTED, by, reason.strip())
    record(_event("workload.weights_rejected", proposal, reason.strip()))
    _tell({proposal.proposed_by_id}, proposal, f"{by.name} rejected the weights that you proposed", reason.strip())
    return proposal


@transaction.atomic
def withdraw_weights(*, proposal_id: int, by: User) -> WeightProposal:
    """Take one's own proposal back. Its draft can be changed and proposed again.

    Raises:
        ProposalRefused: it is somebody else's.
        ProposalDecided: somebody decided before.
    """
    proposal = _waiting(proposal_id)
    if proposal.proposed_by_id != by.pk:
        raise ProposalRefused("decision", "Only whoever proposed the weights can withdraw them. You can reject them.")
    _decide(proposal, _STATE.WITHDRAWN, by)
    record(_event("workload.weights_withdrawn", proposal, ""))
    return proposal


def _waiting(proposal_id: int) -> WeightProposal:
    """A proposal that nobody has decided on, locked until the transaction ends."""
    proposal = WeightProposal.objects.select_for_update().get(pk=proposal_id)
    if proposal.state != _STATE.WAITING:
        raise ProposalDecided(str(_STATE(proposal.state).label).lower())
    return proposal


def _decide(proposal: WeightProposal, state: WeightProposal.State, by: User, reason: str = "") -> None:
    proposal.state, proposal.decision_reason = state, reason
    proposal.decided_by, proposal.decided_at = by, timezone.now()
    proposal.save()


def _tell(users: Collection[int], proposal: WeightProposal, title: str, text: str) -> None:
    notify(kind=WEIGHTS_PROPOSED.name, users=users, title=title, text=text, url=addresses.weight_proposal(proposal.pk))


def _event(kind: str, proposal: WeightProposal, why: str) -> Event:
    return Event(
        kind=kind,
        subject_type="weight_proposal",
        subject_id=str(proposal.pk),
        after={"valid_from": proposal.valid_from.isoformat(), "version": proposal.version_id},
        why=why,
        topics=(TOPIC,),
    )
