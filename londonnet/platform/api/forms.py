"""The form of a new token."""

from typing import Any

from django import forms

from londonnet.platform.access.models import User
from londonnet.platform.access.once import form_key

from .scopes import scopes_for

LENGTHS = (("30", "30 days"), ("90", "90 days"), ("182", "6 months"), ("365", "A year"))


class TokenForm(forms.Form):
    """A token's name, what it may do, and how long it lasts; the key tells a form sent twice from two forms."""

    name = forms.CharField(max_length=60, error_messages={"required": "Enter a name that says what the token is for."})
    scopes = forms.MultipleChoiceField(error_messages={"required": "Choose what the token may do."})
    days = forms.ChoiceField(choices=LENGTHS, error_messages={"required": "Choose how long it lasts."})
    form_key = forms.UUIDField(initial=form_key, widget=forms.HiddenInput)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offered = scopes_for(user)
        self.fields["scopes"].choices = [  # type: ignore[attr-defined]  # a field with choices
            (scope.name, scope.label) for scope in self.offered
        ]
