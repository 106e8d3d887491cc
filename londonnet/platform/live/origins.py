"""Which pages may open a live connection: those of the same trust's own site."""

from urllib.parse import SplitResult, urlsplit

from londonnet.config.environment import ENV
from londonnet.platform.trusts import Trust, registry


def is_own(origin: str, trust: Trust, host: str) -> bool:
    """Whether a page of that origin belongs to the trust's own site.

    Its hostname must be one of the trust's; its port must be that of the pages, that of the live connection itself
    (behind a proxy both are one) or, with TLS, the usual one.

    Args:
        origin: the Origin header.
        trust: the trust whose connection is asked for.
        host: the Host header.
    """
    try:
        parts = urlsplit(origin)
        port = parts.port or _usual_port(parts)
        own_port = urlsplit(f"//{host}").port
    except ValueError:
        return False
    if not _is_plain(parts, origin) or registry.by_hostname(parts.hostname or "") != trust:
        return False
    own = own_port or _usual_port(parts)
    return port in ({ENV.web_port, own, 443} if ENV.https else {ENV.web_port, own})


def _is_plain(parts: SplitResult, origin: str) -> bool:
    scheme = "https" if ENV.https else "http"
    return parts.scheme == scheme and origin == f"{parts.scheme}://{parts.netloc}" and "@" not in parts.netloc


def _usual_port(parts: SplitResult) -> int:
    return 443 if parts.scheme == "https" else 80


def headers(origin: str) -> dict[str, str]:
    """The headers that let a page of that origin read the answer, with its cookie."""
    return {
        "Access-Control-Allow-Origin": origin,
        "Access-Control-Allow-Credentials": "true",
        "Vary": "Origin",
    }


def preflight_headers(origin: str) -> dict[str, str]:
    """The answer to a browser that asks first."""
    return {
        **headers(origin),
        "Access-Control-Allow-Methods": "GET",
        "Access-Control-Allow-Headers": "Last-Event-ID, Cache-Control",
        "Access-Control-Max-Age": "600",
    }
