"""Every route declares who may use it; an undeclared one stops the start."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import wraps
from typing import Any, TypeVar, cast
from urllib.parse import urlencode, urlsplit, urlunsplit

from django.core.checks import CheckMessage, Error, register
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import URLPattern, URLResolver, get_resolver

from . import policy

View = TypeVar("View", bound=Callable[..., HttpResponseBase])


@dataclass(frozen=True, slots=True)
class Declaration:
    """Who may use a route: everybody, everybody signed in, or those with a permission (within their scope).

    Operations of the API say besides whether they ``read`` or ``write``, which tokens are made for, and their method.
    """

    kind: str
    permission: str = ""
    scope: str = ""
    method: str = ""

    @property
    def application(self) -> str:
        """The application whose permission is asked for."""
        return self.permission.partition(".")[0]


def requires(permission: str) -> Callable[[View], View]:
    """Only users who have that permission somewhere; which records, the view asks the policy."""

    def declare(view: View) -> View:
        return _guarded(view, Declaration("permission", permission))

    return declare


def signed_in(view: View) -> View:
    """Everybody who is signed in."""
    return _guarded(view, Declaration("signed-in"))


def public(view: View) -> View:
    """Everybody, signed in or not."""
    return _marked(view, view, Declaration("public"))


def _guarded(view: View, declaration: Declaration) -> View:
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return _sign_in_first(request)
        if declaration.permission:
            policy.require(request.user, declaration.permission)
        return view(request, *args, **kwargs)

    return _marked(view, guarded, declaration)


def _marked(view: View, guarded: Any, declaration: Declaration) -> View:
    if guarded is view:

        @wraps(view)
        def open_to_all(*args: Any, **kwargs: Any) -> HttpResponseBase:
            answer: HttpResponseBase = view(*args, **kwargs)
            return answer

        guarded = open_to_all
    guarded.londonnet_access = declaration
    return cast(View, guarded)


def _sign_in_first(request: HttpRequest) -> HttpResponseBase:
    """To the sign-in page and back here; a fragment that refreshes itself only learns that it must."""
    why = {"ended": "1"} if getattr(request, "session_ended", False) else {}
    if request.headers.get("X-LondonNet-Refresh") or request.headers.get("HX-Request"):
        response = HttpResponse("Sign in again to go on.", status=401)
        response["HX-Redirect"] = f"/sign-in?{urlencode(why)}" if why else "/sign-in"
        return response
    return HttpResponseRedirect(f"/sign-in?{urlencode({**why, 'next': _page_of(request)})}")


def _page_of(request: HttpRequest) -> str:
    """The page to come back to: the one asked for, or the one whose form was sent."""
    if request.method in ("GET", "HEAD"):
        return request.get_full_path()
    came_from = urlsplit(request.headers.get("Referer", ""))
    return urlunsplit(("", "", came_from.path, came_from.query, "")) if came_from.netloc == request.get_host() else "/"


def declared_routes(
    resolver: URLResolver | None = None, prefix: str = ""
) -> Iterator[tuple[str, URLPattern, Declaration | None]]:
    """Every route of the installation: its pattern as text, the route, and what it declares."""
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            yield from declared_routes(entry, prefix + str(entry.pattern))
        else:
            yield prefix + str(entry.pattern), entry, getattr(entry.callback, "londonnet_access", None)


@register("urls")
def check_every_route_declares(**kwargs: Any) -> list[CheckMessage]:
    """Django's system check that stops the start when a route doesn't say who may use it."""
    known = {permission.name for permission in _all_permissions()}
    errors: list[CheckMessage] = []
    for path, _, declaration in declared_routes():
        if declaration is None:
            errors.append(Error(f"The route /{path} doesn't declare who may use it.", id="access.E001"))
        elif declaration.permission and declaration.permission not in known:
            errors.append(
                Error(f"/{path} asks for {declaration.permission!r}, which nobody defines.", id="access.E002")
            )
    return [*errors, *_stays_open()]


def _stays_open() -> Iterator[CheckMessage]:
    """A permission ends where its application is switched off; a route that asks for none of its own would not."""
    from londonnet.platform.registry import applications

    for manifest in (one for one in applications() if one.urls and one.can_be_switched_off):
        own = {permission.name for permission in manifest.permissions}
        for path, _, declaration in declared_routes(get_resolver(manifest.urls)):
            if declaration and declaration.permission not in own:
                said = (
                    f"/{path} would stay open where {manifest.name!r} is switched off: ask for a permission of its own."
                )
                yield Error(said, id="access.E003")


def _all_permissions() -> list[Any]:
    from londonnet.platform.registry.applications import REGISTRY

    return REGISTRY.permissions()
