"""Where the progress of a job is shown."""

from django.urls import path

from . import views

urlpatterns = [
    path("jobs/<uuid:job_id>", views.job_page, name="job"),
    path("jobs/<uuid:job_id>/progress", views.job_progress, name="job-progress"),
]
