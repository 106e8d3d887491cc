"""Messages that were sent, or wait to be."""

from typing import ClassVar

from django.db import models


class OutboxMessage(models.Model):
    """A message to members of staff; its words are dropped once it is sent, since they may hold a one-time link."""

    to = models.TextField(help_text="addresses, separated by commas")
    subject = models.CharField(max_length=255)
    body = models.TextField()
    created_at = models.DateTimeField(auto_now_add=True)
    sent_at = models.DateTimeField(null=True)
    error = models.TextField(blank=True, help_text="why it couldn't be sent, if it was tried")

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["-id"], name="notices_unsent", condition=models.Q(sent_at=None)),
        ]

    def __str__(self) -> str:
        return f"message {self.pk}"
