"""Routes of a user's notices, and of the outbox."""

from django.urls import path

from londonnet.platform.access.routes import requires

from . import outbox_views, views

urlpatterns = [
    path("notices", views.notices, name="notices"),
    path("notices/<int:pk>", views.open_notice, name="notice"),
    path("notices/read", views.read_all, name="notices_read"),
    path("notices/bell", views.bell, name="notices_bell"),
    path("notices/newest", views.newest, name="notices_newest"),
    path("notices/settings", views.settings, name="notice_settings"),
    path("outbox", requires("access.outbox")(outbox_views.outbox), name="outbox"),
    path("outbox/<int:pk>", requires("access.outbox")(outbox_views.message), name="outbox_message"),
]
