"""The room's Django application."""

from django.apps import AppConfig


class TrustsConfig(AppConfig):
    """A trust is a database."""

    name = "londonnet.platform.trusts"
    label = "trusts"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Key the process-wide caches by trust."""
        from .caches import key_caches_by_trust

        key_caches_by_trust()
