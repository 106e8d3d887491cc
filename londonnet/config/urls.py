"""Routes: each application's own, as its manifest names them, at the root."""

from django.urls import URLPattern, URLResolver, include, path

from londonnet.platform.registry import applications

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("londonnet.platform.ui.urls")),
    path("", include("londonnet.platform.search.urls")),
    path("", include("londonnet.platform.lists.urls")),
    path("", include("londonnet.platform.api.urls")),
    *(path("", include(manifest.urls)) for manifest in applications() if manifest.urls),
]

handler400 = "londonnet.platform.ui.errors.bad_request"
handler403 = "londonnet.platform.ui.errors.permission_denied"
handler404 = "londonnet.platform.ui.errors.page_not_found"
handler500 = "londonnet.platform.ui.errors.server_error"
