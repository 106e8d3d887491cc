"""Versions, drafts and proposals of weights, as their pages show them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from django.db.models import OuterRef, QuerySet, Subquery

from londonnet.apps.workload.models import WeightDraft, WeightProposal, WeightVersion
from londonnet.apps.workload.weights import WeightSet
from londonnet.apps.workload.weights_reading import parse_weights

from .weight_versions import all_weights


class VersionStanding(StrEnum):
    """What a version is today."""

    IN_FORCE = "In force"
    TO_COME = "To come"
    PASSED_BY = "Passed by: a later version comes first"
    BEFORE = "Before"


@dataclass(frozen=True, slots=True)
class VersionRow:
    """One version: since when, by whom, why, and the whole of it."""

    version: int
    valid_from: date
    adopted_at: datetime
    reason: str
    standing: VersionStanding
    proposed_by: str
    approved_by: str
    weights: WeightSet


def version_rows(today: date) -> list[VersionRow]:
    """Every version, the newest first. Two queries."""
    stored = WeightVersion.objects.select_related("proposal__proposed_by", "proposal__decided_by").order_by("-version")
    weights = all_weights()
    standings = standings_on(today, {number: one.valid_from for number, one in weights.items()})
    return [_version_row(one, standings[one.version], weights[one.version]) for one in stored]


def standings_on(today: date, first_days: Mapping[int, date]) -> dict[int, VersionStanding]:
    """What each version is on a day: in force is the highest that has begun; one to come holds only without a higher
    one that begins no later than it."""
    begun = [number for number, first_day in first_days.items() if first_day <= today]
    in_force = max(begun) if begun else min(first_days, default=0)
    return {number: _standing(number, first_days, in_force, today) for number in first_days}


def proposals(state: WeightProposal.State | None = None) -> QuerySet[WeightProposal]:
    """Proposals in one state, or all of them, the newest first, with who made and decided them."""
    found = WeightProposal.objects.select_related("draft", "proposed_by", "decided_by").order_by("-id")
    return found.filter(state=state) if state else found


def proposal(number: int) -> WeightProposal | None:
    """One proposal. One query."""
    return (
        WeightProposal.objects.select_related("draft", "proposed_by", "decided_by", "version").filter(pk=number).first()
    )


def drafts(most: int = 20) -> list[WeightDraft]:
    """The drafts that were changed last and aren't thrown away or adopted. One query."""
    return list(every_draft().filter(thrown_away_at=None)[:most])


def every_draft(*, made_by: int | None = None) -> QuerySet[WeightDraft]:
    """Drafts that aren't adopted, thrown away or not, those changed last first; one person's or everybody's."""
    adopted = WeightProposal.objects.filter(state=WeightProposal.State.APPROVED).values("draft_id")
    found = WeightDraft.objects.select_related("made_by").exclude(pk__in=adopted).defer("content")
    return (found if made_by is None else found.filter(made_by_id=made_by)).order_by("-changed_at", "pk")


def draft(identifier: UUID) -> WeightDraft | None:
    """One draft, thrown away or not; its `standing` is the number of the proposal that keeps it. One query."""
    standing = Subquery(_standing_proposals(OuterRef("pk")).values("pk")[:1])
    return WeightDraft.objects.select_related("made_by").annotate(standing=standing).filter(pk=identifier).first()


def stands(found: WeightDraft) -> bool:
    """Whether a proposal that waits or is approved keeps a draft from being changed. One query."""
    return _standing_proposals(found.pk).exists()


def _standing_proposals(draft_id: UUID | OuterRef) -> QuerySet[WeightProposal]:
    keeping = (WeightProposal.State.WAITING, WeightProposal.State.APPROVED)
    return WeightProposal.objects.filter(draft_id=draft_id, state__in=keeping).order_by("-id")


def kept_weights(kept: WeightDraft | WeightProposal) -> WeightSet:
    """The weights that a draft or a proposal holds."""
    return parse_weights(kept.content, further_reports={})


def _standing(number: int, first_days: Mapping[int, date], in_force: int, today: date) -> VersionStanding:
    if number == in_force:
        return VersionStanding.IN_FORCE
    first_day = first_days[number]
    if first_day <= today:
        return VersionStanding.BEFORE
    overtaken = any(other > number and day <= first_day for other, day in first_days.items())
    return VersionStanding.PASSED_BY if overtaken else VersionStanding.TO_COME


def _version_row(stored: WeightVersion, standing: VersionStanding, weights: WeightSet) -> VersionRow:
    made = getattr(stored, "proposal", None)
    return VersionRow(
        stored.version,
        stored.valid_from,
        stored.adopted_at,
        stored.reason,
        standing,
        proposed_by=made.proposed_by.name if made else "",
        approved_by=made.decided_by.name if made and made.decided_by else "",
        weights=weights,
    )
