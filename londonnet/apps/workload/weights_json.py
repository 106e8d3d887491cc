"""Versions, drafts, proposals and effects of weights as programs read them: from the command line and from the API."""

from collections.abc import Iterable
from typing import Any

from .models import WeightDraft, WeightProposal
from .selectors.effect_rows import Effect, PersonChange, PlaceChange
from .selectors.weight_drafts import VersionRow
from .weight_changes import Difference, in_words


def version_json(row: VersionRow) -> dict[str, Any]:
    """One version: from when, what it is today, by whom and why."""
    return {
        "version": row.version,
        "valid_from": row.valid_from.isoformat(),
        "in_force": row.standing.name == "IN_FORCE",
        "standing": row.standing.name.lower(),
        "proposed_by": row.proposed_by,
        "approved_by": row.approved_by,
        "reason": row.reason,
    }


def changes_json(found: Iterable[Difference]) -> dict[str, Any]:
    """What is different between two sets, in a few sentences and line by line."""
    lines = tuple(found)
    return {
        "in_words": in_words(lines),
        "lines": [{"part": one.group, "name": one.name, "before": one.before, "after": one.after} for one in lines],
    }


def draft_json(draft: WeightDraft) -> dict[str, Any]:
    """One draft, without its weights."""
    return {
        "id": str(draft.pk),
        "name": draft.name,
        "based_on": draft.based_on_id,
        "made_by": draft.made_by.name,
        "changed_at": draft.changed_at.isoformat(),
        "is_thrown_away": draft.thrown_away_at is not None,
    }


def proposal_json(proposal: WeightProposal) -> dict[str, Any]:
    """One proposal, without its weights."""
    return {
        "number": proposal.pk,
        "draft": str(proposal.draft_id),
        "name": proposal.draft.name,
        "valid_from": proposal.valid_from.isoformat(),
        "reason": proposal.reason,
        "state": str(proposal.state),
        "proposed_by": proposal.proposed_by.name,
        "proposed_at": proposal.proposed_at.isoformat(),
        "decided_by": proposal.decided_by.name if proposal.decided_by else "",
        "decided_at": proposal.decided_at.isoformat() if proposal.decided_at else None,
        "decision_reason": proposal.decision_reason,
        "version": proposal.version_id,
    }


def effect_json(effect: Effect) -> dict[str, Any]:
    """What weights would do to a part of the trust, place by place and person by person."""
    return {
        "whole": place_change_json(effect.whole),
        "trust": None if effect.trust is None else place_change_json(effect.trust),
        "places": [{"level": one.level, **place_change_json(one)} for one in effect.places],
        "people": [person_change_json(one) for one in effect.people],
        "distribution": [
            {"from_percent": one.from_percent, "before": one.before, "after": one.after} for one in effect.columns
        ],
    }


def place_change_json(row: PlaceChange) -> dict[str, Any]:
    """A place before and after."""
    return {
        "code": row.code,
        "name": row.name,
        "practitioners": row.practitioners,
        **_sides(row),
        "above_110_before": row.above_before,
        "above_110_after": row.above,
        "newly_above_110": row.newly_above,
        "no_longer_above_110": row.no_longer_above,
    }


def person_change_json(row: PersonChange) -> dict[str, Any]:
    """A practitioner-in-team before and after."""
    return {"om_key": row.om_key, "team_code": row.team_code, **_sides(row)}


def _sides(row: PlaceChange | PersonChange) -> dict[str, Any]:
    return {
        "points_before": row.held_before,
        "points_after": row.held,
        "available_before": row.available_before,
        "available_after": row.available,
        "capacity_before": row.before.percent,
        "capacity_after": row.after.percent,
    }
