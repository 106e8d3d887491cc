"""Forms about hours and reductions. What they refuse, they say in words that tell what to do."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Final

from django import forms

from londonnet.apps.workload.amounts import Typed, agree, number
from londonnet.apps.workload.csv_rows import parse_day
from londonnet.apps.workload.hours import MOST_HOURS
from londonnet.apps.workload.reasons import KINDS, ReductionReason
from londonnet.platform.access.once import form_key

KIND_NAMES: Final = {"personal": "Personal", "learning": "Learning", "work": "Work"}
_DAY: Final = "Enter a date like 1/4/2026."


class DayField(forms.Field):
    """A day as people write it: 1/4/2026, or 2026-04-01."""

    def __init__(self, **others: Any) -> None:
        super().__init__(error_messages={"required": _DAY}, **others)

    def to_python(self, value: Any) -> Any:
        """The day; None where the field is empty and may be."""
        text = str(value or "").strip()
        if not text:
            return None
        day = parse_day(text.replace(" ", "/").replace(".", "/"))
        if day is None:
            raise forms.ValidationError(_DAY)
        return day


class HoursField(forms.Field):
    """Hours a week, with at most two decimals."""

    def __init__(self, **others: Any) -> None:
        super().__init__(error_messages={"required": "Enter hours a week."}, **others)

    def to_python(self, value: Any) -> Any:
        """The hours; None where the field is empty and may be."""
        text = str(value or "").strip()
        if not text:
            return None
        hours = number(text)
        if hours is None or hours != hours.quantize(Decimal("0.01")) or not 0 <= hours <= MOST_HOURS:
            raise forms.ValidationError(f"Enter a number from 0 to {MOST_HOURS}, such as 18.5.")
        return hours


class ReductionForm(forms.Form):
    """A reduction. Percent and hours follow from each other; what it was filled in with comes back with it."""

    who = forms.CharField(max_length=60, error_messages={"required": "Choose a practitioner."})
    reason = forms.ChoiceField(error_messages={"required": "Choose a reason."})
    percent = forms.CharField(required=False, max_length=20)
    hours = HoursField(required=False)
    first_day = DayField()
    last_day = DayField(required=False)
    notes = forms.CharField(required=False, strip=True)
    why = forms.CharField(required=False, max_length=1000)
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    form_key = forms.UUIDField(initial=form_key, widget=forms.HiddenInput)
    filled_for = forms.CharField(required=False, widget=forms.HiddenInput)
    percent_was = forms.CharField(required=False, widget=forms.HiddenInput)
    hours_was = forms.CharField(required=False, widget=forms.HiddenInput)
    last_day_was = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        *args: Any,
        reasons: Mapping[int, ReductionReason],
        contracted: Decimal | None = None,
        keeps_reason: bool = False,
        needs_who: bool = False,
        **others: Any,
    ) -> None:
        """Args:
        reasons: those that can be chosen, by their number.
        contracted: the contracted hours that a percentage is of.
        keeps_reason: whether reason and notes are private, and stay as they are.
        needs_who: whether nobody is chosen yet whose reduction it is.
        """
        super().__init__(*args, **others)
        self.contracted = contracted
        self.groups = grouped(reasons)
        self.fields["who"].required = needs_who
        self.fields["reason"].choices = [(str(one), reason.short_name) for one, reason in reasons.items()]  # type: ignore[attr-defined]
        if keeps_reason:
            del self.fields["reason"], self.fields["notes"]

    def clean(self) -> dict[str, Any]:
        """One of percent and hours must be there, and both must say the same."""
        given = super().clean() or self.cleaned_data
        if "hours" in self.errors:
            return given
        percent = number(given.get("percent", ""))
        if given.get("percent") and percent is None:
            self.add_error("percent", "Enter a number, such as 20.")
        elif given.get("hours") is None:
            self.add_error("percent", "Enter a percentage, or hours a week.")
        elif not agree(Typed(percent=given.get("percent", ""), hours=str(given["hours"])), self.contracted):
            self.add_error("percent", "Percentage and hours don’t say the same. Empty one of them.")
        return given


class HoursForm(forms.Form):
    """Contracted hours from a day on."""

    hours = HoursField()
    first_day = DayField()
    last_day = DayField(required=False)
    why = forms.CharField(required=False, max_length=1000)
    version = forms.IntegerField(widget=forms.HiddenInput)
    sure_of = forms.CharField(required=False, max_length=20)

    @property
    def is_sure(self) -> bool:
        """Whether it was ticked that these hours are right, and not others that were typed before."""
        return bool(self.cleaned_data["sure_of"]) and number(self.cleaned_data["sure_of"]) == self.cleaned_data["hours"]


class EndForm(forms.Form):
    """When a reduction ends early."""

    last_day = DayField()
    why = forms.CharField(required=False, max_length=1000)
    version = forms.IntegerField(widget=forms.HiddenInput)


def grouped(reasons: Mapping[int, ReductionReason]) -> list[tuple[str, list[tuple[str, str]]]]:
    """Reasons as a list to choose from: personal, learning, work, each in the order of lists."""
    return [
        (KIND_NAMES[kind], [(str(one), reason.short_name) for one, reason in reasons.items() if reason.kind == kind])
        for kind in KINDS
    ]


class _Percent(forms.IntegerField):
    """A whole percentage, or nothing."""

    def __init__(self, most: int = 100) -> None:
        said = f"Enter a whole number from 1 to {most}, or leave it empty."
        words = {"invalid": said, "min_value": said, "max_value": said}
        super().__init__(required=False, min_value=1, max_value=most, error_messages=words)


class _AllowanceForm(forms.Form):
    """What a reason allows."""

    allowance_percent = _Percent()
    maximum_percent = _Percent()
    months_to_expiry = _Percent(most=120)
    enabled = forms.ChoiceField(
        choices=[("yes", "In use"), ("no", "Switched off")], error_messages={"required": "Choose one."}
    )
    why = forms.CharField(required=False, max_length=1000)


class TermsForm(_AllowanceForm):
    """What a reason allows from a day on."""

    valid_from = DayField()
    version = forms.IntegerField(widget=forms.HiddenInput)


class NewReasonForm(_AllowanceForm):
    """A reason more."""

    name = forms.CharField(max_length=200, error_messages={"required": "Enter a name."})
    short_name = forms.CharField(max_length=100, required=False)
    kind = forms.ChoiceField(choices=list(KIND_NAMES.items()), error_messages={"required": "Choose a kind."})
