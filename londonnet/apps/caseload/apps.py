"""The caseload's Django application."""

from django.apps import AppConfig


class CaseloadConfig(AppConfig):
    """People on probation, as the extracts know them."""

    name = "londonnet.apps.caseload"
    label = "caseload"
    default_auto_field = "django.db.models.BigAutoField"
