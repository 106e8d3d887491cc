"""Versions of the weights. Rows are only ever added: a trigger refuses every change of one."""

from typing import ClassVar

from django.db import models

from londonnet.apps.caseload.models import Location, Sheet

COUNTED_SHEETS = ((Sheet.FILTERED.value, "cases"), (Sheet.T2A.value, "t2a"))
"""The two sheets that are scored, and what weights files call their weights."""

_PERCENT = models.Q(warrants_percent__lte=100, overdue_percent__lte=100, unpaid_work_percent__lte=100)


class WeightVersion(models.Model):
    """One dated version of everything the points are worked out with."""

    version = models.PositiveIntegerField(primary_key=True)
    valid_from = models.DateField(help_text="the first day it is in force")
    adopted_at = models.DateTimeField(auto_now_add=True)
    reason = models.TextField(blank=True)
    sdr = models.PositiveIntegerField(help_text="points of a standard delivery report")
    conversion = models.PositiveIntegerField(help_text="points of a fast report")
    warrants_percent = models.PositiveSmallIntegerField(help_text="inactive T2A cases on warrant: share that is kept")
    overdue_percent = models.PositiveSmallIntegerField(help_text="overdue terminations: share that is kept")
    unpaid_work_percent = models.PositiveSmallIntegerField(help_text="unpaid work: share that is kept")
    parole = models.PositiveIntegerField(help_text="points of a parole report, where it is counted")
    parole_counted = models.BooleanField()
    arms_licence = models.PositiveIntegerField()
    arms_licence_counted = models.BooleanField()
    arms_community = models.PositiveIntegerField()
    arms_community_counted = models.BooleanField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=_PERCENT, name="workload_inactive_percent"),
        ]

    def __str__(self) -> str:
        return f"Weights version {self.version}"


class CaseWeight(models.Model):
    """The points of one case of a tier in a location, or of one transition-to-adulthood case."""

    pk = models.CompositePrimaryKey("version_id", "kind", "location", "tier")
    version = models.ForeignKey(WeightVersion, on_delete=models.PROTECT, related_name="case_weights", db_index=False)
    kind = models.SmallIntegerField(choices=COUNTED_SHEETS, help_text="number of the sheet whose counts it weighs")
    location = models.SmallIntegerField(choices=Location.choices)
    tier = models.SmallIntegerField(help_text="1…16 A3…D0; 17…32 the same, contact suspended")
    points = models.PositiveIntegerField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=models.Q(tier__range=(1, 32)), name="workload_weight_tier"),
        ]

    def __str__(self) -> str:
        return f"{self.points} for tier {self.tier} in {self.location}"


class SupportWeight(models.Model):
    """The points of one case-management contact, by its code."""

    pk = models.CompositePrimaryKey("version_id", "code")
    version = models.ForeignKey(WeightVersion, on_delete=models.PROTECT, related_name="support_weights", db_index=False)
    code = models.CharField(max_length=30)
    points = models.PositiveIntegerField()

    def __str__(self) -> str:
        return f"{self.points} for {self.code}"


class GradeRule(models.Model):
    """What full hours of a grade can carry, and how many hours those are."""

    pk = models.CompositePrimaryKey("version_id", "grade")
    version = models.ForeignKey(WeightVersion, on_delete=models.PROTECT, related_name="grade_rules", db_index=False)
    grade = models.CharField(max_length=3)
    target = models.PositiveIntegerField(help_text="points")
    default_hours = models.DecimalField(
        max_digits=5, decimal_places=2, null=True, help_text="hours a week; 0 or none: capacity isn't measured"
    )

    def __str__(self) -> str:
        return f"{self.grade}: {self.target}"
