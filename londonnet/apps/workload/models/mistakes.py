"""What practitioners say is wrong about their figure, with the line that it is about, and what was answered."""

from typing import ClassVar

from django.db import models

from londonnet.apps.organisation.models import PractitionerInTeam


class MistakeReport(models.Model):
    """A line of somebody's working that they say is wrong."""

    class State(models.TextChoices):
        """What became of it."""

        OPEN = "open", "Waiting for an answer"
        PUT_RIGHT = "put-right", "Put right in the national record"
        IS_RIGHT = "is-right", "The figure is right"
        TAKEN_BACK = "taken-back", "Taken back"

    place = models.ForeignKey(PractitionerInTeam, on_delete=models.PROTECT, related_name="+")
    section = models.CharField(max_length=100, help_text="the part of the working, such as Cases")
    line = models.CharField(max_length=500, help_text="the line as it stood: Community B2: 3 cases × 115 = 345")
    day = models.DateField(help_text="the day of the extract that the line was made from")
    weight_version = models.PositiveIntegerField()
    words = models.TextField(help_text="what is wrong, as they say it")
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    reported_by = models.BigIntegerField()
    reported_at = models.DateTimeField(auto_now_add=True)
    answer = models.TextField(blank=True)
    answered_by_name = models.CharField(max_length=200, blank=True)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["-id"], name="workload_mistakes_open", condition=models.Q(state="open")),
        ]

    def __str__(self) -> str:
        return f"{self.section}: {self.state}"
