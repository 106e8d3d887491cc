"""Routes of the outbox."""

from django.urls import path

from londonnet.platform.access.routes import requires

from . import outbox_views

urlpatterns = [
    path("outbox", requires("access.outbox")(outbox_views.outbox), name="outbox"),
    path("outbox/<int:pk>", requires("access.outbox")(outbox_views.message), name="outbox_message"),
]
