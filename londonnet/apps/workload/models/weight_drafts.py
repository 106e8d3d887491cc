"""Weights on their way to being adopted: drafts that can be changed, and proposals that a second person decides on."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models

from .weights import WeightVersion


class WeightDraft(models.Model):
    """A whole set of weights that somebody tries, found by its link. It holds no figures and names nobody."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    name = models.CharField(max_length=100)
    content = models.JSONField(help_text="all weights, as a weights file holds them")
    based_on = models.ForeignKey(WeightVersion, on_delete=models.PROTECT, related_name="+", db_index=False)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)
    thrown_away_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.name


class WeightProposal(models.Model):
    """Weights that somebody wants in force from a day on. Its content stands, whatever becomes of the draft."""

    class State(models.TextChoices):
        """Where a proposal stands; only one that waits can be decided on."""

        WAITING = "waiting", "Waiting for a second person"
        APPROVED = "approved", "Approved"
        REJECTED = "rejected", "Rejected"
        WITHDRAWN = "withdrawn", "Withdrawn"

    draft = models.ForeignKey(WeightDraft, on_delete=models.PROTECT, related_name="proposals", db_index=False)
    content = models.JSONField(help_text="all weights, as a weights file holds them")
    valid_from = models.DateField(help_text="the day from which they are wanted in force")
    reason = models.TextField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField(auto_now_add=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    decision_reason = models.TextField(blank=True)
    version = models.OneToOneField(WeightVersion, on_delete=models.PROTECT, null=True, related_name="proposal")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["draft"], condition=models.Q(state="waiting"), name="workload_one_proposal_waits"
            ),
            models.CheckConstraint(
                condition=~models.Q(state="approved") | ~models.Q(decided_by=models.F("proposed_by")),
                name="workload_second_person_approves",
            ),
        ]

    def __str__(self) -> str:
        return f"Proposal {self.pk}, {self.state}"
