"""Figures: a run makes all of them anew, and one pointer says which run readers see."""

from typing import ClassVar

from django.db import models

from londonnet.apps.caseload.models import Snapshot
from londonnet.apps.organisation.models import PractitionerInTeam, Team

from .weights import WeightVersion


class FigureRun(models.Model):
    """One working-out of every figure."""

    snapshot = models.ForeignKey(Snapshot, on_delete=models.CASCADE, related_name="+")
    weight_version = models.ForeignKey(WeightVersion, on_delete=models.PROTECT, related_name="+", db_index=False)
    day = models.DateField(help_text="the London day whose hours and reductions count")
    computed_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"Run {self.pk} for {self.day}"


class CurrentFigures(models.Model):
    """The pointer: its one row says which run readers see."""

    id = models.SmallIntegerField(primary_key=True, default=1)
    run = models.ForeignKey(FigureRun, on_delete=models.CASCADE, related_name="+", db_index=False)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=models.Q(id=1), name="workload_one_pointer"),
        ]

    def __str__(self) -> str:
        return f"Run {self.run_id}"


class Figure(models.Model):
    """The workload of one practitioner-in-team in one run."""

    pk = models.CompositePrimaryKey("run_id", "place_id")
    # A national run writes 15,000 of these at once, from rows whose keys are checked: checking again costs the budget.
    run = models.ForeignKey(FigureRun, on_delete=models.CASCADE, related_name="+", db_index=False, db_constraint=False)
    place = models.ForeignKey(
        PractitionerInTeam, on_delete=models.DO_NOTHING, related_name="+", db_index=False, db_constraint=False
    )
    team = models.ForeignKey(Team, on_delete=models.DO_NOTHING, related_name="+", db_index=False, db_constraint=False)
    grade = models.CharField(max_length=3, blank=True)
    cases = models.BigIntegerField()
    t2a_cases = models.BigIntegerField()
    points_cases = models.BigIntegerField()
    points_t2a = models.DecimalField(max_digits=16, decimal_places=2)
    points_reports = models.BigIntegerField()
    points_support = models.BigIntegerField()
    points_total = models.BigIntegerField(help_text="a whole number; may be negative")
    contracted_hours = models.DecimalField(max_digits=5, decimal_places=2, null=True)
    reduction_hours = models.DecimalField(max_digits=7, decimal_places=2)
    available = models.BigIntegerField(help_text="points; never below 0")
    capacity_note = models.CharField(max_length=20, blank=True, help_text="why there is no capacity; else empty")
    is_incomplete = models.BooleanField(help_text="a scored row about them is in quarantine")

    def __str__(self) -> str:
        return f"{self.points_total} points of {self.available}"
