"""Views of lists that people have saved."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models.functions import Lower

NAME_LENGTH = 60


class SavedView(models.Model):
    """One person's view of one list: its columns, order and filters under a name.

    `query` holds parameters of the list only, as an address has them, and none that points to a person.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    list_name = models.CharField(max_length=100)
    name = models.CharField(max_length=NAME_LENGTH)
    query = models.TextField(blank=True)
    is_default = models.BooleanField(default=False)
    position = models.PositiveIntegerField()
    removed_at = models.DateTimeField(null=True, help_text="kept for a while, so that removing it can be undone")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                "user",
                "list_name",
                Lower("name"),
                condition=models.Q(removed_at=None),
                name="lists_one_view_of_a_name",
            ),
            models.UniqueConstraint(
                fields=["user", "list_name"],
                condition=models.Q(is_default=True, removed_at=None),
                name="lists_one_default_view",
            ),
        ]

    def __str__(self) -> str:
        return f"view {self.pk} of {self.list_name}"
