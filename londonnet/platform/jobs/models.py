"""What LondonNet knows of a job beyond the library's own row, and when schedules ran."""

from typing import ClassVar

from django.db import models
from django_tasks_db.models import DBTaskResult


class JobState(models.Model):
    """A job as the people who wait for it see it; one to each row of django-tasks, which holds its arguments."""

    task = models.OneToOneField(DBTaskResult, on_delete=models.CASCADE, primary_key=True, related_name="state")
    name = models.CharField(max_length=100)
    label = models.CharField(max_length=200)
    asked_by_id = models.BigIntegerField(null=True, help_text="the user who asked for it, if one did")
    asked_by_name = models.CharField(max_length=200, blank=True)
    one_at_a_time = models.BooleanField(default=False)
    holds = models.CharField(
        max_length=100, null=True, unique=True, help_text="its name while it runs, where one runs at a time"
    )
    stage = models.CharField(max_length=200, blank=True)
    stage_started_at = models.DateTimeField(null=True)
    done = models.BigIntegerField(default=0)
    total = models.BigIntegerField(default=0, help_text="0 where it isn't known")
    worker = models.CharField(max_length=100, blank=True)
    heartbeat_at = models.DateTimeField(null=True, help_text="when its worker was last heard of; null: not running")
    attempts = models.PositiveIntegerField(default=0, help_text="how often it was taken; tells one taking from another")
    times_lost = models.PositiveIntegerField(default=0, help_text="how often its worker died")
    error_message = models.TextField(blank=True)
    error_code = models.CharField(max_length=100, blank=True)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["heartbeat_at"], name="jobs_running", condition=models.Q(heartbeat_at__isnull=False)),
            models.Index(fields=["name"], name="jobs_name"),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.pk}"


class ScheduleRun(models.Model):
    """When a schedule last ran in this trust; the row's lock lets one worker run it at a time."""

    name = models.CharField(max_length=100, primary_key=True)
    last_run_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.name
