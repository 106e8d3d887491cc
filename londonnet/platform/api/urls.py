"""Routes of the API, of its description and of one's tokens."""

from django.urls import include, path

from . import views
from .mounting import patterns

app_name = "api"

urlpatterns = [
    path("api/", include(list(patterns()))),
    path("api/openapi.json", views.openapi, name="openapi"),
    path("api/docs", views.docs, name="docs"),
    path("account/tokens", views.tokens, name="tokens"),
    path("account/tokens/<int:number>/revoke", views.revoke, name="revoke_token"),
]
