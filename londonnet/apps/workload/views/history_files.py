"""Another tool's history as a file: send it, see how far it is, and what became of it."""

from typing import Final

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from londonnet.apps.workload import addresses, jobs
from londonnet.apps.workload.history_rows import OPTIONAL, REQUIRED, TOTALS
from londonnet.apps.workload.permissions import LOAD_HISTORY
from londonnet.apps.workload.selectors.staffing_files import OF_HISTORY
from londonnet.config.environment import ENV
from londonnet.platform.access import requires
from londonnet.platform.ui.uploads import was_too_large

from .answering import person
from .reduction_form import form_page
from .sent_files import csv_answer, own_file, quarantine_file, report_page, sent_by

_COLUMNS: Final = (*REQUIRED[:-1], TOTALS[0], REQUIRED[-1], *OPTIONAL)
_TRAIL: Final = [("Weights", addresses.WEIGHTS), ("Another tool’s history", addresses.HISTORY_FILES)]
_NO_FILE: Final = "Choose a CSV file first."


@form_page
@requires(LOAD_HISTORY)
def files(request: HttpRequest) -> HttpResponse:
    """Where a history is sent, what it must hold, and what became of those sent before."""
    return _receive(request) if request.method == "POST" else _files(request)


def _files(request: HttpRequest, error: str = "") -> HttpResponse:
    needed = (*REQUIRED[:-1], TOTALS[0], REQUIRED[-1])
    context = {"sent": sent_by(request, OF_HISTORY), "needed": needed, "further": OPTIONAL, "error": error}
    return render(request, "workload/history_files.html", context, status=422 if error else 200)


def _receive(request: HttpRequest) -> HttpResponse:
    file = request.FILES.get("history")  # reading what was sent comes first: only then is its size known
    if was_too_large(request):
        return _files(request, f"The file is larger than {ENV.upload_megabytes} MB. Send it in parts.")
    if not isinstance(file, UploadedFile) or not file.size:
        return _files(request, _NO_FILE)
    job = jobs.ask_to_load_history(pieces=file.chunks(), name=file.name or "", sent_by=person(request).pk)
    return redirect(job.url)


@require_safe
@requires(LOAD_HISTORY)
def report(request: HttpRequest, number: int) -> HttpResponse:
    """What became of a history that one sent: counts, and the lines that weren't taken with what is wrong."""
    return report_page(request, own_file(request, number, OF_HISTORY), _TRAIL)


@require_safe
@requires(LOAD_HISTORY)
def quarantine(request: HttpRequest, number: int) -> HttpResponse:
    """The lines that weren't taken, as a file to mend and send in again."""
    return quarantine_file(own_file(request, number, OF_HISTORY))


@require_safe
@requires(LOAD_HISTORY)
def template(request: HttpRequest) -> HttpResponse:
    """An empty file with the right columns."""
    return csv_answer("history.csv", _COLUMNS, [])
