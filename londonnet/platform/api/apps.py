"""The room's Django application."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    """Operations for programs, and the tokens that they come with."""

    name = "londonnet.platform.api"
    label = "api"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the check of operations."""
        from . import checks  # noqa: F401  # importing registers it
