"""Telling whoever asked for a job that it is over: they may have left its page."""

from typing import TYPE_CHECKING

from django_tasks.base import TaskResultStatus

from londonnet.platform.registry import NoticeKind

from . import kinds

if TYPE_CHECKING:
    from londonnet.platform.access.models import User

    from .models import JobState
    from .selectors import Job

FINISHED = NoticeKind(
    "jobs.finished",
    "Work that you began is over",
    "A load, an export or other long work is done or has stopped, and you have left its page.",
    can_be_mailed=False,
)


def tell(state: "JobState") -> None:
    """Tell the user who asked for a job that it is done or has stopped, in the transaction that writes so."""
    from londonnet.platform.notices.services import notify  # that room asks for jobs itself

    if state.asked_by_id is None or not kinds.does_end_in_a_notice(state.name):
        return
    how = "is done" if state.task.status == TaskResultStatus.SUCCESSFUL else "has stopped"
    notify(
        kind=FINISHED.name,
        users=[state.asked_by_id],
        title=f"“{state.label}” {how}",
        url=f"/jobs/{state.pk}",
        once_key=str(state.pk),
    )


def seen(user: "User", job: "Job") -> None:
    """Somebody looks at a job: when it is over and theirs, they needn't be told any more."""
    from londonnet.platform.notices.services import mark_seen

    if job.is_over and job.asked_by_id == user.pk and kinds.does_end_in_a_notice(job.name):
        mark_seen(user=user, kind=FINISHED.name, once_key=str(job.id))
