"""Contracted hours and reductions, dated. What a later change replaces is kept, and says which change that was."""

from typing import ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value

from londonnet.apps.organisation.models import PractitionerInTeam


class StaffingLoad(models.Model):
    """What changed hours or reductions: a file, with its counts, or something that was done by hand."""

    class Kind(models.TextChoices):
        """What the file held."""

        HOURS = "hours", "Contracted hours"
        REDUCTIONS = "reductions", "Reductions"

    class Act(models.TextChoices):
        """What was done by hand; empty for a file."""

        ADDED = "added", "Added"
        CHANGED = "changed", "Changed"
        ENDED = "ended", "Ended early"
        DELETED = "deleted", "Deleted"
        PUT_BACK = "put_back", "Put back"
        TAKEN_ALONG = "taken_along", "Taken along to another team"

    kind = models.CharField(max_length=10, choices=Kind.choices)
    loaded_at = models.DateTimeField(auto_now_add=True)
    read = models.PositiveIntegerField()
    loaded = models.PositiveIntegerField()
    quarantined = models.PositiveIntegerField()
    ignored = models.PositiveIntegerField(help_text="rows that stood already")
    act = models.CharField(max_length=15, choices=Act.choices, blank=True, db_default="")
    done_by = models.CharField(max_length=200, blank=True, db_default="", help_text="who, as the trail names them")
    why = models.TextField(blank=True, db_default="", help_text="in their words; as private as a reduction's notes")

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, load {self.pk}"

    @property
    def by_hand(self) -> bool:
        """Whether somebody did it on a page or by a command, rather than with a file."""
        return bool(self.act)


class StaffingFile(models.Model):
    """A file of hours, reductions or history that somebody sent, with the lines that weren't taken; theirs alone."""

    class Kind(models.TextChoices):
        """What the file held."""

        HOURS = "hours", "Contracted hours"
        REDUCTIONS = "reductions", "Reductions"
        HISTORY = "history", "Another tool’s history"

    kind = models.CharField(max_length=10, choices=Kind.choices)
    name = models.CharField(max_length=200, help_text="as the file was called")
    sent_at = models.DateTimeField(auto_now_add=True)
    sent_by = models.BigIntegerField(help_text="number of the user")
    unchanged = models.BooleanField()
    read = models.PositiveIntegerField()
    loaded = models.PositiveIntegerField()
    quarantined = models.PositiveIntegerField()
    ignored = models.PositiveIntegerField(help_text="rows that stood already")
    problems = models.JSONField(help_text="line, column, value and reason of everything that is wrong")
    lines = models.JSONField(help_text="the cells of the lines that weren't taken, by their number")
    ignored_columns = models.JSONField()
    columns = models.JSONField(db_default=Value([], models.JSONField()), help_text="of the lines that weren't taken")

    class Meta:
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["sent_by", "-id"], name="workload_file_sender")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, file {self.pk}"


class ContractedHours(models.Model):
    """Hours a week of a practitioner-in-team for a period. Periods in force don't overlap."""

    place = models.ForeignKey(PractitionerInTeam, on_delete=models.PROTECT, related_name="+")
    hours = models.DecimalField(max_digits=5, decimal_places=2)
    first_day = models.DateField()
    last_day = models.DateField(null=True, help_text="the last day that it holds; empty: it goes on")
    loaded_by = models.ForeignKey(StaffingLoad, on_delete=models.PROTECT, related_name="+", db_index=False)
    superseded_by = models.ForeignKey(
        StaffingLoad, on_delete=models.PROTECT, related_name="+", db_index=False, null=True
    )

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(hours__range=(0, 168)), name="workload_hours_of_a_week"),
            models.CheckConstraint(
                condition=Q(last_day=None) | Q(last_day__gte=F("first_day")), name="workload_hours_end_after_start"
            ),
            ExclusionConstraint(
                name="workload_hours_no_overlap",
                expressions=[
                    (F("place"), RangeOperators.EQUAL),
                    (
                        Func(F("first_day"), F("last_day"), Value("[]"), function="daterange"),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                condition=Q(superseded_by=None),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.hours} hours from {self.first_day}"


class ReductionReason(models.Model):
    """A reason for which hours may be taken off. What it allows is dated: see its terms."""

    name = models.CharField(max_length=200, unique=True)
    short_name = models.CharField(max_length=100)
    kind = models.CharField(max_length=10, help_text="personal, learning or work")
    position = models.PositiveSmallIntegerField(help_text="where it stands in lists")

    def __str__(self) -> str:
        return self.short_name


class ReductionTerms(models.Model):
    """What a reason allows from a day on. A change is a new row, never an edit; of one day the last one holds."""

    reason = models.ForeignKey(ReductionReason, on_delete=models.PROTECT, related_name="terms", db_index=False)
    valid_from = models.DateField()
    allowance_percent = models.PositiveSmallIntegerField(null=True, help_text="the usual share of contracted hours")
    maximum_percent = models.PositiveSmallIntegerField(null=True, help_text="the most that is allowed")
    months_to_expiry = models.PositiveSmallIntegerField(null=True)
    enabled = models.BooleanField(default=True, help_text="whether reductions for this reason count")
    set_at = models.DateTimeField(null=True, help_text="empty: it began with the trust")
    set_by = models.CharField(max_length=200, blank=True, db_default="")
    why = models.TextField(blank=True, db_default="")

    def __str__(self) -> str:
        return f"{self.reason_id} from {self.valid_from}"


class Reduction(models.Model):
    """Hours a week taken off a practitioner-in-team for a reason. Several may run at once."""

    place = models.ForeignKey(PractitionerInTeam, on_delete=models.PROTECT, related_name="+")
    reason = models.ForeignKey(ReductionReason, on_delete=models.PROTECT, related_name="+", db_index=False)
    hours = models.DecimalField(max_digits=5, decimal_places=2)
    first_day = models.DateField()
    last_day = models.DateField(null=True, help_text="the last day that it holds; empty: it goes on")
    notes = models.TextField(blank=True)
    loaded_by = models.ForeignKey(StaffingLoad, on_delete=models.PROTECT, related_name="+", db_index=False)
    superseded_by = models.ForeignKey(
        StaffingLoad, on_delete=models.PROTECT, related_name="+", db_index=False, null=True
    )
    deleted_at = models.DateTimeField(null=True, help_text="when it was taken out by hand")
    replaces = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
        db_constraint=False,  # rows are never deleted
        null=True,
        help_text="what it was before",
    )

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(hours__gt=0, hours__lte=168), name="workload_reduction_of_a_week"),
            models.CheckConstraint(
                condition=Q(last_day=None) | Q(last_day__gt=F("first_day")), name="workload_reduction_end_after_start"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.hours} hours off from {self.first_day}"
