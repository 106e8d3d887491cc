"""The organisation's Django application."""

from django.apps import AppConfig


class OrganisationConfig(AppConfig):
    """Region, PDU, team and practitioner."""

    name = "londonnet.apps.organisation"
    label = "organisation"
    default_auto_field = "django.db.models.BigAutoField"
