"""Routes of the trail."""

from django.urls import path

from londonnet.platform.access.routes import requires

from . import views

urlpatterns = [
    path("audit", requires("audit.trail")(views.trail), name="trail"),
    path("audit/<int:pk>", requires("audit.trail")(views.entry), name="trail_entry"),
]
