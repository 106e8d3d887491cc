"""Keeping weights that somebody tries: drafts, found by their link."""

from dataclasses import replace
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from londonnet.apps.workload.errors import DraftStands
from londonnet.apps.workload.models import WeightDraft
from londonnet.apps.workload.selectors.weight_drafts import stands
from londonnet.apps.workload.weights import WeightSet, weights_json
from londonnet.platform.access.models import User
from londonnet.platform.audit import Event, record

TOPIC = "workload:weights:all"


@transaction.atomic
def save_weight_draft(*, weights: WeightSet, name: str, by: User) -> WeightDraft:
    """Keep these weights as a new draft; their version is the one that they began from."""
    draft = WeightDraft.objects.create(
        name=name, content=weights_json(weights, complete=True), based_on_id=weights.version, made_by=by
    )
    record(_event("workload.weights_drafted", draft, {"name": name, "based_on": weights.version}))
    return draft


def draft_again(*, earlier: WeightSet, in_force: WeightSet, by: User) -> WeightDraft:
    """Roll back: an earlier version becomes a draft, to be proposed in place of the version in force."""
    weights = replace(earlier, version=in_force.version)
    return save_weight_draft(weights=weights, name=f"Version {earlier.version} again", by=by)


@transaction.atomic
def change_weight_draft(*, draft_id: UUID, weights: WeightSet, name: str, by: User) -> WeightDraft:
    """Put other weights, or another name, into a draft.

    Raises:
        DraftStands: it is somebody else's, or it is proposed or adopted.
    """
    draft = own_draft(draft_id, by)
    draft.name, draft.content, draft.thrown_away_at = name, weights_json(weights, complete=True), None
    draft.save()
    record(_event("workload.weights_draft_changed", draft, {"name": name}))
    return draft


@transaction.atomic
def throw_weight_draft_away(*, draft_id: UUID, by: User) -> WeightDraft:
    """Take a draft from the list. Its link still opens it, and brings it back.

    Raises:
        DraftStands: it is somebody else's, or it is proposed or adopted.
    """
    draft = own_draft(draft_id, by)
    draft.thrown_away_at = timezone.now()
    draft.save(update_fields=["thrown_away_at"])
    record(_event("workload.weights_draft_thrown_away", draft, {"name": draft.name}))
    return draft


@transaction.atomic
def bring_weight_draft_back(*, draft_id: UUID, by: User) -> WeightDraft:
    """Put a draft that was thrown away back on the list.

    Raises:
        DraftStands: it is somebody else's.
    """
    draft = own_draft(draft_id, by)
    draft.thrown_away_at = None
    draft.save(update_fields=["thrown_away_at"])
    record(_event("workload.weights_draft_brought_back", draft, {"name": draft.name}))
    return draft


def own_draft(draft_id: UUID, by: User) -> WeightDraft:
    """One's own draft that may still be changed, locked until the transaction ends.

    Raises:
        DraftStands: it is somebody else's, or it is proposed or adopted.
    """
    draft = WeightDraft.objects.select_for_update().get(pk=draft_id)
    if draft.made_by_id != by.pk:
        raise DraftStands("This draft is somebody else’s. Save the weights as a draft of your own.")
    if stands(draft):
        raise DraftStands(
            "This draft is proposed, so it stands as it is. Withdraw the proposal, or save the weights as a new draft."
        )
    return draft


def _event(kind: str, draft: WeightDraft, after: dict[str, str | int]) -> Event:
    return Event(kind=kind, subject_type="weight_draft", subject_id=str(draft.pk), after=after, topics=(TOPIC,))
