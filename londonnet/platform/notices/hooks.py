"""What notices add to the house."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from londonnet.platform.registry import Hooks, Schedule, Tile, TopicRule

from .topics import topic_of

if TYPE_CHECKING:
    from django.http import HttpRequest

    from londonnet.platform.access.models import User


class NoticesHooks(Hooks):
    """What is new on the home page, live for its recipient alone; the morning's emails; the nightly clearing away."""

    def home_tiles(self, request: HttpRequest, user: User) -> Sequence[Tile]:
        """The newest notices, while any are unread."""
        from .selectors import newest_unread

        rows = newest_unread(user)
        return [Tile("What is new", "notices/tile.html", {"rows": rows, "topic": topic_of(user.pk)}, 5)] if rows else []

    def live_topics(self) -> Sequence[TopicRule]:
        """``notices:user:<id>``: that user and nobody else."""
        return (TopicRule("notices", is_own_topic),)

    def scheduled_jobs(self) -> Sequence[Schedule]:
        """Emails of those who chose one a day leave at 8am; old notices are cleared away at midnight."""
        return (
            Schedule("notices.daily_email", ask_for_daily_email, daily=True, hour=8),
            Schedule("notices.clear_away", clear_away, daily=True),
        )

    def ready(self) -> None:
        """Let the worker know the jobs."""
        from . import jobs, sending  # noqa: F401  # importing declares them


def is_own_topic(user: User, topic: str) -> bool:
    """Whether a topic tells of this user's own notices."""
    return topic == topic_of(user.pk)


def ask_for_daily_email() -> None:
    """Have the emails of those who chose one a day written, where there is something to tell."""
    from londonnet.platform.jobs import enqueue

    from . import selectors
    from .jobs import mail_daily
    from .models import Delivery

    if selectors.is_anything_to_mail(Delivery.DAILY):
        enqueue(mail_daily)


def clear_away() -> None:
    """Delete notices that are too old to be new to anybody."""
    from . import services

    services.clear_away()
