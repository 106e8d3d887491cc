"""Routes of the national feeds."""

from django.urls import path

from . import views

urlpatterns = [
    path("national", views.overview, name="national"),
    path("national/loads/<int:load_id>", views.report, name="national-load"),
    path("national/loads/<int:load_id>/quarantine", views.quarantine, name="national-quarantine"),
    path("national/loads/<int:load_id>/quarantine.xlsx", views.quarantine_workbook, name="national-quarantine-file"),
    path("national/put-back", views.put_back, name="national-put-back"),
]
