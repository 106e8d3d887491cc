"""Routes of the pages that belong to no application."""

from django.urls import path

from . import views

urlpatterns = [
    path("", views.home, name="home"),
    path("accessibility", views.accessibility, name="accessibility"),
    path("help", views.get_help, name="help"),
]
