"""History: the figures of each day that has ended, their sums by place and grade, and tiers at the end of a month.

Rows are written by `services.keeping` and `history_loading` alone, in sets, from rows whose keys are checked.
"""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import BrinIndex
from django.db import models

from londonnet.apps.organisation.models import Pdu, PractitionerInTeam, Region, Team

ALL_GRADES = "*"
"""What the sum of all grades has for a grade; a blank grade is a grade of its own."""


class KeptDay(models.Model):
    """A day whose figures are kept."""

    class Source(models.TextChoices):
        """Where they came from. What we kept ourselves isn't replaced by what another tool says."""

        KEPT = "kept", "Kept here"
        IMPORTED = "imported", "Imported"

    day = models.DateField(primary_key=True)
    kept_at = models.DateTimeField()
    datestamp = models.DateField(null=True, help_text="the day that the extract described; empty: not known")
    weight_version = models.PositiveIntegerField(null=True, help_text="empty: not known, from another tool")
    source = models.CharField(max_length=10, choices=Source.choices)
    practitioners = models.PositiveIntegerField()

    def __str__(self) -> str:
        return f"{self.day}, {self.get_source_display()}"


class _Held(models.Model):
    """What `Figure` says of a practitioner-in-team, and a sum of everybody in a place."""

    cases = models.BigIntegerField()
    t2a_cases = models.BigIntegerField()
    points_cases = models.BigIntegerField()
    points_t2a = models.DecimalField(max_digits=16, decimal_places=2)
    points_reports = models.BigIntegerField()
    points_support = models.BigIntegerField()
    points_total = models.BigIntegerField(help_text="a whole number; may be negative")
    available = models.BigIntegerField(help_text="points; never below 0")

    class Meta:
        abstract = True


class DailyFigure(_Held):
    """The workload of one practitioner-in-team on one day. The table is partitioned by year of the day."""

    pk = models.CompositePrimaryKey("day", "place_id")
    day = models.DateField()
    place = models.ForeignKey(
        PractitionerInTeam, on_delete=models.DO_NOTHING, related_name="+", db_index=False, db_constraint=False
    )
    team = models.ForeignKey(Team, on_delete=models.DO_NOTHING, related_name="+", db_index=False, db_constraint=False)
    # Where the team belonged on that day, which may have changed since.
    pdu = models.ForeignKey(Pdu, on_delete=models.DO_NOTHING, related_name="+", db_index=False, db_constraint=False)
    region = models.ForeignKey(
        Region, on_delete=models.DO_NOTHING, related_name="+", db_index=False, db_constraint=False
    )
    grade = models.CharField(max_length=3, blank=True)
    contracted_hours = models.DecimalField(max_digits=5, decimal_places=2, null=True)
    reduction_hours = models.DecimalField(max_digits=7, decimal_places=2)
    capacity_note = models.CharField(max_length=20, blank=True, help_text="why there is no capacity; else empty")
    is_incomplete = models.BooleanField(help_text="a scored row about them is in quarantine")

    class Meta:
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["place", "day"], name="workload_daily_place")]

    def __str__(self) -> str:
        return f"{self.points_total} points of {self.available} on {self.day}"


