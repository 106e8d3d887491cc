"""Files of hours, reductions or history that somebody sent: theirs alone to open."""

from collections.abc import Collection
from typing import Final

from django.db.models import QuerySet

from londonnet.apps.workload.models import StaffingFile

OF_STAFFING: Final = (StaffingFile.Kind.HOURS, StaffingFile.Kind.REDUCTIONS)
OF_HISTORY: Final = (StaffingFile.Kind.HISTORY,)


def files_of(user_id: int, kinds: Collection[StaffingFile.Kind] = OF_STAFFING) -> QuerySet[StaffingFile]:
    """What a user sent of these kinds, the latest first, without the lines that weren't taken."""
    found = StaffingFile.objects.filter(sent_by=user_id, kind__in=kinds)
    return found.defer("problems", "lines").order_by("-id")


def file_of(user_id: int, number: int, kinds: Collection[StaffingFile.Kind] = OF_STAFFING) -> StaffingFile | None:
    """A file of these kinds that a user sent, whole; None where it is somebody else's or there is none. One query."""
    return StaffingFile.objects.filter(sent_by=user_id, pk=number, kind__in=kinds).first()
