"""The room's Django application."""

from django.apps import AppConfig


class AccessConfig(AppConfig):
    """Who may do what."""

    name = "londonnet.platform.access"
    label = "access"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the check of routes, and let a session's time run from sign-in."""
        from django.contrib.auth.signals import user_logged_in

        from . import (
            routes,  # noqa: F401  # importing registers the system check
            sessions,
        )

        user_logged_in.connect(sessions.begin_at_sign_in, dispatch_uid="londonnet.access.sessions")
