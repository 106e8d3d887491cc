"""The description of the API, and one's own tokens."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from londonnet.platform.access import signed_in
from londonnet.platform.access.models import User
from londonnet.platform.access.once import once
from londonnet.platform.errors import NotAllowed

from . import selectors, services
from .description import described
from .errors import TokenNotMade
from .forms import LENGTHS, TokenForm
from .guard import caller, for_callers
from .shown import applications_shown, errors_shown, schemas_shown

SECRET = "londonnet_token_to_show"  # noqa: S105  # a key of the session


@require_safe
@for_callers
def openapi(request: HttpRequest) -> JsonResponse:
    """The description of the API for programs."""
    return JsonResponse(described())


@require_safe
@signed_in
def docs(request: HttpRequest) -> HttpResponse:
    """The same for people."""
    told = described()
    context = {"applications": applications_shown(told), "schemas": schemas_shown(told), "errors": errors_shown(told)}
    return render(request, "api/docs.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
@never_cache
def tokens(request: HttpRequest) -> HttpResponse:
    """My tokens, and a form for another one, whose secret is shown once, after this page."""
    user = caller(request)
    form = TokenForm(request.POST or None, user=user)
    if request.method == "POST" and form.is_valid() and _made(request, form, user):
        return redirect("api:tokens")
    context = {
        "form": form,
        "now": timezone.now(),
        "scope_items": [{"value": one.name, "text": one.label} for one in form.offered],
        "length_items": [{"value": days, "text": said} for days, said in LENGTHS],
        "tokens": selectors.tokens_of(user),
        "secret": request.session.pop(SECRET, None) if request.method == "GET" else None,
    }
    return render(request, "api/tokens.html", context)


@require_POST
@signed_in
def revoke(request: HttpRequest, number: int) -> HttpResponse:
    """Have a token of mine open nothing any more."""
    token = selectors.token_of(number, caller(request))
    if token is None:
        raise NotAllowed
    services.revoke_token(token=token)
    messages.success(request, f"The token “{token.name}” is revoked.")
    return redirect("api:tokens")


def _made(request: HttpRequest, form: TokenForm, user: User) -> bool:
    """Whether it worked; what the service refuses is said beside its field."""
    given = form.cleaned_data

    def make() -> str:
        token, request.session[SECRET] = services.make_token(
            user=user, name=given["name"], scopes=given["scopes"], days=int(given["days"])
        )
        return str(token.pk)

    try:
        once(given["form_key"], make)
    except TokenNotMade as refused:
        form.add_error(refused.field, refused.message)
        return False
    return True
