"""Routes of the staff directory."""

from django.urls import path

from . import views

urlpatterns = [
    path("staff", views.directory, name="staff"),
    path("staff/<str:om_key>", views.practitioner, name="staff-member"),
    path("teams/<str:code>", views.team, name="team"),
    path("pdus/<str:code>", views.pdu, name="pdu"),
    path("regions/<str:code>", views.region, name="region"),
]
