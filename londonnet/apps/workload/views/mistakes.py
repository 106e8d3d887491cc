"""Reporting a mistake in one's own figure, and answering what others report."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from londonnet.apps.workload import addresses, selectors, services
from londonnet.apps.workload.lines_of_working import NamedLine
from londonnet.apps.workload.selectors import FiguresInForce, PractitionerRow
from londonnet.apps.workload.selectors.mistakes import SIZE, MistakeRow, mistake, mistakes_within
from londonnet.apps.workload.selectors.workings import lines_to_report
from londonnet.apps.workload.services.mistakes import ANSWER, MistakeRefused
from londonnet.apps.workload.within_reach import answerable, rows_within_reach
from londonnet.platform.access import policy, requires
from londonnet.platform.errors import NotAllowed
from londonnet.platform.trusts.snapshot import snapshot

from .answering import VIEW, person, reach_of

form_page = require_http_methods(["GET", "HEAD", "POST"])


@form_page
@requires(VIEW)
def report(request: HttpRequest) -> HttpResponse:
    """`?team=CODE&line=KEY`: say what is wrong with a line of one's own working; it goes to the manager."""
    with snapshot():
        figures = selectors.figures_in_force()
        row = _own_row(request)
        line = _line(request, row, figures) if figures else None
    if figures is None or line is None:
        raise NotAllowed
    words, wrong = request.POST.get("words", ""), ""
    if request.method == "POST":
        try:
            services.report_mistake(om_key=row.om_key, team_code=row.team_code, line=line, words=words, figures=figures)
        except MistakeRefused as refused:
            wrong = refused.message
        else:
            messages.success(request, "Your manager has your report. The answer comes here, and as a notice.")
            return redirect(addresses.mine(row.team_code))
    context = {"row": row, "line": line, "words": words, "wrong": wrong, "back": addresses.mine(row.team_code)}
    return render(request, "workload/report_mistake.html", context, status=422 if wrong else 200)


@require_POST
@requires(VIEW)
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Take one's own report back."""
    found = mistake(pk)
    if found is None or not person(request).staff_key or found.om_key != person(request).staff_key:
        raise NotAllowed
    services.take_mistake_back(report_id=pk)
    messages.success(request, "Your report is taken back.")
    return redirect(addresses.mine(found.team_code))


@require_safe
@requires(ANSWER)
def reports(request: HttpRequest) -> HttpResponse:
    """The reports of those whom one answers for: those that wait, or with `?show=answered` the others."""
    is_open = request.GET.get("show") != "answered"
    asked = request.GET.get("page", "1")
    page = max(1, int(asked)) if asked.isascii() and asked.isdigit() and len(asked) < 7 else 1
    with snapshot():
        rows, total = mistakes_within(policy.reach(request.user, ANSWER), is_open=is_open, first=(page - 1) * SIZE)
    pages = max(1, -(-total // SIZE))
    context = {
        "rows": rows,
        "is_open": is_open,
        "tabs": [
            ("Waiting for an answer", addresses.MISTAKES, is_open),
            ("Answered", f"{addresses.MISTAKES}?show=answered", not is_open),
        ],
        "total": total,
        "page": min(page, pages),
        "pages": pages,
        "size": SIZE,
    }
    return render(request, "workload/mistakes.html", context)


@form_page
@requires(ANSWER)
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """One report with its line, and a form to answer it."""
    found = answerable(person(request), pk)
    wrong = field = ""
    if request.method == "POST":
        try:
            services.answer_mistake(
                report_id=pk, state=request.POST.get("state", ""), words=request.POST.get("words", "")
            )
        except MistakeRefused as refused:
            wrong, field = refused.message, refused.field
        else:
            messages.success(request, f"{found.name} has your answer.")
            return redirect(addresses.MISTAKES)
    context = _context(request, found, wrong) | {"wrong_field": field}
    return render(request, "workload/answer_mistake.html", context, status=422 if wrong else 200)


def _context(request: HttpRequest, found: MistakeRow, wrong: str) -> dict[str, Any]:
    return {
        "report": found,
        "wrong": wrong,
        "state": request.POST.get("state", ""),
        "words": request.POST.get("words", ""),
        "working_url": addresses.practitioner(found.om_key, found.team_code),
        "trail": [("Reports of mistakes", addresses.MISTAKES)],
    }


def _own_row(request: HttpRequest) -> PractitionerRow:
    om_key, team = person(request).staff_key, request.GET.get("team", "")
    rows = rows_within_reach(om_key, reach_of(request)) if om_key else []
    found = next((row for row in rows if row.team_code == team), None)
    if found is None:
        raise NotAllowed
    return found


def _line(request: HttpRequest, row: PractitionerRow, figures: FiguresInForce) -> NamedLine | None:
    asked = request.GET.get("line", "")
    return next((line for line in lines_to_report(row, figures) if line.key == asked), None)
