"""What notices add to the house."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from londonnet.platform.registry import Hooks, Schedule, TopicRule

from .topics import topic_of

if TYPE_CHECKING:
    from londonnet.platform.access.models import User


class NoticesHooks(Hooks):
    """Live for their recipient alone, the morning's emails, and the nightly clearing away."""

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
    """Have the emails of those who chose one a day written."""
    from londonnet.platform.jobs import enqueue

    from .jobs import mail_daily

    enqueue(mail_daily)


def clear_away() -> None:
    """Delete notices that are too old to be new to anybody."""
    from . import services

    services.clear_away()
