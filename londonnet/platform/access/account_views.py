"""Pages of one's own account: sign in and out, passwords, my account. The third-party views, in our house's clothes."""

from typing import Any

from allauth.account import views
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse, reverse_lazy
from django.views.decorators.http import require_POST, require_safe

from . import known_browsers, selectors, sessions
from .forms import AskForLinkForm, ChangePasswordForm, SetPasswordForm, SignInForm, password_rules
from .models import User


class SignInView(views.LoginView):  # type: ignore[misc]  # allauth has no types
    """Sign in, and go on to the page that was asked for."""

    form_class = SignInForm
    template_name = "account/login.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Whether the visitor comes here because their session ended."""
        return {**super().get_context_data(**kwargs), "has_ended": "ended" in self.request.GET}


class SignOutView(views.LogoutView):  # type: ignore[misc]
    """Sign out, by the button only: a link could be followed by accident or by trickery."""

    http_method_names = ("post",)


class AskForLinkView(views.PasswordResetView):  # type: ignore[misc]
    """Ask for a link to set a new password."""

    form_class = AskForLinkForm
    template_name = "account/password_reset.html"


class LinkAskedForView(views.PasswordResetDoneView):  # type: ignore[misc]
    """Says the same whether or not anybody has that address."""

    template_name = "account/password_reset_done.html"


class SetPasswordView(views.PasswordResetFromKeyView):  # type: ignore[misc]
    """Set a password by a one-time link."""

    form_class = SetPasswordForm
    template_name = "account/password_reset_from_key.html"
    success_url = reverse_lazy("account_login")
    is_welcome = False

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """What a password must be, and whom the page greets."""
        own = {"is_welcome": self.is_welcome, "rules": password_rules(), "reset_user": self.reset_user}
        return {"token_fail": False, **super().get_context_data(**kwargs), **own}

    def form_valid(self, form: SetPasswordForm) -> HttpResponse:
        """Whoever could open the link holds the address, so their browser is known from now on."""
        response: HttpResponse = super().form_valid(form)
        sessions.end_all(self.reset_user)
        messages.success(self.request, "Your password is set. Sign in with it.")
        known_browsers.remember(self.request, response, self.reset_user)
        return response


class WelcomeView(SetPasswordView):
    """The same for a new user's first password."""

    is_welcome = True


class ChangePasswordView(views.PasswordChangeView):  # type: ignore[misc]
    """Change one's password; sessions elsewhere end."""

    form_class = ChangePasswordForm
    template_name = "account/password_change.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """What a password must be."""
        return {**super().get_context_data(**kwargs), "rules": password_rules()}

    def form_valid(self, form: ChangePasswordForm) -> HttpResponse:
        """The session goes on under a new key; all others are over."""
        response: HttpResponse = super().form_valid(form)
        sessions.end_all(self.request.user, but=self.request.session.get(sessions.RECORD))
        sessions.follow(self.request)
        messages.success(self.request, "Your password is changed. Sessions elsewhere are ended.")
        return response


@require_safe
def my_account(request: HttpRequest) -> HttpResponse:
    """Who I am here, what I may do, and where I am signed in."""
    user = _user(request)
    context = {
        "grants": selectors.grants_of(user),
        "sessions": selectors.sessions_of(user),
        "this_session": request.session.get(sessions.RECORD),
    }
    return render(request, "access/my_account.html", context)


@require_POST
def end_session(request: HttpRequest, pk: int) -> HttpResponseRedirect:
    """End a session of mine on another computer."""
    if sessions.end(_user(request), pk):
        messages.success(request, "That session is ended.")
    return redirect(reverse("my_account"))


def _user(request: HttpRequest) -> User:
    assert isinstance(request.user, User)  # noqa: S101  # the route lets only signed-in users in
    return request.user
