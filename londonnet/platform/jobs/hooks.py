"""What background work adds to the house."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from londonnet.platform.registry import Hooks, NoticeKind, Schedule, TopicRule

from .endings import FINISHED

if TYPE_CHECKING:
    from londonnet.platform.access.models import User


class JobsHooks(Hooks):
    """Who may follow a job and is told of its end, and the daily clearing away of old ones."""

    def live_topics(self) -> Sequence[TopicRule]:
        """``jobs:job:<uuid>``: whoever asked for the job, and administrators."""
        return (TopicRule("jobs", may_follow_topic),)

    def notice_kinds(self) -> Sequence[NoticeKind]:
        """For everybody who begins something long, such as a load or an export."""
        return (FINISHED,)

    def scheduled_jobs(self) -> Sequence[Schedule]:
        """Old jobs are cleared away once a day."""
        return (Schedule("jobs.clear_away", clear_away, daily=True),)


def may_follow_topic(user: "User", topic: str) -> bool:
    """Whether a user may listen to a topic of this application."""
    from . import policy, selectors
    from .errors import JobUnknown

    _, level, code = topic.split(":", 2)
    if level != "job":
        return False
    try:
        return policy.may_follow(user, selectors.find(code))
    except JobUnknown:
        return False


def clear_away() -> None:
    """Delete jobs that were over long ago."""
    from . import services

    services.clear_away()
