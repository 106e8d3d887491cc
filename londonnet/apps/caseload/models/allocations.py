"""Cases given to somebody here, before the national record says so; and what each extract moved by itself."""

from typing import ClassVar

from django.db import models

from londonnet.apps.organisation.models import PractitionerInTeam

from .extract import Location


class AllocationReason(models.Model):
    """A reason for moving a case from one practitioner to another."""

    name = models.CharField(max_length=100, unique=True)
    position = models.PositiveSmallIntegerField(help_text="where it stands in lists")
    enabled = models.BooleanField(default=True)

    def __str__(self) -> str:
        return self.name


class Allocation(models.Model):
    """One case moved here. It stands until an extract of a later day says the same."""

    class Kind(models.TextChoices):
        """What the move was."""

        ALLOCATED = "allocated", "Allocated"
        REALLOCATED = "reallocated", "Reallocated"
        PUT_BACK = "put-back", "Put back for allocation"

    class State(models.TextChoices):
        """What became of it."""

        STANDING = "standing", "Not yet in the national record"
        AGREED = "agreed", "In the national record"
        UNDONE = "undone", "Undone"
        REPLACED = "replaced", "Moved on since"
        GONE = "gone", "The case is closed"
        DROPPED = "dropped", "The national record was let stand"

    batch = models.UUIDField(db_index=True, help_text="what was moved together, and is undone together")
    crn = models.CharField(max_length=20)
    kind = models.CharField(max_length=12, choices=Kind.choices)
    state = models.CharField(max_length=10, choices=State.choices, default=State.STANDING)
    from_place = models.ForeignKey(PractitionerInTeam, on_delete=models.PROTECT, related_name="+")
    to_place = models.ForeignKey(PractitionerInTeam, on_delete=models.PROTECT, related_name="+")
    tier = models.SmallIntegerField(help_text="when it was moved: 0 untiered; 1…16 A3…D0; 17…32 suspended")
    location = models.SmallIntegerField(choices=Location.choices)
    reason = models.ForeignKey(
        AllocationReason, on_delete=models.PROTECT, related_name="+", db_index=False, null=True, blank=True
    )
    notes = models.TextField(blank=True)
    made_on = models.DateField(help_text="the day of the extract that it was made on; a later one is the truth again")
    made_at = models.DateTimeField(auto_now_add=True)
    made_by = models.BigIntegerField(null=True, help_text="number of the user; empty for a command")
    made_by_name = models.CharField(max_length=200)
    ended_at = models.DateTimeField(null=True)
    ended_by_name = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["crn"], condition=models.Q(state="standing"), name="caseload_allocation_one_stands"
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["-made_at"], name="caseload_allocation_made"),
            models.Index(fields=["crn", "-made_at"], name="caseload_allocation_crn"),
        ]

    def __str__(self) -> str:
        return f"{self.crn}: {self.state}"


class CaseReceived(models.Model):
    """A case that an extract names with somebody who didn't have it in the one before."""

    day = models.DateField(help_text="the day of the extract")
    crn = models.CharField(max_length=20)
    from_place = models.ForeignKey(
        PractitionerInTeam, on_delete=models.PROTECT, related_name="+", null=True, db_index=False
    )
    place = models.ForeignKey(PractitionerInTeam, on_delete=models.PROTECT, related_name="+", db_index=False)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["day", "crn"], name="caseload_received_once"),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["place", "day"], name="caseload_received_place"),
        ]

    def __str__(self) -> str:
        return f"{self.crn} on {self.day}"
