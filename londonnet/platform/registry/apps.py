"""The room's Django application."""

from django.apps import AppConfig


class RegistryConfig(AppConfig):
    """The registry of applications. Listed last, so that all models are loaded when it fills."""

    name = "londonnet.platform.registry"
    label = "registry"

    def ready(self) -> None:
        """Fill the registry and close it."""
        from .applications import fill

        fill()
