"""Files that are sent on a page: loaded, and their quarantine kept for whoever sent them."""

from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.utils import timezone

from londonnet.apps.workload.csv_lines import cells_of_lines
from londonnet.apps.workload.csv_rows import HOURS_COLUMNS, REDUCTION_COLUMNS
from londonnet.apps.workload.history_rows import LARGEST_FILE_BYTES, columns_held
from londonnet.apps.workload.models import StaffingFile, StaffingLoad
from londonnet.platform.access.policy import Reach
from londonnet.platform.trusts import files

from .history_loading import Say, load_history, say_nothing
from .hours import load_hours
from .loading import LoadReport
from .reductions import load_reductions

COLUMNS: Final = {StaffingLoad.Kind.HOURS: HOURS_COLUMNS, StaffingLoad.Kind.REDUCTIONS: REDUCTION_COLUMNS}
KEPT: Final = timedelta(days=30)
WAITING: Final = "workload"
"""The folder of the trust in which long files wait for their turn."""
MOST_LINES_KEPT: Final = 5_000


@transaction.atomic
def receive_file(
    *, kind: StaffingLoad.Kind, content: bytes, name: str, sent_by: int, reach: Reach, personal: Reach
) -> StaffingFile:
    """Load a file, and keep the lines that weren't taken, so that they can be downloaded, mended and sent in again.

    The event is the load's own; a file that changes nothing has none.

    Args:
        kind: hours or reductions.
        content: the file.
        name: what it is called.
        sent_by: number of the user.
        reach: whose hours they may change.
        personal: whose personal reasons they may know.

    Raises:
        FileRefused: the file can't be read at all.
    """
    if kind == StaffingLoad.Kind.HOURS:
        report = load_hours(content=content, reach=reach)
    else:
        report = load_reductions(content=content, reach=reach, personal=personal)
    return _keep(StaffingFile.Kind(kind), report, content, name, sent_by)


@transaction.atomic
def receive_history(*, content: bytes, name: str, sent_by: int, say: Say = say_nothing) -> StaffingFile:
    """The same with a file of another tool's history.

    Args:
        content: the file.
        name: what it is called.
        sent_by: number of the user.
        say: is told how far it is.

    Raises:
        FileRefused: the file can't be read at all.
    """
    return _keep(StaffingFile.Kind.HISTORY, load_history(content=content, say=say), content, name, sent_by)


def _keep(kind: StaffingFile.Kind, report: LoadReport, content: bytes, name: str, sent_by: int) -> StaffingFile:
    numbers = sorted({problem.line for problem in report.problems})[:MOST_LINES_KEPT]
    columns = columns_held(content) if kind is StaffingFile.Kind.HISTORY else COLUMNS[StaffingLoad.Kind(kind)]
    lines: dict[int, list[str]] = {}
    if numbers:
        lines = cells_of_lines(content, columns=columns, numbers=set(numbers), largest_bytes=LARGEST_FILE_BYTES)
    return StaffingFile.objects.create(
        kind=kind,
        name=name[:200],
        sent_by=sent_by,
        unchanged=report.unchanged,
        read=report.read,
        loaded=report.loaded,
        quarantined=report.quarantined,
        ignored=report.ignored,
        problems=[asdict(problem) for problem in report.problems if problem.line in lines],
        lines={str(number): cells for number, cells in lines.items()},
        ignored_columns=list(report.ignored_columns),
        columns=list(columns),
    )


def forget_old_files(*, now: datetime | None = None) -> None:
    """Delete what was kept of files that were sent more than thirty days ago, and any that never had their turn."""
    before = (now or timezone.now()) - KEPT
    StaffingFile.objects.filter(sent_at__lt=before).delete()
    for waiting in files.folder(WAITING).glob("*.csv"):
        if waiting.stat().st_mtime < before.timestamp():
            waiting.unlink(missing_ok=True)
