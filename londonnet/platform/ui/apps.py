"""The page shell as a Django application."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    """Page shell, components, static files and error pages."""

    name = "londonnet.platform.ui"
    label = "ui"
    verbose_name = "Pages"
