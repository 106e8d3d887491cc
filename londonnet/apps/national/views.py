"""Pages of the national feeds: send the workbook, what became of it, and the rows that couldn't be read."""

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from londonnet.config.environment import ENV
from londonnet.platform.access import policy, requires
from londonnet.platform.audit import consulted
from londonnet.platform.jobs import enqueue
from londonnet.platform.trusts.snapshot import snapshot
from londonnet.platform.ui.uploads import was_too_large

from . import jobs, selectors, services, store
from .models import Load

_PAGE = 50
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_CAME_BY = {"page": "Sent on this page", "command": "Loaded by command", "folder": "Left in the watched folder"}
_NO_FILE = "Choose the workbook first: an .xlsx file, as it comes from the national system."


@require_http_methods(["GET", "HEAD", "POST"])
@requires("national.load")
def overview(request: HttpRequest) -> HttpResponse:
    """What is in force, the newest loads, and the place to drop a workbook."""
    if request.method == "POST":
        return _receive(request)
    return _overview(request)


def _overview(request: HttpRequest, error: str = "") -> HttpResponse:
    with snapshot():
        loads = selectors.recent_loads()
        refused = selectors.refused_since(loads[0] if loads else None)
    in_force = next((load for load in loads if load.is_in_force), None)
    context = {
        "loads": loads,
        "in_force": in_force,
        "refused": [(file, _CAME_BY.get(file.came_by, file.came_by)) for file in refused],
        "error": error,
        "may_put_back": len(loads) > 1 and policy.may(request.user, "national.put_back"),
        "largest": ENV.upload_megabytes,
        "fragment": "loads" if request.headers.get("X-LondonNet-Refresh") else "",
    }
    return render(request, "national/overview.html", context, status=422 if error else 200)


def _receive(request: HttpRequest) -> HttpResponse:
    file = request.FILES.get("workbook")  # reading what was sent comes first: only then is its size known
    if was_too_large(request):
        return _overview(request, f"The file is larger than {ENV.upload_megabytes} MB. Export the workbook again.")
    if not isinstance(file, UploadedFile) or not file.size:
        return _overview(request, _NO_FILE)
    job = services.receive_and_enqueue(
        file.chunks(), name=file.name or "workbook.xlsx", came_by="page", force=request.POST.get("force") == "yes"
    )
    return HttpResponseRedirect(f"/jobs/{job.id}")


@require_safe
@requires("national.load")
def report(request: HttpRequest, load_id: int) -> HttpResponse:
    """What was read, loaded, quarantined and ignored, and what changed against the extract before."""
    load = get_object_or_404(Load.objects.select_related("file", "snapshot"), pk=load_id)
    lines = selectors.sheet_lines(load)
    context = {
        "load": load,
        "lines": lines,
        "totals": {name: sum(getattr(line, name) for line in lines) for name in _TALLIES},
        "changes": _changes(load),
        "notes": load.report["notes"],
        "unchanged": request.GET.get("unchanged") == "1",
        "may_see_quarantine": policy.may(request.user, "national.quarantine"),
    }
    return render(request, "national/report.html", context)


_TALLIES = ("read", "loaded", "quarantined", "ignored")
_CHANGES = {
    "practitioners_new": "Practitioners new",
    "practitioners_back": "Practitioners back again",
    "practitioners_left": "Practitioners left",
    "practitioners_moved": "Practitioners moved to another team",
    "teams_new": "Teams new",
    "teams_gone": "Teams gone",
    "places_moved": "Teams and PDUs moved",
    "renamed": "Names changed",
}


def _changes(load: Load) -> list[dict[str, object]]:
    """The kinds of change in the order in which people ask, those that happened only."""
    changes = load.report["changes"]
    found = [{"label": label, **changes[name]} for name, label in _CHANGES.items() if name in changes]
    return [change for change in found if change["count"]]


@require_safe
@requires("national.quarantine")
def quarantine(request: HttpRequest, load_id: int) -> HttpResponse:
    """The rows of a load that couldn't be read, and why. Looking at them is recorded: they name cases."""
    load = get_object_or_404(Load, pk=load_id)
    total = load.quarantined.count()
    pages = max(1, -(-total // _PAGE))
    asked = request.GET.get("page", "1")
    page = min(max(int(asked), 1), pages) if asked.isdigit() else 1
    rows = selectors.quarantine_page(load, page=page, size=_PAGE)
    consulted("national_quarantine", str(load.pk))
    context = {"load": load, "rows": rows, "page": page, "pages": pages, "total": total}
    return render(request, "national/quarantine.html", context)


@require_safe
@requires("national.quarantine")
def quarantine_workbook(request: HttpRequest, load_id: int) -> HttpResponse:
    """The quarantined rows as a workbook, to be mended and sent in again. It was written by the load."""
    load = get_object_or_404(Load, pk=load_id)
    path = store.quarantine_path(load)
    if not path.exists():
        return HttpResponseRedirect(f"/national/loads/{load.pk}/quarantine")
    consulted("national_quarantine_file", str(load.pk))
    name = f"OFFICIAL-SENSITIVE quarantine {load.datestamp}.xlsx"
    disposition = content_disposition_header(as_attachment=True, filename=name) or ""
    headers = {"Content-Disposition": disposition}
    return HttpResponse(path.read_bytes(), content_type=_XLSX, headers=headers)


@require_POST
@requires("national.put_back")
def put_back(request: HttpRequest) -> HttpResponse:
    """Put the earlier extract back, as a job."""
    with transaction.atomic():
        job = enqueue(jobs.put_back, instead_of=selectors.newest_load_id())
    return HttpResponseRedirect(f"/jobs/{job.id}")
