"""Response headers, and the origin of live connections."""

import re

import pytest
from django.http import FileResponse, HttpRequest, HttpResponse
from django.test import RequestFactory, override_settings

from londonnet.platform.ui.csp import SecurityHeadersMiddleware, live_origin, policy


def _page(request: HttpRequest) -> HttpResponse:
    return HttpResponse(f"<script nonce='{request.csp_nonce}'></script>")  # type: ignore[attr-defined]


def test_the_nonce_of_the_page_is_that_of_the_policy_and_new_each_time() -> None:
    answers = [SecurityHeadersMiddleware(_page)(RequestFactory().get("/")) for _ in range(2)]
    nonces = []
    for answer in answers:
        assert isinstance(answer, HttpResponse)
        found = re.search(r"'nonce-([^']+)'", answer["Content-Security-Policy"])
        assert found is not None
        assert f"nonce='{found[1]}'" in answer.content.decode()
        nonces.append(found[1])
    assert nonces[0] != nonces[1]


def test_nothing_unsafe_and_no_foreign_place_is_allowed() -> None:
    words = policy("n", "http://localhost:8001")
    assert "unsafe" not in words
    assert "data:" not in words
    assert "*" not in words
    assert words.startswith("default-src 'none'")
    assert "connect-src 'self' http://localhost:8001;" in words


def test_every_page_may_not_be_stored_and_static_files_may() -> None:
    middleware = SecurityHeadersMiddleware(_page)
    assert middleware(RequestFactory().get("/"))["Cache-Control"] == "no-store"
    static = SecurityHeadersMiddleware(lambda request: FileResponse(b"", content_type="text/css"))
    assert "Cache-Control" not in static(RequestFactory().get("/static/a.css"))


def test_a_view_keeps_a_header_that_it_sets_itself() -> None:
    def view(request: HttpRequest) -> HttpResponse:
        return HttpResponse("", headers={"Referrer-Policy": "no-referrer"})

    answer = SecurityHeadersMiddleware(view)(RequestFactory().get("/"))
    assert answer["Referrer-Policy"] == "no-referrer"
    assert answer["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    ("setting", "host", "origin"),
    [
        ("http://{host}:8001", "localhost:8000", "http://localhost:8001"),
        ("http://{host}:8001", "beta.localhost:8000", "http://beta.localhost:8001"),
        ("http://{host}:8001", "[::1]:8000", "http://[::1]:8001"),
        ("https://live.example.org", "localhost", "https://live.example.org"),
        ("", "localhost:8000", ""),
    ],
)
def test_the_live_origin_follows_the_hostname_of_the_trust(setting: str, host: str, origin: str) -> None:
    with override_settings(LONDONNET_LIVE_ORIGIN=setting, ALLOWED_HOSTS=["*"]):
        assert live_origin(RequestFactory().get("/", headers={"host": host})) == origin


def test_a_hostname_that_is_no_hostname_gets_a_policy_too() -> None:
    with override_settings(LONDONNET_LIVE_ORIGIN="http://{host}:8001"):
        answer = SecurityHeadersMiddleware(lambda request: HttpResponse(status=404))(
            RequestFactory().get("/", headers={"host": "bad host'; script-src *"})
        )
    assert "connect-src 'self';" in answer["Content-Security-Policy"]


@pytest.mark.parametrize(("seconds", "said"), [(0, None), (31_536_000, "max-age=31536000")])
def test_browsers_are_told_to_stay_with_tls_where_it_is_used(seconds: int, said: str | None) -> None:
    with override_settings(SECURE_HSTS_SECONDS=seconds):
        answer = SecurityHeadersMiddleware(_page)(RequestFactory().get("/"))
    assert answer.headers.get("Strict-Transport-Security") == said
    assert answer.headers["X-Frame-Options"] == "DENY"
