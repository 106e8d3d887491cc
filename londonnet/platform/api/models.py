"""Tokens: keys of programs that act as a user."""

from typing import ClassVar

from django.db import models

from londonnet.platform.access.models import User


class ApiToken(models.Model):
    """What a program shows to act as a user, within some scopes, until a day. The secret itself isn't kept."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=60, help_text="as its owner calls it, and as the trail names it")
    digest = models.CharField(max_length=64, unique=True, help_text="of the secret, keyed by the trust")
    scopes = models.JSONField(help_text='list of "application:read" and "application:write"')
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True, help_text="to the hour")
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["user", "name"], condition=models.Q(revoked_at=None), name="api_token_name_once"
            ),
        ]

    def __str__(self) -> str:
        return self.name
