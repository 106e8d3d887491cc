"""The room's Django application."""

from django.apps import AppConfig


class LiveConfig(AppConfig):
    """What changed, pushed to open pages."""

    name = "londonnet.platform.live"
    label = "live"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Have the end of a session end its live connections at once."""
        from django.contrib.sessions.models import Session
        from django.db.models.signals import post_delete

        from .waking import session_ended

        post_delete.connect(session_ended, sender=Session, dispatch_uid="live.session_ended")
