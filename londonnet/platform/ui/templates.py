"""What the Jinja environment needs for LondonNet's templates: where GOV.UK's are, filters and globals."""

from collections.abc import Mapping
from typing import Any, Protocol

from django.contrib.messages import get_messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.template import engines
from django.template.backends.jinja2 import Jinja2
from django.template.backends.utils import csrf_input_lazy, csrf_token_lazy
from django.templatetags.static import static
from django.urls import reverse
from jinja2 import ChoiceLoader, Environment, PackageLoader, PrefixLoader, Undefined, pass_context
from jinja2.runtime import Context
from markupsafe import Markup

from . import charts
from .formatting import FILTERS

GOVUK = "govuk_frontend_jinja"


def furnish(environment: Environment) -> Environment:
    """Give an environment GOV.UK's templates and LondonNet's filters and globals; returns the same environment.

    Filters are those of `formatting`. Globals: `static(path)`, `url(name, *args, **kwargs)`, `tile(template, context)`,
    `query(request, **changes)`, `get_messages(request)` and `charts`, the geometry that the charts' macros print.
    """
    own = [environment.loader] if environment.loader else []
    environment.loader = ChoiceLoader([*own, PrefixLoader({GOVUK: PackageLoader(GOVUK)})])
    # GOV.UK's macros print what isn't given as nothing, in debugging too.
    environment.undefined = Undefined
    environment.filters.update(FILTERS)
    environment.globals.update(
        static=static, url=_url, tile=_tile, query=query, get_messages=get_messages, charts=charts
    )
    return environment


def render_fragment(
    request: HttpRequest, template: str, block: str, context: Mapping[str, Any] | None = None, status: int = 200
) -> HttpResponse:
    """One block of a page, for htmx and for live figures: the same markup as in the whole page.

    Args:
        request: the request that is answered.
        template: the page's template.
        block: the name of a block in it.
        context: what the page would be given.
        status: the HTTP status.

    Raises:
        KeyError: the template has no such block.
    """
    backend = _backend()
    found = backend.env.get_template(template)
    full = found.new_context({**(context or {}), **_from_processors(backend, request)})
    # The first step of a template runs its imports and settings, which its blocks use.
    next(found.root_render_func(full), None)
    return HttpResponse("".join(full.blocks[block][0](full)), status=status)


class HasQuery(Protocol):
    """A request, or what is asked of a list: parameters of the page shown."""

    @property
    def GET(self) -> QueryDict:  # noqa: N802  # as requests call it
        """The parameters."""


def query(request: HasQuery, **changes: object) -> str:
    """The page's own query string with some values changed; `None` takes one out. For sorting and pages of a list."""
    kept = request.GET.copy()
    for name, value in changes.items():
        if value is None:
            kept.pop(name, None)
        else:
            kept[name] = str(value)
    return f"?{kept.urlencode()}"


def _backend() -> Jinja2:
    return next(engine for engine in engines.all() if isinstance(engine, Jinja2))


def _from_processors(backend: Jinja2, request: HttpRequest) -> dict[str, Any]:
    given: dict[str, Any] = {
        "request": request,
        "csrf_input": csrf_input_lazy(request),
        "csrf_token": csrf_token_lazy(request),
    }
    for processor in backend.template_context_processors:
        given.update(processor(request))
    return given


def _url(name: str, *args: Any, **kwargs: Any) -> str:
    return reverse(name, args=args, kwargs=kwargs)


@pass_context
def _tile(context: Context, template: str, given: Mapping[str, Any]) -> Markup:
    """A tile's own template with the tile's context; `request`, `shell` and the form's token come along."""
    shared = {name: context.get(name) for name in ("request", "shell", "csrf_input", "csrf_token")}
    return Markup(context.environment.get_template(template).render({**shared, **given}))  # noqa: S704
