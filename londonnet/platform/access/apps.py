"""The room's Django application."""

from django.apps import AppConfig


class AccessConfig(AppConfig):
    """Who may do what."""

    name = "londonnet.platform.access"
    label = "access"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the check of routes."""
        from . import routes  # noqa: F401  # importing registers the system check
