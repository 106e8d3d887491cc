"""Files of hours and reductions that somebody sent: theirs alone to open."""

from django.db.models import QuerySet

from londonnet.apps.workload.models import StaffingFile


def files_of(user_id: int) -> QuerySet[StaffingFile]:
    """What a user sent, the latest first, without the lines that weren't taken."""
    return StaffingFile.objects.filter(sent_by=user_id).defer("problems", "lines").order_by("-id")


def file_of(user_id: int, number: int) -> StaffingFile | None:
    """A file that a user sent, whole; None where it is somebody else's or there is none. One query."""
    return StaffingFile.objects.filter(sent_by=user_id, pk=number).first()
