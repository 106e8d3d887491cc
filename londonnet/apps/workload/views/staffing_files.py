"""Files of hours and reductions: send one, see what became of it, mend what wasn't taken, take out what is held."""

from typing import Final

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from londonnet.apps.workload import addresses, services
from londonnet.apps.workload.errors import FileRefused
from londonnet.apps.workload.models import StaffingLoad
from londonnet.apps.workload.permissions import HOURS
from londonnet.apps.workload.personal import reach_of_personal
from londonnet.apps.workload.selectors.held import held_hours, held_reductions
from londonnet.apps.workload.selectors.staffing_files import OF_STAFFING
from londonnet.apps.workload.services.files import COLUMNS
from londonnet.config.environment import ENV
from londonnet.platform.access import policy, requires
from londonnet.platform.audit import consulted
from londonnet.platform.errors import NotAllowed
from londonnet.platform.ui.uploads import was_too_large

from .answering import person
from .reduction_form import form_page
from .sent_files import csv_answer, own_file, quarantine_file, report_page, sent_by

Kind = StaffingLoad.Kind
_TRAIL: Final = [("Reductions", addresses.REDUCTIONS), ("Files of hours and reductions", addresses.STAFFING_FILES)]
_NO_FILE: Final = "Choose a CSV file first."


@form_page
@requires(HOURS)
def files(request: HttpRequest) -> HttpResponse:
    """Where files are sent and templates are, and what became of those sent before."""
    return _receive(request) if request.method == "POST" else _files(request)


def _files(request: HttpRequest, error: str = "", kind: str = "") -> HttpResponse:
    context = {
        "sent": sent_by(request, OF_STAFFING),
        "kinds": [(one.value, one.label, ", ".join(COLUMNS[one]), error if one == kind else "") for one in Kind],
        "error": error,
        "kind": kind,
    }
    return render(request, "workload/staffing_files.html", context, status=422 if error else 200)


def _receive(request: HttpRequest) -> HttpResponse:
    found = next((one for one in Kind if one.value in request.FILES), None)
    kind = found or next((one for one in Kind if one.value == request.POST.get("kind")), Kind.HOURS)
    file = request.FILES.get(kind.value)
    if was_too_large(request):
        return _files(request, f"The file is larger than {ENV.upload_megabytes} MB. Send it in parts.", kind)
    if not isinstance(file, UploadedFile) or not file.size:
        return _files(request, _NO_FILE, kind)
    user = person(request)
    try:
        received = services.receive_file(
            kind=kind,
            content=file.read(),
            name=file.name or "file.csv",
            sent_by=user.pk,
            reach=policy.reach(user, HOURS),
            personal=reach_of_personal(user),
        )
    except FileRefused as refused:
        return _files(request, refused.message, kind)
    messages.success(request, "The file is read." if received.unchanged else "The file is loaded. The figures follow.")
    return redirect(addresses.staffing_file(received.pk))


@require_safe
@requires(HOURS)
def report(request: HttpRequest, number: int) -> HttpResponse:
    """What became of a file that one sent: counts, and the lines that weren't taken with what is wrong."""
    return report_page(request, own_file(request, number, OF_STAFFING), _TRAIL)


@require_safe
@requires(HOURS)
def quarantine(request: HttpRequest, number: int) -> HttpResponse:
    """The lines that weren't taken, as a file to mend and send in again."""
    return quarantine_file(own_file(request, number, OF_STAFFING))


@require_safe
@requires(HOURS)
def template(request: HttpRequest, kind: str) -> HttpResponse:
    """An empty file with the right columns."""
    return csv_answer(f"{kind}.csv", COLUMNS[_kind(kind)], [])


@require_safe
@requires(HOURS)
def held(request: HttpRequest, kind: str) -> HttpResponse:
    """What is held of those whose hours one may change, in the format that can be sent in."""
    user, asked = person(request), _kind(kind)
    reach = policy.reach(user, HOURS)
    rows = held_hours(reach) if asked is Kind.HOURS else held_reductions(reach, personal=reach_of_personal(user))
    consulted("workload_held", kind)
    return csv_answer(f"OFFICIAL-SENSITIVE {kind}.csv", COLUMNS[asked], rows)


def _kind(asked: str) -> StaffingLoad.Kind:
    found = next((one for one in Kind if one.value == asked), None)
    if found is None:
        raise NotAllowed
    return found
