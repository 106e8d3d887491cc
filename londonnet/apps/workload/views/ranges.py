"""Ranges of days as pages ask for them: `?from=1/9/2026&to=2026-11-28&average=week`."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, ClassVar, Final

from django import forms

from londonnet.apps.workload.csv_rows import parse_day
from londonnet.apps.workload.selectors.history import AVERAGES, USUAL_DAYS, Average, Span
from londonnet.platform.lists.asking import Asked
from londonnet.platform.lists.filters import Filter

_DAY: Final = "Enter a date like 1/4/2026."
_PRESETS: Final = (("4 weeks", 28), ("13 weeks", 91), ("12 months", 365), ("2 years", 730))
_AVERAGE_WORDS: Final[dict[Average, str]] = {"day": "Each day", "week": "Weekly averages", "month": "Monthly averages"}
AVERAGE: Final = Filter("average", "Show", choices=tuple(_AVERAGE_WORDS.items()), in_panel=False)
"""What is shown of a range; a saved view keeps it."""


class DayOfRange(forms.Field):
    """A day as people write it: 1/4/2026, or 2026-04-01."""

    default_error_messages: ClassVar[dict[str, Any]] = {"required": _DAY}

    def to_python(self, value: Any) -> date | None:
        """The day; None where the field is empty."""
        text = str(value or "").strip()
        day = parse_day(text)
        if text and day is None:
            raise forms.ValidationError(_DAY)
        return day


class RangeForm(forms.Form):
    """From one day to another. What isn't given is as usual: the last thirteen weeks."""

    def __init__(self, asked: Asked, today: date) -> None:
        usual = {"from": written(today - timedelta(days=USUAL_DAYS - 1)), "to": written(today)}
        super().__init__(data=usual | {key: value for key, value in asked.GET.items() if str(value).strip()})
        # These names are Python's own, so they can't be declared as attributes.
        self.fields["from"] = DayOfRange(label="From")
        self.fields["to"] = DayOfRange(label="To")
        self.today = today

    def clean(self) -> dict[str, Any]:
        """The range must begin before it ends."""
        asked = super().clean() or self.cleaned_data
        first, last = asked.get("from"), asked.get("to")
        if first and last and first > last:
            self.add_error("to", "The range must end on the day it begins or later.")
        return asked

    @property
    def days(self) -> tuple[date, date]:
        """The first and the last day; the usual ones where the form can't be read."""
        if self.is_valid():
            return self.cleaned_data["from"], self.cleaned_data["to"]
        return self.today - timedelta(days=USUAL_DAYS - 1), self.today


@dataclass(frozen=True, slots=True)
class Preset:
    """A range that people ask for often, and where it leads."""

    label: str
    url: str
    is_current: bool


def presets(shown: Asked, today: date, days: tuple[date, date]) -> list[Preset]:
    """The usual ranges, all of which end today, with whatever else the page asks for."""
    found = []
    for label, length in _PRESETS:
        first = today - timedelta(days=length - 1)
        asked = shown.GET.copy()
        asked.pop("page", None)
        asked["from"], asked["to"] = first.isoformat(), today.isoformat()
        found.append(Preset(label, f"?{asked.urlencode()}", days == (first, today)))
    return found


def span_of(asked: Asked, days: tuple[date, date]) -> Span:
    """The range with what it is averaged over: as asked, else what leaves a picture that can be read."""
    chosen = asked.choice("average")
    return Span(*days, next((one for one in AVERAGES if one == chosen), _usual_average(days)))


def carried(asked: Asked, *own: str) -> list[tuple[str, str]]:
    """Whatever else is asked of the list, which a form with these fields of its own carries along."""
    return [(key, value) for key, values in asked.GET.lists() if key not in (*own, "page") for value in values]


def one_of(asked: str, known: Sequence[str]) -> str:
    """What is asked for, if it is known; else the first."""
    return asked if asked in known else known[0]


def written(day: date) -> str:
    """A day as it stands in a field."""
    return f"{day.day}/{day.month}/{day.year}"


def _usual_average(days: tuple[date, date]) -> Average:
    length = (days[1] - days[0]).days + 1
    if length <= USUAL_DAYS + 1:
        return "day"
    return "week" if length <= 366 else "month"
