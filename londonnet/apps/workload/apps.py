"""The room's Django application."""

from django.apps import AppConfig


class WorkloadConfig(AppConfig):
    """The Workload Management Tool."""

    name = "londonnet.apps.workload"
    label = "workload"
    default_auto_field = "django.db.models.BigAutoField"
