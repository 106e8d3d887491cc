"""Drafts of weights: saved, changed, thrown away and brought back."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpRequest
from ninja import Query, Schema, Status
from pydantic import Field

from londonnet.apps.workload import selectors, services
from londonnet.apps.workload.models import WeightDraft, WeightProposal
from londonnet.apps.workload.permissions import TRY
from londonnet.apps.workload.selectors.weight_drafts import every_draft, kept_weights
from londonnet.apps.workload.weight_changes import differences
from londonnet.apps.workload.weights import weights_json
from londonnet.apps.workload.weights_json import changes_json, draft_json
from londonnet.apps.workload.within_reach import found_draft
from londonnet.platform.api.guard import caller
from londonnet.platform.api.paging import Paging, part_of
from londonnet.platform.api.routing import ApiRouter
from londonnet.platform.trusts.snapshot import snapshot

from .parts import Identifier
from .weight_schemas import (
    WeightDrafts,
    WeightDraftSent,
    WeightDraftWhole,
)
from .weights import weights_sent

router = ApiRouter()


class DraftsAsked(Schema):
    """Which drafts."""

    mine: bool = Field(False, description="only the caller's own")
    thrown_away: bool = Field(False, description="those that were thrown away, instead of those on the list")


@router.read("/weights/drafts", permission=TRY, answer=WeightDrafts)
def weight_drafts(request: HttpRequest, asked: Query[DraftsAsked], paging: Query[Paging]) -> dict[str, Any]:
    """Drafts of weights.

    Those that aren't adopted, the last changed first.
    """
    found = every_draft(made_by=caller(request).pk if asked.mine else None)
    return paged(found.filter(thrown_away_at__isnull=not asked.thrown_away), paging, draft_json)


@router.write("POST", "/weights/drafts", permission=TRY, answer=WeightDraftWhole, status=201)
def save_weight_draft(request: HttpRequest, sent: WeightDraftSent) -> Status[Any]:
    """Save weights as a draft.

    Nothing else changes; whoever may try weights finds it by its identifier.
    """
    made = services.save_weight_draft(weights=weights_sent(sent.weights), name=sent.name, by=caller(request))
    return Status(201, draft_whole(made.pk))


@router.read("/weights/drafts/{uuid:identifier}", permission=TRY, answer=WeightDraftWhole)
def weight_draft(request: HttpRequest, identifier: Identifier) -> dict[str, Any]:
    """One draft of weights.

    All that it holds, and what it changes against the weights in force.
    """
    return draft_whole(identifier)


@router.write("PUT", "/weights/drafts/{uuid:identifier}", permission=TRY, answer=WeightDraftWhole)
def change_weight_draft(request: HttpRequest, identifier: Identifier, sent: WeightDraftSent) -> dict[str, Any]:
    """Change one's own draft.

    One that is proposed or adopted stands as it is (409), and so does somebody else's.
    """
    found_draft(identifier)
    services.change_weight_draft(
        draft_id=identifier, weights=weights_sent(sent.weights), name=sent.name, by=caller(request)
    )
    return draft_whole(identifier)


@router.write("POST", "/weights/drafts/{uuid:identifier}/throw-away", permission=TRY, answer=WeightDraftWhole)
def throw_weight_draft_away(request: HttpRequest, identifier: Identifier) -> dict[str, Any]:
    """Throw one's own draft away.

    It leaves the list, and can be brought back.
    """
    found_draft(identifier)
    services.throw_weight_draft_away(draft_id=identifier, by=caller(request))
    return draft_whole(identifier)


@router.write("POST", "/weights/drafts/{uuid:identifier}/bring-back", permission=TRY, answer=WeightDraftWhole)
def bring_weight_draft_back(request: HttpRequest, identifier: Identifier) -> dict[str, Any]:
    """Bring a draft back.

    One that was thrown away is on the list again.
    """
    found_draft(identifier)
    services.bring_weight_draft_back(draft_id=identifier, by=caller(request))
    return draft_whole(identifier)


def draft_whole(identifier: UUID) -> dict[str, Any]:
    """A draft with all that it holds."""
    found = found_draft(identifier)
    standing: int | None = found.standing  # type: ignore[attr-defined]  # the selector adds it
    return {**draft_json(found), "proposal": standing, **weights_held(found)}


def weights_held(kept: WeightDraft | WeightProposal) -> dict[str, Any]:
    """The weights that a draft or a proposal holds, and what they change against those in force."""
    weights = kept_weights(kept)
    return {
        "weights": weights_json(weights, complete=True),
        "changes": changes_json(differences(selectors.weights_in_force(), weights)),
    }


def paged(found: QuerySet[Any], paging: Paging, shown: Callable[[Any], dict[str, Any]]) -> dict[str, Any]:
    """A part of a list that the database pages. Two queries."""
    with snapshot():
        rows = list(found[paging.offset : paging.offset + paging.limit])
        return part_of(rows, found.count(), paging, shown)
