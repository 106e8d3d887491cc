"""What was received from the national system, and what became of it."""

from typing import ClassVar

from django.db import models

from londonnet.apps.caseload.models import Snapshot


class ReceivedFile(models.Model):
    """A file that came in: an extract, or a mended quarantine. Its content lies in the trust's own folder."""

    digest = models.CharField(max_length=64, help_text="SHA-256 of the content")
    name = models.CharField(max_length=255, help_text="as the sender called it")
    stored_as = models.CharField(max_length=80, help_text="its name in the trust's folder; empty once it is removed")
    size_bytes = models.BigIntegerField()
    came_by = models.CharField(max_length=10, help_text="page, command or folder")
    received_at = models.DateTimeField(auto_now_add=True)
    refused_because = models.TextField(default="", db_default="", help_text="why it was refused as a whole, if it was")

    def __str__(self) -> str:
        return self.name


class Load(models.Model):
    """One extract that was loaded, with its report. A refused file leaves an event and no load."""

    snapshot = models.OneToOneField(Snapshot, on_delete=models.SET_NULL, null=True, related_name="+")
    file = models.ForeignKey(ReceivedFile, on_delete=models.PROTECT, related_name="+")
    mended = models.ManyToManyField(ReceivedFile, related_name="+")
    digest = models.CharField(max_length=64, help_text="what was loaded: the file, mended rows included")
    source_digest = models.CharField(max_length=64, help_text="the file alone; a quarantine workbook names it")
    datestamp = models.DateField()
    loaded_at = models.DateTimeField(auto_now_add=True)
    loaded_by = models.CharField(max_length=200)
    report = models.JSONField(help_text="counts by sheet, notes, what changed, seconds; no rows")
    put_back = models.BooleanField(default=False, help_text="an earlier extract that was put back")

    class Meta:
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["-loaded_at"], name="national_load_newest")]

    def __str__(self) -> str:
        return f"Extract of {self.datestamp}"


class QuarantinedRow(models.Model):
    """A row that couldn't be read, and why. The other rows of its file went in."""

    load = models.ForeignKey(Load, on_delete=models.CASCADE, related_name="quarantined")
    sheet = models.CharField(max_length=40)
    row = models.PositiveIntegerField(help_text="its number in the sheet, the header being row 1")
    column = models.CharField(max_length=100)
    value = models.TextField()
    reason = models.TextField()

    class Meta:
        ordering: ClassVar[list[str]] = ["id"]

    def __str__(self) -> str:
        return f"{self.sheet} row {self.row}"
