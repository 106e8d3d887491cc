"""Notices to users, how each user wants them, and emails that were sent or wait to be."""

from typing import ClassVar

from django.db import models
from django.utils import timezone

from londonnet.platform.access.models import User


class Delivery(models.TextChoices):
    """How a user has a kind of notice; an email only says that there is one, so it always is in the product too."""

    PRODUCT = "product", "In LondonNet"
    AT_ONCE = "email", "In LondonNet, and an email at once"
    DAILY = "daily", "In LondonNet, and one email a day at 8am"
    OFF = "off", "Off"


class Notice(models.Model):
    """Something that one user is told."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=100)
    title = models.TextField()
    text = models.TextField(blank=True)
    url = models.TextField(blank=True, help_text="the page that it leads to, on this trust's own site")
    once_key = models.TextField(blank=True, help_text="what it is about, where nobody should be told twice")
    created_at = models.DateTimeField(default=timezone.now)
    read_at = models.DateTimeField(null=True)
    mail = models.CharField(max_length=10, blank=True, help_text="how it is yet to be mailed; empty: not, or done")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["user", "kind", "once_key"], condition=~models.Q(once_key=""), name="notices_once"
            ),
            models.CheckConstraint(
                condition=models.Q(mail__in=["", Delivery.AT_ONCE, Delivery.DAILY]), name="notices_mail"
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["user", "-id"], name="notices_of_user"),
            models.Index(fields=["user", "kind"], name="notices_unread", condition=models.Q(read_at=None)),
            models.Index(fields=["mail"], name="notices_to_mail", condition=~models.Q(mail="")),
        ]

    def __str__(self) -> str:
        return f"notice {self.pk}"


class NoticeChoice(models.Model):
    """How a user wants a kind of notice; without one, it comes as its application says."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=100)
    delivery = models.CharField(max_length=10)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["user", "kind"], name="notices_choice_once"),
            models.CheckConstraint(condition=models.Q(delivery__in=Delivery.values), name="notices_choice_delivery"),
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.delivery}"


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
