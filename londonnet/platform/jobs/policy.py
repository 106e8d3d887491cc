"""Who may see how far a job is."""

from typing import TYPE_CHECKING

from londonnet.platform.access.policy import may

from .selectors import Job

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from londonnet.platform.access.models import User


def may_follow(user: "User | AnonymousUser", job: Job) -> bool:
    """Whether a user may follow a job: the one who asked for it, and those who may see anybody's."""
    asked_for_it = user.is_authenticated and job.asked_by_id is not None and job.asked_by_id == user.pk
    return asked_for_it or may(user, "jobs.see")
