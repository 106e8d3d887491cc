"""The room's Django application."""

from django.apps import AppConfig


class JobsConfig(AppConfig):
    """Background work and schedules."""

    name = "londonnet.platform.jobs"
    label = "jobs"
    default_auto_field = "django.db.models.BigAutoField"
