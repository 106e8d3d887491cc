"""Who calls: asked before anything of the call is read."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, TypeVar, cast

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from londonnet.platform.access import policy
from londonnet.platform.access.models import User
from londonnet.platform.access.routes import Declaration
from londonnet.platform.errors import NotAllowed
from londonnet.platform.registry import is_enabled

from .errors import InvalidRequest, NotSignedIn, OutsideTokenScope, TokenRefused
from .models import ApiToken

View = TypeVar("View", bound=Callable[..., HttpResponseBase])


@dataclass(frozen=True, slots=True)
class Guard:
    """Lets an operation's callers in: application on, token made for it, and the user's own permission."""

    declaration: Declaration
    parameters: frozenset[str] = frozenset()
    """What may stand behind the question mark."""

    def __call__(self, request: HttpRequest) -> User:
        """The user who calls, or for whom the token acts.

        Raises:
            NotSignedIn: nobody does.
            TokenRefused: the token opens nothing.
            OutsideTokenScope: the token wasn't made for it; that is told whether or not its user may.
            NotAllowed: the user may not, or the application is switched off.
            InvalidRequest: a parameter was sent that there isn't: a mistyped one would ask for more than was meant.
        """
        user = caller(request)
        if not is_enabled(self.declaration.application):
            raise NotAllowed
        token, scope = token_of(request), f"{self.declaration.application}:{self.declaration.scope}"
        if token is not None and scope not in token.scopes:
            raise OutsideTokenScope(scope)
        policy.require(user, self.declaration.permission)
        if unknown := sorted(set(request.GET) - self.parameters):
            raise InvalidRequest([(name[:60], "There is no such parameter.") for name in unknown[:10]])
        return user


def caller(request: HttpRequest) -> User:
    """The user who calls: signed in, or through a token.

    Raises:
        NotSignedIn: nobody does.
        TokenRefused: the token opens nothing.
    """
    refusal = getattr(request, "api_refusal", None)
    if isinstance(refusal, TokenRefused):
        from .services import note_refusal

        note_refusal(refusal=refusal)
        raise refusal
    if not isinstance(request.user, User):
        raise NotSignedIn
    return request.user


def token_of(request: HttpRequest) -> ApiToken | None:
    """The token that a request came with; None where a browser is signed in."""
    token = getattr(request, "api_token", None)
    return token if isinstance(token, ApiToken) else None


def for_callers(view: View) -> View:
    """A view for everybody signed in and every token; others get an error as programs read it, not the sign-in page."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **parts: Any) -> HttpResponseBase:
        caller(request)
        return view(request, *args, **parts)

    guarded.londonnet_access = Declaration("signed-in")  # type: ignore[attr-defined]  # as `signed_in` marks a view
    return cast(View, guarded)
