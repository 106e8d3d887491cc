"""The users page of administrators."""

from collections.abc import Callable
from functools import partial
from typing import Any, TypeVar

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from londonnet.platform.errors import NotAllowed

from . import selectors, services
from .errors import UserRefused
from .forms import AddUserForm, GrantForm, PersonForm
from .models import User
from .once import once

LINK = "londonnet_link_to_show"
Result = TypeVar("Result")

form_page = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def users(request: HttpRequest) -> HttpResponse:
    """The list of users, 50 on a page, searched by name, email or practitioner key."""
    words, page = request.GET.get("q", "").strip()[:200], request.GET.get("page", "")
    shown = selectors.users_page(words, int(page) if page.isdecimal() and len(page) < 9 else 1)
    return render(request, "access/users.html", {"shown": shown, "words": words})


@form_page
def add_user(request: HttpRequest) -> HttpResponse:
    """Add a user: they are sent a one-time link, which is shown here once."""
    form = AddUserForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        led_to = _tried(form, lambda: once(form.cleaned_data["form_key"], partial(_add, form)))
        if led_to is not None:
            request.session[LINK] = services.one_time_link(_found(int(led_to)))
            return redirect("user", pk=int(led_to))
    return _form(request, "access/add_user.html", form)


def _add(form: AddUserForm) -> str:
    given = form.cleaned_data
    user = services.invite_user(
        email=given["email"], name=given["name"], grants=[form.grant()], staff_key=given["staff_key"]
    )
    return str(user.pk)


@require_safe
def user(request: HttpRequest, pk: int) -> HttpResponse:
    """One user: what they may do, whether they are locked out, and what an administrator can do about it."""
    return _user_page(request, _found(pk), GrantForm())


@form_page
def change_user(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a user's name, or which practitioner they are."""
    found = _found(pk)
    form = PersonForm(request.POST or None, initial={"name": found.name, "staff_key": found.staff_key})
    if request.method == "POST" and form.is_valid():
        if _tried(form, lambda: _changed(found, form.cleaned_data)):
            messages.success(request, "The change is saved.")
            return redirect("user", pk=pk)
        found = _found(pk)
    return _form(request, "access/change_user.html", form, user=found)


def _changed(found: User, given: dict[str, Any]) -> bool:
    services.change_user(user=found, name=given["name"], staff_key=given["staff_key"])
    return True


@require_POST
def give_role(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a user a role."""
    found, form = _found(pk), GrantForm(request.POST)
    if form.is_valid() and _tried(form, lambda: _given(found, form)):
        messages.success(request, "The role is given.")
        return redirect("user", pk=pk)
    return _user_page(request, found, form)


def _given(found: User, form: GrantForm) -> bool:
    services.give_role(user=found, grant=form.grant())
    return True


@require_POST
def take_role(request: HttpRequest, pk: int, grant: int) -> HttpResponseRedirect:
    """Take a role away."""
    return _act(request, pk, partial(services.take_role, grant_id=grant), "The role is taken away.")


@require_POST
def deactivate(request: HttpRequest, pk: int) -> HttpResponseRedirect:
    """Let a user sign in no more."""
    return _act(request, pk, services.deactivate_user, "They can't sign in any more. Their sessions are ended.")


@require_POST
def reactivate(request: HttpRequest, pk: int) -> HttpResponseRedirect:
    """Let a user sign in again."""
    return _act(request, pk, services.reactivate_user, "They can sign in again.")


@require_POST
def lift_lock(request: HttpRequest, pk: int) -> HttpResponseRedirect:
    """Let somebody who was locked out try again at once."""
    return _act(request, pk, services.lift_lock, "The lock is lifted. They can try again now.")


@require_POST
def send_link(request: HttpRequest, pk: int) -> HttpResponseRedirect:
    """Send a user a link to set a password, and show it once."""

    def send(*, user: User) -> None:
        request.session[LINK] = services.send_link(user=user)

    return _act(request, pk, send, "The link is sent.")


def _act(request: HttpRequest, pk: int, work: Callable[..., None], done: str) -> HttpResponseRedirect:
    """Do something about a user, say how it went, and go back to their page."""
    try:
        work(user=_found(pk))
    except UserRefused as refused:
        messages.error(request, refused.message)
    else:
        messages.success(request, done)
    return redirect("user", pk=pk)


def _user_page(request: HttpRequest, found: User, form: GrantForm) -> HttpResponse:
    context = {
        "user": found,
        "grants": selectors.grants_of(found),
        "locked_until": selectors.locked_until(found),
        "link": request.session.pop(LINK, ""),
        "form": form,
    }
    return render(request, "access/user.html", context)


def _found(pk: int) -> User:
    found = selectors.user_called(pk)
    if found is None:
        raise NotAllowed
    return found


def _tried(form: forms.Form, work: Callable[[], Result]) -> Result | None:
    """What the work answers; what it refuses goes beside its field, and the answer is None."""
    try:
        return work()
    except UserRefused as refused:
        form.add_error(refused.field if refused.field in form.fields else None, refused.message)
        return None


def _form(request: HttpRequest, template: str, form: forms.Form, **others: Any) -> HttpResponse:
    return render(request, template, {"form": form, **others})
