"""The search box as a Django application."""

from django.apps import AppConfig


class SearchConfig(AppConfig):
    """One search box over every application."""

    name = "londonnet.platform.search"
    label = "search"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Let columns of text be compared by likeness; the rest of Django's PostgreSQL extras isn't wanted."""
        from django.contrib.postgres.lookups import TrigramWordSimilar
        from django.db.models import CharField

        CharField.register_lookup(TrigramWordSimilar)
