"""Forms of this room. What they refuse, they say in words that tell what to do."""

from typing import Any

from allauth.account import forms as allauth_forms
from django import forms
from django.contrib.auth.password_validation import password_validators_help_texts
from django.db import transaction
from django.http import HttpRequest

from londonnet.platform.audit import Event, record

from .models import User
from .once import form_key
from .roles import SCOPES, Grant, all_roles

_EMAIL = {"required": "Enter an email address.", "invalid": "Enter an email address such as name@example.org."}
_PASSWORD = {"required": "Enter a password."}


def password_rules() -> list[str]:
    """What a password must be, in words."""
    return password_validators_help_texts()


class SignInForm(allauth_forms.LoginForm):  # type: ignore[misc]  # allauth has no types
    """Email address and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].error_messages |= _EMAIL
        self.fields["password"].error_messages |= {"required": "Enter your password."}


class AskForLinkForm(allauth_forms.ResetPasswordForm):  # type: ignore[misc]
    """The email address that a link to set a new password goes to."""

    users: list[User]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].error_messages |= _EMAIL

    def clean_email(self) -> str:
        """The address; whether anybody has it isn't told."""
        email = str(self.cleaned_data["email"])
        user = User.objects.by_email(email)
        self.users = [user] if user and user.is_active else []
        return email

    @transaction.atomic
    def save(self, request: HttpRequest, **kwargs: Any) -> str:
        """Send the link, if there's anybody to send it to."""
        record(Event("access.link_asked_for", "user", str(self.users[0].pk) if self.users else "unknown"))
        return str(super().save(request, **kwargs))


class _TwoPasswords:
    """Words for the two fields of a new password."""

    fields: dict[str, forms.Field]

    def say_in_our_words(self) -> None:
        """Replace allauth's error messages."""
        self.fields["password1"].error_messages |= {"required": "Enter a new password."}
        self.fields["password2"].error_messages |= {"required": "Enter the new password again."}


class SetPasswordForm(allauth_forms.ResetPasswordKeyForm, _TwoPasswords):  # type: ignore[misc]
    """A first or new password, by a one-time link."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.say_in_our_words()


class ChangePasswordForm(allauth_forms.ChangePasswordForm, _TwoPasswords):  # type: ignore[misc]
    """A new password in place of the present one."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.say_in_our_words()
        self.fields["oldpassword"].error_messages |= {"required": "Enter your current password."}


class GrantForm(forms.Form):
    """A role and what it covers."""

    role = forms.ChoiceField(error_messages={"required": "Choose a role."})
    scope_kind = forms.ChoiceField(error_messages={"required": "Choose what the role covers."})
    scope_code = forms.CharField(required=False, max_length=20)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.roles = all_roles()
        self.fields["role"].choices = [(role.name, role.label) for role in self.roles]  # type: ignore[attr-defined]
        self.fields["scope_kind"].choices = [  # type: ignore[attr-defined]
            (kind, said[0].upper() + said[1:]) for kind, said in SCOPES.items()
        ]

    def grant(self) -> Grant:
        """The role that was chosen; whether it fits together, the services say."""
        given = self.cleaned_data
        return Grant(given["role"], given["scope_kind"], given["scope_code"])


class PersonForm(forms.Form):
    """A user's name, and which practitioner they are."""

    name = forms.CharField(max_length=200, error_messages={"required": "Enter their name."})
    staff_key = forms.CharField(required=False, max_length=20)


class AddUserForm(GrantForm, PersonForm):
    """A new user; the key tells a form that is sent twice from two forms."""

    email = forms.EmailField(max_length=254, error_messages=_EMAIL)
    form_key = forms.UUIDField(initial=form_key, widget=forms.HiddenInput)
    field_order = ("name", "email", "role", "scope_kind", "scope_code", "staff_key", "form_key")
