"""The control database's own rows: which trusts there are, and where."""

from typing import ClassVar

from django.db import models
from django.db.models.functions import Lower


class TrustRecord(models.Model):
    """A trust as the installation knows it; no personal data."""

    slug = models.CharField(max_length=30, unique=True)
    name = models.CharField(max_length=200)
    database = models.CharField(max_length=63, unique=True)
    login = models.CharField(max_length=63, unique=True)
    host = models.CharField(max_length=255, blank=True, help_text="empty: the installation's own server")
    port = models.PositiveIntegerField(null=True)
    is_default = models.BooleanField(default=False)
    is_open = models.BooleanField(default=True, help_text="whether it answers requests")
    applications_off = models.JSONField(default=list, help_text="names of the applications switched off")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["is_default"], condition=models.Q(is_default=True), name="trusts_one_default"
            ),
        ]

    def __str__(self) -> str:
        return self.slug


class Hostname(models.Model):
    """A further name that a trust answers to, beside ``<slug>.<base domain>``."""

    name = models.CharField(max_length=253)
    trust = models.ForeignKey(TrustRecord, on_delete=models.CASCADE, related_name="hostnames")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(Lower("name"), name="trusts_hostname_unique"),
        ]

    def __str__(self) -> str:
        return self.name
