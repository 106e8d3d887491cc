"""How an application adds operations: each says which permission it asks for, and whether it reads or writes."""

from collections.abc import Callable, Mapping
from inspect import cleandoc
from typing import Any, Final, Literal, TypeVar

from ninja import Router
from ninja.signature import ViewSignature

from londonnet.platform.access.routes import Declaration

from .guard import Guard
from .problems import Problem

Method = Literal["POST", "PUT", "PATCH", "DELETE"]
Call = TypeVar("Call", bound=Callable[..., Any])

_EVERY_OPERATION: Final[Mapping[int, str]] = {
    401: "Nobody is signed in, or the token opens nothing here",
    403: "The token wasn't made for this, or a signed-in browser sent no form token",
    404: "There is no such thing, or it isn't for this user to know of",
    409: "Somebody else was first, and nothing was changed",
    422: "Something that was sent isn't as it should be",
    429: "Wrong tokens were sent too often",
}


class ApiRouter(Router):
    """The operations of one noun, under ``/api/<application>/``.

    ``read`` and ``write`` are the ways to add one. An operation that comes in by another way declares nothing, and
    stops the start.
    """

    def read(
        self, path: str, *, permission: str, answer: Any, method: Literal["GET", "POST"] = "GET"
    ) -> Callable[[Call], Call]:
        """Add an operation that changes nothing: a token that reads is enough for it.

        Args:
            path: from the application's prefix on, for example ``/practitioners/{om_key}``.
            permission: one of the application's own; which records it may be about, the operation asks the policy.
            answer: the schema of what it answers.
            method: GET; POST where what is asked doesn't fit behind a question mark, or may not stand in an address.
        """
        return self._add(method, path, Declaration("permission", permission, "read", method), {200: answer})

    def write(
        self, method: Method, path: str, *, permission: str, answer: Any, status: int = 200
    ) -> Callable[[Call], Call]:
        """Add an operation that changes something; it calls one service.

        Args:
            method: POST makes, PUT replaces, PATCH changes, DELETE takes away.
            path: from the application's prefix on.
            permission: one of the application's own.
            answer: the schema of what it answers; None where there is nothing to say (status 204).
            status: what success is called; other than 200, the operation answers ``ninja.Status(status, …)``.
        """
        return self._add(method, path, Declaration("permission", permission, "write", method), {status: answer})

    def _add(
        self, method: str, path: str, declaration: Declaration, answers: Mapping[int, Any]
    ) -> Callable[[Call], Call]:
        def add(call: Call) -> Call:
            summary, _, description = cleandoc(call.__doc__ or "").partition("\n")
            self.add_api_operation(
                path,
                [method],
                call,
                auth=Guard(declaration, _parameters(path, call)),
                response={**answers, **dict.fromkeys(_EVERY_OPERATION, Problem)},
                operation_id=f"{declaration.application}_{call.__name__}",
                url_name=f"{declaration.application}_{call.__name__}",
                summary=summary.rstrip("."),
                description=description.strip() or None,
                openapi_extra=_said(declaration),
            )
            return call

        return add


def _parameters(path: str, call: Callable[..., Any]) -> frozenset[str]:
    """The names of what an operation takes behind the question mark."""
    models = [model for model in ViewSignature(path, call).models if model.__ninja_param_source__ == "query"]
    return frozenset(name for model in models for name in model.__ninja_flatten_map__)


def _said(declaration: Declaration) -> dict[str, Any]:
    """What the description of the API says besides: the scope and permission, and when each error comes."""
    return {
        "security": [{"token": []}, {"session": []}],
        "x-scope": f"{declaration.application}:{declaration.scope}",
        "x-permission": declaration.permission,
        "responses": {status: {"description": said} for status, said in _EVERY_OPERATION.items()},
    }
