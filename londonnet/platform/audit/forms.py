"""What an auditor can search the trail by."""

from django import forms

from .selectors import Search

_DATE = {"invalid": "Enter a date such as 2026-03-31."}


class SearchForm(forms.Form):
    """A search of the trail; nothing is required."""

    kind = forms.CharField(required=False, max_length=100)
    who = forms.CharField(required=False, max_length=200)
    subject_type = forms.CharField(required=False, max_length=50)
    subject_id = forms.CharField(required=False, max_length=100)
    about = forms.CharField(required=False, max_length=100)
    since = forms.DateField(required=False, error_messages=_DATE)
    until = forms.DateField(required=False, error_messages=_DATE)

    def search(self) -> Search:
        """What was asked for; fields that are wrong narrow nothing."""
        return Search(**{name: value for name, value in self.cleaned_data.items() if value})
