"""Who is at work on a request: for the trail, and (without names) for the log."""

import uuid
from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from structlog.contextvars import bound_contextvars

from londonnet.platform.audit import Actor, acting_as
from londonnet.platform.trusts import trust_or_none

HEADER = "X-Request-ID"


class ActorMiddleware:
    """Everything that a request does is recorded as its user's; request and log lines carry one id."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        request_id = str(uuid.uuid4())
        request.request_id = request_id  # type: ignore[attr-defined]
        trust = trust_or_none()
        with (
            bound_contextvars(trust=trust.slug if trust else "", request_id=request_id),
            acting_as(actor_of(request, request_id)),
        ):
            response = self.get_response(request)
        response.headers[HEADER] = request_id
        return response


def actor_of(request: HttpRequest, request_id: str) -> Actor:
    """The actor that a request stands for."""
    user = request.user
    if user.is_authenticated:
        return Actor("user", _name_of(request, user.name), user.pk, request_id)
    return Actor("nobody", "Not signed in", None, request_id)


def _name_of(request: HttpRequest, name: str) -> str:
    """The user's name; where a program acts for them, with the token that it does so with."""
    token = getattr(request, "api_token", None)
    return f"{name[:120]}, by the token “{token}”" if token else name
