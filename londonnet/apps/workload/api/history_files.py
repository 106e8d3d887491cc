"""Another tool's history for programs: the file sent, how far it is, and what became of it."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import P, PathEx, Query, Status
from ninja.files import UploadedFile
from ninja.params import File

from londonnet.apps.workload import jobs
from londonnet.apps.workload.permissions import LOAD_HISTORY
from londonnet.apps.workload.selectors.staffing_files import OF_HISTORY, file_of, files_of
from londonnet.apps.workload.staffing_json import file_json, file_with_lines_json
from londonnet.config.environment import ENV
from londonnet.platform.api.errors import InvalidRequest
from londonnet.platform.api.guard import caller
from londonnet.platform.api.paging import Paging, part_of
from londonnet.platform.api.routing import ApiRouter
from londonnet.platform.audit import consulted
from londonnet.platform.errors import NotAllowed
from londonnet.platform.jobs import Job, find
from londonnet.platform.jobs.errors import JobUnknown
from londonnet.platform.trusts.snapshot import snapshot
from londonnet.platform.ui.uploads import was_too_large

from .history_file_schemas import HistoryFileJob, HistoryFilesPage, HistoryFileWhole
from .parts import Number

router = ApiRouter()
JobId = PathEx[UUID, P(description="as the answer to sending the file says")]


@router.read("/history-files", permission=LOAD_HISTORY, answer=HistoryFilesPage)
def history_files(request: HttpRequest, paging: Query[Paging]) -> dict[str, Any]:
    """Files of another tool's history that one sent.

    The latest first; kept for thirty days.
    """
    with snapshot():
        found = files_of(caller(request).pk, OF_HISTORY)
        rows = list(found[paging.offset : paging.offset + paging.limit])
        return part_of(rows, found.count(), paging, file_json)


@router.write("POST", "/history-files", permission=LOAD_HISTORY, answer=HistoryFileJob, status=202)
def send_history_file(request: HttpRequest, history: File[UploadedFile]) -> Status[Any]:
    """Send another tool's history.

    A CSV file as multipart/form-data, a hundred megabytes at most: day, om_key, team_code, points_total, available, and
    if there are any grade, cases, t2a_cases, points_cases, points_t2a, points_reports, points_support,
    contracted_hours, reduction_hours, capacity_note. It is loaded in the background: the answer names the job that
    says how far it is.
    """
    if was_too_large(request):
        raise InvalidRequest([("history", f"The file is larger than {ENV.upload_megabytes} MB. Send it in parts.")])
    if not history.size:
        raise InvalidRequest([("history", "The file is empty.")])
    sent_by = caller(request).pk
    return Status(
        202, _job(jobs.ask_to_load_history(pieces=history.chunks(), name=history.name or "", sent_by=sent_by))
    )


@router.read("/history-files/jobs/{uuid:job}", permission=LOAD_HISTORY, answer=HistoryFileJob)
def history_file_job(request: HttpRequest, job: JobId) -> dict[str, Any]:
    """How far a file is.

    Of those that one sent. Once it is done, “file” is the number of its report.
    """
    try:
        found = find(job)
    except JobUnknown as error:
        raise NotAllowed from error
    if found.name != jobs.load_history.job_name or found.asked_by_id != caller(request).pk:
        raise NotAllowed
    return _job(found)


@router.read("/history-files/{int:number}", permission=LOAD_HISTORY, answer=HistoryFileWhole)
def history_file(request: HttpRequest, number: Number) -> dict[str, Any]:
    """One file of another tool's history that one sent.

    With the lines that weren't taken, and what is wrong with each.
    """
    found = file_of(caller(request).pk, number, OF_HISTORY)
    if found is None:
        raise NotAllowed
    consulted("workload_staffing_file", str(found.pk))
    return file_with_lines_json(found, found.columns)


def _job(job: Job) -> dict[str, Any]:
    return {
        "job": job.id,
        "state": job.state,
        "stage": job.stage,
        "done": job.done,
        "total": job.total,
        "estimate_seconds": job.estimate_seconds,
        "file": (job.result or {}).get("file"),
        "error": job.error or None,
    }
