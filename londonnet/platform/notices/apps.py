"""The room's Django application."""

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    """Messages to staff: mail, or an outbox where there is none."""

    name = "londonnet.platform.notices"
    label = "notices"
    default_auto_field = "django.db.models.BigAutoField"
