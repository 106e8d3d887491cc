"""The mail server that LONDONNET_SMTP_URL names."""

from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from django.core.mail.backends.smtp import EmailBackend

from londonnet.platform.errors import LondonNetError

TIMEOUT_SECONDS = 20


class BadSmtpUrl(LondonNetError):
    """The address of the mail server can't be understood."""

    status_code = 500

    def __init__(self) -> None:
        super().__init__(
            "LONDONNET_SMTP_URL isn't the address of a mail server. "
            "Write smtp://user:password@host:587?tls=true, or smtps://… for a server that encrypts from the start.",
            "bad-smtp-url",
        )


def server(url: str) -> EmailBackend:
    """Django's own backend for the server of an address such as ``smtp://user:password@host:587?tls=true``.

    Raises:
        BadSmtpUrl: it isn't such an address.
    """
    return EmailBackend(**parameters(url), fail_silently=False)


def parameters(url: str) -> dict[str, Any]:
    """What Django's backend is given for an address.

    Raises:
        BadSmtpUrl: it isn't the address of a mail server.
    """
    parts = urlsplit(url)
    if parts.scheme not in ("smtp", "smtps") or not parts.hostname:
        raise BadSmtpUrl
    encrypts_from_start = parts.scheme == "smtps"
    wants_tls = parse_qs(parts.query).get("tls", ["false"])[-1].lower() in ("1", "true", "yes")
    return {
        "host": parts.hostname,
        "port": parts.port or (465 if encrypts_from_start else 25),
        "username": unquote(parts.username or ""),
        "password": unquote(parts.password or ""),
        "use_ssl": encrypts_from_start,
        "use_tls": wants_tls and not encrypts_from_start,
        "timeout": TIMEOUT_SECONDS,
    }
