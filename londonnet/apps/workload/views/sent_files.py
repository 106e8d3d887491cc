"""What became of a file that somebody sent: the lines that weren't taken, to read and to mend."""

from collections.abc import Sequence
from typing import Final

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header

from londonnet.apps.workload.csv_lines import QUARANTINE_COLUMNS
from londonnet.apps.workload.csv_writing import csv_bytes
from londonnet.apps.workload.models import StaffingFile, StaffingLoad
from londonnet.apps.workload.selectors.staffing_files import file_of, files_of
from londonnet.apps.workload.services.files import COLUMNS
from londonnet.platform.audit import consulted
from londonnet.platform.errors import NotAllowed

from .answering import person

_PAGE: Final = 50


def sent_by(request: HttpRequest, kinds: Sequence[StaffingFile.Kind]) -> list[StaffingFile]:
    """The files of these kinds that the person signed in has sent lately, the latest first."""
    return list(files_of(person(request).pk, kinds)[:20])


def own_file(request: HttpRequest, number: int, kinds: Sequence[StaffingFile.Kind]) -> StaffingFile:
    """A file that the person signed in has sent; nobody else's is there for them."""
    file = file_of(person(request).pk, number, kinds)
    if file is None:
        raise NotAllowed
    return file


def report_page(request: HttpRequest, file: StaffingFile, trail: list[tuple[str, str]]) -> HttpResponse:
    """Counts, and the lines that weren't taken with what is wrong; the last of the trail is where files are sent."""
    pages = Paginator(file.problems, _PAGE)
    page = pages.get_page(request.GET.get("page"))
    context = {"file": file, "page": page, "pages": pages, "trail": trail, "home": trail[-1][1]}
    return render(request, "workload/staffing_file.html", context)


def quarantine_file(file: StaffingFile) -> HttpResponse:
    """The lines that weren't taken, as a file to mend and send in again."""
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
    own = file.columns or COLUMNS[StaffingLoad.Kind(file.kind)]
    return csv_answer(f"OFFICIAL-SENSITIVE {file.kind} quarantine.csv", [*QUARANTINE_COLUMNS, *own], rows)


def csv_answer(name: str, columns: Sequence[str], rows: list[list[str]]) -> HttpResponse:
    """A CSV file to download."""
    disposition = content_disposition_header(as_attachment=True, filename=name) or ""
    headers = {"Content-Disposition": disposition}
    return HttpResponse(csv_bytes(columns, rows), content_type="text/csv; charset=utf-8", headers=headers)
