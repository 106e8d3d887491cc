"""The room's Django application."""

from django.apps import AppConfig


class ListsConfig(AppConfig):
    """Declared lists, and the views of them that people save."""

    name = "londonnet.platform.lists"
    label = "lists"
    default_auto_field = "django.db.models.BigAutoField"