class DailySum(_Held):
    """The workload of one grade, or of all, in a team, PDU, region or the trust on one day."""

    pk = models.CompositePrimaryKey("level", "unit_id", "grade", "day")
    level = models.CharField(max_length=6, help_text="trust, region, pdu or team")
    unit_id = models.BigIntegerField(help_text="number of the team, PDU or region; 0 for the trust")
    parent_id = models.BigIntegerField(help_text="number of the place above it on that day; 0 for the trust")
    grade = models.CharField(max_length=3, blank=True, help_text=f"{ALL_GRADES}: all of them")
    day = models.DateField()
    practitioners = models.PositiveIntegerField()
    posts = models.PositiveIntegerField(
        null=True, help_text="posts for cases that nobody has; empty: kept before they were told from practitioners"
    )
    above = models.PositiveIntegerField(help_text="practitioners above the band")
    within = models.PositiveIntegerField()
    below = models.PositiveIntegerField()
    not_measured = models.PositiveIntegerField()
    none_left = models.PositiveIntegerField(help_text="practitioners whose reductions take all their hours")
    incomplete = models.PositiveIntegerField()
    points_not_measured = models.BigIntegerField(help_text="points, within the total, of people without capacity")
    contracted_hours = models.DecimalField(max_digits=12, decimal_places=2)
    reduction_hours = models.DecimalField(max_digits=12, decimal_places=2)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["level", "parent_id", "grade", "day"], name="workload_sums_below"),
            BrinIndex(fields=["day"], name="workload_sums_of_day"),
        ]

    def __str__(self) -> str:
        return f"{self.points_total} points of {self.available} in {self.level} {self.unit_id} on {self.day}"


class WeekFigure(models.Model):
    """One week, Monday to Sunday, of a practitioner-in-team or a place: for averages, and for who was above how long.

    The lists have a place for each day of the week, empty where it isn't kept. `lowest_points` of
    `lowest_available` is the day with the lowest capacity, nothing of nothing where a day has none: so "all days
    above a threshold" is one exact comparison, whichever the threshold is.
    """

    pk = models.CompositePrimaryKey("level", "unit_id", "week")
    level = models.CharField(max_length=12, help_text="trust, region, pdu, team or practitioner")
    unit_id = models.BigIntegerField(help_text="number of the practitioner-in-team, team, PDU or region; 0: the trust")
    week = models.DateField(help_text="its Monday")
    days = models.PositiveSmallIntegerField(help_text="days kept")
    first_day = models.DateField(help_text="the first one kept")
    last_day = models.DateField()
    points_sum = models.BigIntegerField()
    available_sum = models.BigIntegerField()
    lowest_points = models.BigIntegerField()
    lowest_available = models.BigIntegerField()
    highest_points = models.BigIntegerField(help_text="of the day with the highest capacity; 0 where none has any")
    highest_available = models.BigIntegerField()
    points = ArrayField(models.BigIntegerField(null=True), size=7)
    available = ArrayField(models.BigIntegerField(null=True), size=7)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["level", "week"], name="workload_weeks_of_level")]

    def __str__(self) -> str:
        return f"{self.points_sum} points of {self.available_sum} in the week of {self.week}"


class CapacityYear(models.Model):
    """One year of a practitioner-in-team or a place, a byte for each day: how far above which percentage they were.

    `capacity_years.py` says what a byte means. With these "above T% for N weeks" is read of everybody at once.
    """

    pk = models.CompositePrimaryKey("level", "unit_id", "year")
    level = models.CharField(max_length=12, help_text="trust, region, pdu, team or practitioner")
    unit_id = models.BigIntegerField(help_text="number of the practitioner-in-team, team, PDU or region; 0: the trust")
    year = models.SmallIntegerField()
    days = models.BinaryField(help_text="366 bytes from 1 January on")

    def __str__(self) -> str:
        return f"{self.level} {self.unit_id} in {self.year}"


class MonthTiers(models.Model):
    """Filtered cases of one tier in one location, of a practitioner-in-team at the end of a month."""

    pk = models.CompositePrimaryKey("month_end", "place_id", "location", "tier")
    month_end = models.DateField()
    place_id = models.BigIntegerField()
    team_id = models.BigIntegerField()
    pdu_id = models.BigIntegerField()
    region_id = models.BigIntegerField()
    grade = models.CharField(max_length=3, blank=True)
    location = models.SmallIntegerField()
    tier = models.SmallIntegerField(help_text="0 untiered; 1…16 A3…D0; 17…32 the same, contact suspended")
    count = models.PositiveIntegerField()

    def __str__(self) -> str:
        return f"{self.count} of tier {self.tier} at {self.month_end}"
