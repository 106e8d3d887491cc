"""Saving, naming and removing one's own views of lists."""

from typing import Any
from urllib.parse import urlencode, urlsplit, urlunsplit

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from londonnet.platform.access import signed_in
from londonnet.platform.access.models import User
from londonnet.platform.errors import LondonNetError, NotAllowed

from . import filters, services
from .errors import BadName, TooManyViews
from .models import NAME_LENGTH
from .selectors import View, views_of
from .spec import ListSpec, declared
from .wanted import wanted


@require_safe
@signed_in
def views(request: HttpRequest, list_name: str) -> HttpResponse:
    """One's views of a list, to rename, order and delete them."""
    return _page(request, list_name)


@require_POST
@signed_in
def save(request: HttpRequest) -> HttpResponse:
    """Save a view, and go back to the list as it shows it."""
    list_name, name = request.POST.get("list", ""), request.POST.get("name", "")
    query = request.POST.get("query", "")
    try:
        view = services.save_view(user=_user(request), list_name=list_name, name=name, query=query)
    except (BadName, TooManyViews) as error:
        return _page(request, list_name, new={"name": name, "query": query}, problem=("new", error))
    if request.POST.get("default"):
        services.set_default(user=_user(request), pk=view.pk, is_default=True)
    return HttpResponseRedirect(_with(_back(request), view=str(view.pk)))


@require_POST
@signed_in
def rename(request: HttpRequest, pk: int) -> HttpResponse:
    """Call a view something else."""
    name = request.POST.get("name", "")
    try:
        view = services.rename_view(user=_user(request), pk=pk, name=name)
    except BadName as error:
        typed = {"pk": pk, "name": name}
        return _page(request, request.POST.get("list", ""), typed=typed, problem=(str(pk), error))
    return _to_views(request, view.list_name)


@require_POST
@signed_in
def default(request: HttpRequest, pk: int) -> HttpResponse:
    """Open the list with this view from now on, or no longer."""
    is_default = bool(request.POST.get("default"))
    view = services.set_default(user=_user(request), pk=pk, is_default=is_default)
    return _to_views(request, view.list_name)


@require_POST
@signed_in
def up(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a view one place further up."""
    return _to_views(request, services.move_up(user=_user(request), pk=pk).list_name)


@require_POST
@signed_in
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Delete a view; the page that follows offers to undo that."""
    view = services.remove_view(user=_user(request), pk=pk)
    return _to_views(request, view.list_name, removed=str(pk))


@require_POST
@signed_in
def restore(request: HttpRequest, pk: int) -> HttpResponse:
    """Put back a view that was deleted."""
    return _to_views(request, services.restore_view(user=_user(request), pk=pk).list_name)


def _page(request: HttpRequest, list_name: str, status: int = 200, **more: Any) -> HttpResponse:
    spec = declared(list_name)
    if spec is None:
        raise NotAllowed
    known = views_of(_user(request), list_name, removed=request.GET.get("removed", ""))
    views = [view for view in known if not view.is_removed]
    where, error = more.pop("problem", ("", None))
    context = {
        "spec": spec,
        "lines": [(view, _with(_back(request), view=str(view.pk)), _said(spec, view)) for view in views],
        "removed": next((view for view in known if view.is_removed), None),
        "back": _back(request),
        "name_length": NAME_LENGTH,
        "where": where,
        "error": _message(error),
        **more,
    }
    return render(request, "lists/views.html", context, status=status)


def _message(error: LondonNetError | None) -> str:
    return error.message if error else ""


def _said(spec: ListSpec, view: View) -> list[str]:
    """What a view shows, in words."""
    one = wanted(spec, QueryDict(view.query))
    sorted_by = next(column.label for column in spec.columns if column.key == one.sort.key)
    narrowed = [words for filter_ in spec.filters for _, _, words in filters.said(filter_, one.values)]
    return [
        ", ".join(column.label for column in one.columns),
        f"{sorted_by}{', largest or last first' if one.sort.descending else ''}",
        ", ".join(narrowed) or "Nothing left out",
    ]


def _to_views(request: HttpRequest, list_name: str, **more: str) -> HttpResponseRedirect:
    return HttpResponseRedirect(f"/lists/{list_name}/views?{urlencode({'back': _back(request), **more})}")


def _back(request: HttpRequest) -> str:
    """The list's own page, if it is one of this installation; else the home page."""
    asked = (request.POST if request.method == "POST" else request.GET).get("back", "")
    is_here = asked.startswith("/") and url_has_allowed_host_and_scheme(asked, allowed_hosts=None)
    return asked if is_here else "/"


def _with(address: str, **more: str) -> str:
    parts = urlsplit(address)
    query = QueryDict(parts.query, mutable=True)
    for key, value in more.items():
        query[key] = value
    return urlunsplit(("", "", parts.path, query.urlencode(), ""))


def _user(request: HttpRequest) -> User:
    assert isinstance(request.user, User)  # noqa: S101  # every view here is behind a sign-in
    return request.user
