"""The progress page of a job: it can be left and come back to."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from londonnet.platform.access import signed_in
from londonnet.platform.errors import NotAllowed

from . import endings, policy, selectors
from .errors import JobUnknown
from .progress import topic
from .selectors import Job


@signed_in
@require_safe
def job_page(request: HttpRequest, job_id: UUID) -> HttpResponse:
    """How far a job is, with what it is and who asked for it."""
    return _shown(request, "jobs/job.html", job_id)


@signed_in
@require_safe
def job_progress(request: HttpRequest, job_id: UUID) -> HttpResponse:
    """The part of the page that moves."""
    return _shown(request, "jobs/_progress.html", job_id)


def _shown(request: HttpRequest, template: str, job_id: UUID) -> HttpResponse:
    job = _followed(request, job_id)
    if request.method == "GET":
        endings.seen(request.user, job)  # type: ignore[arg-type]  # signed in
    return render(request, template, {"job": job, "topic": topic(job_id)})


def _followed(request: HttpRequest, job_id: UUID) -> Job:
    """The job, if this user may follow it; else a page not found, which doesn't tell whether there is one."""
    try:
        job = selectors.find(job_id)
    except JobUnknown as error:
        raise NotAllowed from error
    if not policy.may_follow(request.user, job):
        raise NotAllowed
    return job
