"""Response headers that keep a page to itself: no foreign script, style, frame, form target or connection."""

import secrets
from collections.abc import Callable
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponseBase

Answer = Callable[[HttpRequest], HttpResponseBase]

HEADERS = {
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
}


def live_origin(request: HttpRequest) -> str:
    """The origin that this page opens its live connection to; empty when it is the page's own.

    `LONDONNET_LIVE_ORIGIN` may hold `{host}`, the host of the request without its port, since each trust has
    a hostname of its own and the session cookie belongs to that hostname.
    """
    pattern: str = getattr(settings, "LONDONNET_LIVE_ORIGIN", "")
    if "{host}" not in pattern:
        return pattern
    host = urlsplit(f"//{request.get_host()}").hostname or ""
    return pattern.replace("{host}", f"[{host}]" if ":" in host else host)


def policy(nonce: str, live: str = "") -> str:
    """The Content-Security-Policy of a page whose inline scripts carry `nonce` and that listens to `live`."""
    directives = {
        "default-src": "'none'",
        "script-src": f"'self' 'nonce-{nonce}'",
        "style-src": "'self'",
        "img-src": "'self'",
        "font-src": "'self'",
        "connect-src": f"'self' {live}".strip(),
        "worker-src": "'self'",
        "manifest-src": "'self'",
        "form-action": "'self'",
        "frame-ancestors": "'none'",
        "base-uri": "'none'",
    }
    return "; ".join(f"{name} {sources}" for name, sources in directives.items())


class SecurityHeadersMiddleware:
    """Gives each request a nonce (`request.csp_nonce`) and each answer the headers of this module.

    Every page says `no-store`, signed in or not: it may hold personal data, and always a form's token.
    Stands before the middleware that serves static files, so that scripts and workers have a policy too.
    A view that sets one of the headers itself keeps its own.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        nonce = secrets.token_urlsafe(16)
        request.csp_nonce = nonce  # type: ignore[attr-defined]
        response = self.get_response(request)
        response.headers.setdefault("Content-Security-Policy", policy(nonce, _live_or_nothing(request)))
        if settings.SECURE_HSTS_SECONDS:
            response.headers.setdefault("Strict-Transport-Security", f"max-age={settings.SECURE_HSTS_SECONDS}")
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        if str(response.headers.get("Content-Type", "")).startswith("text/html"):
            response.headers.setdefault("Cache-Control", "no-store")
        return response


def _live_or_nothing(request: HttpRequest) -> str:
    try:
        return live_origin(request)
    except DisallowedHost:
        return ""
