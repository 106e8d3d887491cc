"""The room's Django application."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """The event spine and the trail."""

    name = "londonnet.platform.audit"
    label = "audit"
    default_auto_field = "django.db.models.BigAutoField"
