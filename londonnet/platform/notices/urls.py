"""Routes of the outbox."""

from django.urls import path

from londonnet.platform.access.routes import requires

from . import views

urlpatterns = [
    path("outbox", requires("access.outbox")(views.outbox), name="outbox"),
    path("outbox/<int:pk>", requires("access.outbox")(views.message), name="outbox_message"),
]
