"""The trail."""

from typing import ClassVar

from django.db import models


class TrailEntry(models.Model):
    """One thing that happened: who did what, about what and whom, before and after, and why. Never changed."""

    at = models.DateTimeField(db_default=models.functions.Now(), db_index=True)
    kind = models.CharField(max_length=100)
    actor_kind = models.CharField(max_length=10, help_text="user, command, job or nobody")
    actor_id = models.BigIntegerField(null=True)
    actor_name = models.CharField(max_length=200)
    subject_type = models.CharField(max_length=50)
    subject_id = models.CharField(max_length=100)
    about = models.CharField(max_length=100, blank=True, help_text="identifier of the person it is about, if any")
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)
    why = models.TextField(blank=True)
    request_id = models.CharField(max_length=36, blank=True)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["subject_type", "subject_id", "-id"], name="audit_subject"),
            models.Index(fields=["about", "-id"], name="audit_about", condition=~models.Q(about="")),
            models.Index(fields=["actor_id", "-id"], name="audit_actor"),
            models.Index(fields=["kind", "-id"], name="audit_kind"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject_type} {self.subject_id}"

    @property
    def title(self) -> str:
        """What happened, in words: `access.signed_in` is "Signed in"."""
        return _in_words(self.kind.rpartition(".")[2]).capitalize()

    @property
    def subject(self) -> str:
        """What it happened to, in words."""
        return f"{_in_words(self.subject_type)} {self.subject_id}"

    @property
    def who(self) -> str:
        """Who did it, and how: a user by number, a job for whom, a command."""
        how = _HOW.get(self.actor_kind, self.actor_kind)
        number = f"{' of user' if self.actor_kind == 'job' else ''} {self.actor_id}" if self.actor_id else ""
        return f"{self.actor_name} ({how}{number})" if how else self.actor_name


_HOW = {"user": "user", "job": "a job", "command": "a command", "nobody": ""}


def _in_words(code: str) -> str:
    return code.replace("_", " ")
