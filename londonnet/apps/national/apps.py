"""The room's Django application."""

from django.apps import AppConfig


class NationalConfig(AppConfig):
    """The feeds from the national systems."""

    name = "londonnet.apps.national"
    label = "national"
    default_auto_field = "django.db.models.BigAutoField"
