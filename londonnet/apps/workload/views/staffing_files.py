"""Files of hours and reductions: send one, see what became of it, mend what wasn't taken, take out what is held."""

from typing import Final

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from londonnet.apps.workload import addresses, services
from londonnet.apps.workload.csv_lines import QUARANTINE_COLUMNS
from londonnet.apps.workload.csv_writing import csv_bytes
from londonnet.apps.workload.errors import FileRefused
from londonnet.apps.workload.models import StaffingFile, StaffingLoad
from londonnet.apps.workload.permissions import HOURS
from londonnet.apps.workload.personal import reach_of_personal
from londonnet.apps.workload.selectors.held import held_hours, held_reductions
from londonnet.apps.workload.selectors.staffing_files import file_of, files_of
from londonnet.apps.workload.services.files import COLUMNS
from londonnet.config.environment import ENV
from londonnet.platform.access import policy, requires
from londonnet.platform.audit import consulted
from londonnet.platform.errors import NotAllowed
from londonnet.platform.ui.uploads import was_too_large

from .answering import person
from .reduction_form import form_page

Kind = StaffingLoad.Kind
_PAGE: Final = 50
_NO_FILE: Final = "Choose a CSV file first."


@form_page
@requires(HOURS)
def files(request: HttpRequest) -> HttpResponse:
    """Where files are sent and templates are, and what became of those sent before."""
    return _receive(request) if request.method == "POST" else _files(request)


def _files(request: HttpRequest, error: str = "", kind: str = "") -> HttpResponse:
    sent = files_of(person(request).pk)[:20]
    context = {
        "sent": list(sent),
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
        )
    except FileRefused as refused:
        return _files(request, refused.message, kind)
    messages.success(request, "The file is read." if received.unchanged else "The file is loaded. The figures follow.")
    return redirect(addresses.staffing_file(received.pk))


@require_safe
@requires(HOURS)
def report(request: HttpRequest, number: int) -> HttpResponse:
    """What became of a file that one sent: counts, and the lines that weren't taken with what is wrong."""
    file = _own(request, number)
    pages = Paginator(file.problems, _PAGE)
    page = pages.get_page(request.GET.get("page"))
    context = {"file": file, "page": page, "pages": pages}
    return render(request, "workload/staffing_file.html", context)


@require_safe
@requires(HOURS)
def quarantine(request: HttpRequest, number: int) -> HttpResponse:
    """The lines that weren't taken, as a file to mend and send in again."""
    file = _own(request, number)
    said: dict[str, tuple[list[str], list[str]]] = {line: ([], []) for line in file.lines}
    for problem in file.problems:
        columns, reasons = said[str(problem["line"])]
        columns.append(problem["column"])
        reasons.append(problem["reason"])
    rows = [
        [line, ", ".join(filter(None, said[line][0])), "; ".join(said[line][1]), *cells]
        for line, cells in sorted(file.lines.items(), key=lambda one: int(one[0]))
    ]
    consulted("workload_staffing_file", str(file.pk))
    columns = [*QUARANTINE_COLUMNS, *COLUMNS[Kind(file.kind)]]
    return _csv(f"OFFICIAL-SENSITIVE {file.kind} quarantine.csv", columns, rows)


@require_safe
@requires(HOURS)
def template(request: HttpRequest, kind: str) -> HttpResponse:
    """An empty file with the right columns."""
    return _csv(f"{kind}.csv", COLUMNS[_kind(kind)], [])


@require_safe
@requires(HOURS)
def held(request: HttpRequest, kind: str) -> HttpResponse:
    """What is held of those whose hours one may change, in the format that can be sent in."""
    user, asked = person(request), _kind(kind)
    reach = policy.reach(user, HOURS)
    rows = held_hours(reach) if asked is Kind.HOURS else held_reductions(reach, personal=reach_of_personal(user))
    consulted("workload_held", kind)
    return _csv(f"OFFICIAL-SENSITIVE {kind}.csv", COLUMNS[asked], rows)


def _kind(asked: str) -> StaffingLoad.Kind:
    found = next((one for one in Kind if one.value == asked), None)
    if found is None:
        raise NotAllowed
    return found


def _own(request: HttpRequest, number: int) -> StaffingFile:
    """A file that the person signed in has sent; nobody else's is there for them."""
    file = file_of(person(request).pk, number)
    if file is None:
        raise NotAllowed
    return file


def _csv(name: str, columns: "list[str] | tuple[str, ...]", rows: list[list[str]]) -> HttpResponse:
    disposition = content_disposition_header(as_attachment=True, filename=name) or ""
    headers = {"Content-Disposition": disposition}
    return HttpResponse(csv_bytes(columns, rows), content_type="text/csv; charset=utf-8", headers=headers)
