"""What all calls of the API have in common: who calls, the version, and whether anything is new."""

from collections.abc import Callable
from typing import Final

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response, patch_vary_headers, set_response_etag

from . import tokens
from .errors import TokenRefused
from .limits import QUIET_SECONDS

PREFIX: Final = "/api/"
VERSION: Final = "1"
VERSION_HEADER: Final = "API-Version"


class ApiMiddleware:
    """Has a token stand for its user, and gives answers their headers.

    Stands after the middleware of sessions, so that a token begins none, and before the one that says who acts.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not request.path.startswith(PREFIX):
            return self.get_response(request)
        _say_who_calls(request)
        response = self.get_response(request)
        _say_what_it_is(response)
        return _unless_unchanged(request, response)


def _say_who_calls(request: HttpRequest) -> None:
    secret = tokens.sent_secret(request)
    if secret is not None:
        _act_for_owner(request, secret)
    if secret is not None or not request.user.is_authenticated:
        # Only a browser sends what somebody else made it send; nobody can make it send a token.
        request._dont_enforce_csrf_checks = True  # type: ignore[attr-defined]  # asked by Django's own middleware


def _act_for_owner(request: HttpRequest, secret: str) -> None:
    request.user = AnonymousUser()
    try:
        token = tokens.recognised(secret)
    except TokenRefused as refusal:
        request.api_refusal = refusal  # type: ignore[attr-defined]  # raised where somebody is asked for
        return
    token.user.narrowed_to = frozenset(scope.partition(":")[0] for scope in token.scopes)
    request.user = token.user
    request.api_token = token  # type: ignore[attr-defined]  # read by the guard, and for the trail


def _say_what_it_is(response: HttpResponseBase) -> None:
    response.headers[VERSION_HEADER] = VERSION
    response.headers.setdefault("Cache-Control", "private, no-cache")
    patch_vary_headers(response, ["Authorization", "Cookie"])
    if response.status_code == 401:
        response.headers["WWW-Authenticate"] = 'Bearer realm="LondonNet"'
    if response.status_code == 429:
        response.headers["Retry-After"] = str(QUIET_SECONDS)


def _unless_unchanged(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    """An answer to GET carries an ETag; whoever sends it back and has the same already gets 304 and no body."""
    if request.method != "GET" or response.status_code != 200 or not isinstance(response, HttpResponse):
        return response
    set_response_etag(response)
    answer: HttpResponseBase = get_conditional_response(request, etag=response["ETag"], response=response) or response
    return answer
