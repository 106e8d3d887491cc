"""Errors as people see them: a page, a fragment or JSON, in plain words, with what to do next and a reference.

The reference stands in the log beside what happened, so that somebody who reads it out can be helped.
"""

import logging
import secrets
from collections.abc import Callable

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent
from django.db import DataError, InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import render

from londonnet.platform.errors import LondonNetError, NotAllowed

from .context import bare
from .error_words import WORDS, ErrorWords, words_for

log = logging.getLogger("londonnet.errors")

Answer = Callable[[HttpRequest], HttpResponseBase]
DOCS = "/api/docs"  # the one page among the addresses for programs


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """What was sent can't be understood, or is too much."""
    too_much = isinstance(exception, RequestDataTooBig | TooManyFieldsSent)
    return answer(request, 413 if too_much else 400, exception=exception)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The user is known and may not do this."""
    return answer(request, 403, exception=exception)


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """There is no such page, or the user may not know of it: the answer is the same."""
    return answer(request, 404, exception=exception)


def server_error(request: HttpRequest) -> HttpResponse:
    """Something broke on our side; the page asks the database nothing."""
    return answer(bare(request), 500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form without a valid token, mostly from a page that was open over a sign-in."""
    return answer(request, 403, WORDS["csrf"], code="form-expired", back=request.path, detail=reason)


class ErrorMiddleware:
    """Renders LondonNet's own errors and a lost database, and gives bare answers (405, 413) a page.

    Stands after the middleware of trust and sign-in, so that a page can be framed.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if response.status_code in (405, 413) and not getattr(response, "content", b""):
            framed = answer(request, response.status_code)
            if "Allow" in response:
                framed["Allow"] = response["Allow"]
            return framed
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """An answer for errors that have words of their own; None leaves the others to Django."""
        if isinstance(exception, NotAllowed):
            return answer(request, 404, exception=exception)
        if isinstance(exception, LondonNetError):
            words = words_for(exception)
            return answer(request, exception.status_code, words, code=exception.code, exception=exception)
        if isinstance(exception, OperationalError | InterfaceError):
            return answer(bare(request), 503, exception=exception)
        if isinstance(exception, DataError) and _is_about_nul(exception):
            return answer(bare(request), 400, exception=exception)
        return None


def _is_about_nul(error: DataError) -> bool:
    """Whether an address, a form or a body held the one character that no text of PostgreSQL's can hold."""
    return any(said in str(error) for said in ("NUL (0x00)", "\\u0000"))


def answer(
    request: HttpRequest,
    status: int,
    words: ErrorWords | None = None,
    *,
    code: str = "",
    back: str = "",
    detail: str = "",
    exception: Exception | None = None,
) -> HttpResponse:
    """The answer to a request that failed: JSON for programs, an alert for fragments, else a page.

    Args:
        request: the request; `bare(request)` when the database may not be asked.
        status: the HTTP status.
        words: what to say; by default the words of the status.
        code: a short stable name for programs; by default the status.
        back: where a link leads back to the form.
        detail: for the log only.
        exception: what happened, for the log only.
    """
    said = words or WORDS.get(str(status), WORDS["400" if status < 500 else "500"])
    reference = _reference()
    _write_down(request, status, reference, detail, exception)
    if _wants_json(request):
        problem = {"code": code or str(status), "message": " ".join(said.said), "reference": reference}
        return JsonResponse({"error": {**problem, "details": _details(exception)}}, status=status)
    template = "ui/error_fragment.html" if _wants_fragment(request) else "ui/error.html"
    context = {"words": said, "reference": reference, "back": back}
    return render(request, template, context, status=status)


def _details(exception: Exception | None) -> list[dict[str, str]]:
    return [dict(detail) for detail in exception.details] if isinstance(exception, LondonNetError) else []


def _write_down(request: HttpRequest, status: int, reference: str, detail: str, exception: Exception | None) -> None:
    level = logging.ERROR if status >= 500 else logging.INFO
    text = detail or (type(exception).__name__ if exception else "")
    log.log(level, "%s %s answered %s, reference %s %s", request.method, _route(request), status, reference, text)


def _route(request: HttpRequest) -> str:
    """The pattern of the page asked for: the address may hold a one-time link's key, or whom somebody looks at."""
    match = request.resolver_match
    return f"/{match.route}" if match else "a page that isn't there"


def _reference() -> str:
    """Eight characters that can be read out: A1B2-C3D4."""
    text = secrets.token_hex(4).upper()
    return f"{text[:4]}-{text[4:]}"


def _wants_json(request: HttpRequest) -> bool:
    accepted = request.headers.get("Accept", "")
    if request.path == DOCS:
        return False
    return request.path.startswith("/api/") or ("application/json" in accepted and "text/html" not in accepted)


def _wants_fragment(request: HttpRequest) -> bool:
    return "HX-Request" in request.headers or "X-LondonNet-Refresh" in request.headers
