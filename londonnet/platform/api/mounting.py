"""All applications' operations under one roof."""

from collections.abc import Iterator
from functools import cache
from typing import Any, NoReturn

from django.http import Http404, HttpRequest, HttpResponseNotAllowed
from django.http.response import HttpResponseBase
from django.urls import URLPattern
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError
from ninja.operation import Operation

from londonnet.config.environment import ENV
from londonnet.platform.access.routes import Declaration
from londonnet.platform.registry import applications
from londonnet.platform.ui.uploads import was_too_large

from .errors import InvalidRequest
from .guard import Guard
from .middleware import VERSION
from .problems import in_words

DESCRIPTION = """What LondonNet offers to programs. Every answer is JSON, and so is every error, in one shape: Problem.

- **Who calls.** Send `Authorization: Bearer ln_…` with a token made under “My account”. It acts as its user, with
  that user's reach, within its scopes. What is out of reach is answered like what isn't there (404).
- **Lists.** `limit` and `offset` say which part; the answer has `total`, `limit`, `offset` and `items`, in an order
  that stays.
- **Days and moments.** `2026-11-28` and `2026-11-28T09:05:00Z`. A first and a last day both count.
- **Numbers.** Hours are hours a week, capacities are percent (112.5 is 112.5%), and neither is rounded. What
  doesn't exist is null, never 0.
- **Mistyped names.** A parameter or field that there isn't is refused (422): without it more would be asked for, or
  less done, than was meant.
- **Two at once.** 409: somebody else was first, and nothing was changed. Read again, and decide again.
- **Reading again.** Send an answer's `ETag` as `If-None-Match`: where nothing is new, the answer is 304 without a
  body.
- **Versions.** `API-Version: 1`. Within a version fields and operations are added, so let pass what you don't know.
"""


@cache
def api() -> NinjaAPI:
    """The API of this installation, the same for all trusts; put together when routes are first asked for."""
    made = NinjaAPI(title="LondonNet", version=VERSION, description=DESCRIPTION, openapi_url=None, docs_url=None)
    for manifest in applications():
        for router in manifest.hooks.api_routes():
            made.add_router(f"/{manifest.name}/", router, tags=[manifest.label])
    for kind in (ValidationError, HttpError, Http404, Exception):
        made.add_exception_handler(kind, _say_in_our_words)
    return made


def operations() -> Iterator[Declaration]:
    """What each operation declares; those that declare nothing aren't among them."""
    return (declared for _, operation in bound_operations() if (declared := declaration_of(operation)) is not None)


def bound_operations() -> Iterator[tuple[str, Operation]]:
    """Every operation, with its path from ``/api`` on."""
    for bound in api()._get_bound_routers():
        for path, view in bound.path_operations.items():
            yield from ((bound.prefix.rstrip("/") + path, operation) for operation in view.operations)


def paths() -> Iterator[str]:
    """The paths of each router, one router after the other."""
    for bound in api()._get_bound_routers():
        yield from (bound.prefix.rstrip("/") + path for path in bound.path_operations)


def patterns() -> Iterator[URLPattern]:
    """A route for each operation, marked with what it declares, as views are."""
    for bound in api()._get_bound_routers():
        of_router = [one for view in bound.path_operations.values() for one in view.operations]
        for pattern, operation in zip(bound.urls_paths(bound.prefix), of_router, strict=True):
            pattern.callback = _in_our_manner(pattern.callback, declaration_of(operation))
            yield pattern


def declaration_of(operation: Operation) -> Declaration | None:
    """What an operation declares; None where it came in by another way than ``ApiRouter``'s."""
    return next((one.declaration for one in operation.auth_callbacks if isinstance(one, Guard)), None)


def _in_our_manner(view: Any, declaration: Declaration | None) -> Any:
    """The library's view without its leave to do without form tokens, and with an empty 405 that the house words."""

    def call(request: HttpRequest, *args: Any, **parts: Any) -> HttpResponseBase:
        response: HttpResponseBase = view(request, *args, **parts)
        if isinstance(response, HttpResponseNotAllowed):
            response.content = b""
        return response

    if declaration is not None:
        call.londonnet_access = declaration  # type: ignore[attr-defined]  # as `requires` marks a view
    return call


def _say_in_our_words(request: HttpRequest, error: Any) -> NoReturn:
    """What the library finds wrong becomes the house's own error; all else is the house's to answer anyway."""
    if isinstance(error, ValidationError):
        if was_too_large(request):  # what was cut off for its size would be said to be missing
            raise InvalidRequest([("", f"This is larger than {ENV.upload_megabytes} MB. Send it in parts.")]) from error
        raise InvalidRequest(in_words(error.errors)) from error
    if isinstance(error, HttpError):  # the library raises it for a body that it can't read, and for nothing else here
        raise InvalidRequest([("", "The body isn't JSON.")]) from error
    raise error
