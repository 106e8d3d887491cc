"""How django-allauth works in this house: no sign-up, one lock-out, our own words, and every step in the trail."""

from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from django.contrib import messages
from django.contrib.auth import authenticate
from django.db import transaction
from django.http import HttpRequest
from django.http.response import HttpResponse, HttpResponseBase
from django.urls import reverse

from londonnet.config.environment import ENV
from londonnet.platform.audit import Actor, Event, acting_as, current_actor, record

from . import known_browsers, letters, lock_out, sessions
from .models import User
from .tokens import one_time_link

LOCKED = (
    f"Too many wrong passwords. Wait {ENV.lock_out_minutes} minutes and try again, ask for a link to set a new "
    "password, or ask an administrator to let you in."
)
_SAID = {
    "account/messages/logged_out.txt": "You are signed out.",
}
_UNKNOWN = "unknown"  # somebody who isn't a user of this trust isn't named in the trail


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """django-allauth's own hooks, each doing what this house wants."""

    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": "The email address or the password is wrong. Check both and try again.",
        "too_many_login_attempts": LOCKED,
        "enter_current_password": "This isn't your current password. Type it again.",
        "invalid_password_reset": "This link has been used or is too old.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody signs themselves up: administrators add users."""
        return False

    def authenticate(self, request: HttpRequest, **credentials: Any) -> User | None:
        """The user of an email address and a password, or None; the same way for addresses that nobody has.

        Raises:
            ValidationError: too many wrong passwords; the password wasn't even looked at.
        """
        email = str(credentials.get("email", ""))
        holder = User.objects.by_email(email)
        attempt = lock_out.begin(email, known_browsers.nonce(request, holder))
        if attempt is None:
            raise self.validation_error("too_many_login_attempts")
        user = authenticate(request, email=email, password=credentials.get("password", ""))
        if not isinstance(user, User):
            _record_failure(holder, attempt)
            return None
        lock_out.succeeded(attempt)
        return user

    def login(self, request: HttpRequest, user: User) -> None:
        """Begin a session, under a new key."""
        with transaction.atomic():
            super().login(request, user)
            _record("signed_in", user)

    def post_login(self, request: HttpRequest, user: User, **others: Any) -> HttpResponseBase:
        """On to the page that was asked for; the browser is known from now on."""
        response: HttpResponse = super().post_login(request, user, **others)
        known_browsers.remember(request, response, user)
        return response

    def logout(self, request: HttpRequest) -> None:
        """End a session."""
        with transaction.atomic():
            if isinstance(request.user, User):
                _record("signed_out", request.user)
            sessions.forget(request)
            super().logout(request)

    def get_logout_redirect_url(self, request: HttpRequest) -> str:
        """Whoever signs out can sign in again."""
        return reverse("account_login")

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """Back to my account."""
        return reverse("my_account")

    def set_password(self, user: User, password: str) -> None:
        """Set a user's password; links to set one, and sessions elsewhere, are worth nothing from now on."""
        with transaction.atomic():
            super().set_password(user, password)
            _record("password_set", user)

    def send_password_reset_mail(self, user: User, email: str, context: dict[str, Any]) -> None:
        """Send the link that somebody asked for, to the address that we have, whatever was typed.

        The link is made of the trust's own hostname and port: the request's Host header is the asker's to choose.
        """
        with transaction.atomic():
            letters.send_link_to(user, one_time_link(user))

    def add_message(
        self, request: HttpRequest, level: int, message_template: str | None = None, *args: Any, **others: Any
    ) -> None:
        """Say only what is worth saying, in our words."""
        if said := _SAID.get(message_template or ""):
            messages.success(request, said)


def _record_failure(holder: User | None, attempt: lock_out.Attempt) -> None:
    """A wrong password, and a lock if it was the last one allowed."""
    told = {"browser": attempt.browser_kind}
    subject = str(holder.pk) if holder else _UNKNOWN
    with transaction.atomic():
        record(Event("access.sign_in_failed", "user", subject, after=told))
        if attempt.is_last:
            record(Event("access.locked", "user", subject, after={**told, "minutes": ENV.lock_out_minutes}))


def _record(happened: str, user: User) -> None:
    """Something that a person did who isn't (or is no longer) the request's user."""
    with acting_as(Actor("user", user.name, user.pk, current_actor().request_id)):
        record(Event(f"access.{happened}", "user", str(user.pk)))
