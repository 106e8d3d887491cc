"""A form about a reduction that fills itself in: a reason's usual share and length, hours from percent and back.

It remembers what it was filled in with, so that what somebody typed is never overwritten, with script or without.
"""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal, InvalidOperation

from londonnet.apps.workload.csv_rows import parse_day
from londonnet.apps.workload.reasons import ReductionReason, percent_of_hours, share_of_hours, usual_last_day


@dataclass(frozen=True, slots=True)
class Typed:
    """What stands in the form; `…_was` is what stood there when it was shown, `filled_for` the reason then."""

    reason: str = ""
    percent: str = ""
    hours: str = ""
    first_day: str = ""
    last_day: str = ""
    percent_was: str = ""
    hours_was: str = ""
    last_day_was: str = ""
    filled_for: str = ""


def filled_in(typed: Typed, usual: ReductionReason | None, contracted: Decimal | None) -> Typed:
    """The form with what follows from what was typed.

    Args:
        typed: what stands in it.
        usual: the reason that is chosen; None where none is.
        contracted: the contracted hours that a percentage is of; None where none are known.
    """
    filled = typed
    if usual is not None and typed.reason != typed.filled_for:
        filled = _with_usual(typed, usual)
    filled = _consistent(filled, contracted)
    return replace(
        filled,
        percent_was=filled.percent,
        hours_was=filled.hours,
        last_day_was=filled.last_day,
        filled_for=filled.reason,
    )


def agree(typed: Typed, contracted: Decimal | None) -> bool:
    """Whether percent and hours say the same, or one of them says nothing."""
    percent, hours = number(typed.percent), number(typed.hours)
    if percent is None or hours is None or not contracted:
        return True
    return hours == share_of_hours(contracted, percent) or percent == percent_of_hours(hours, contracted)


def number(text: str) -> Decimal | None:
    """A number that somebody typed; None where it is none."""
    try:
        value = Decimal(text.strip().rstrip("%").strip())
    except InvalidOperation:
        return None
    return value if value.is_finite() and abs(value) < 1_000_000 else None


def written(value: Decimal | int | None) -> str:
    """A number as a field shows it: 37, 18.5."""
    return "" if value is None else f"{Decimal(value).normalize():f}"


def written_day(day: date | None) -> str:
    """A day as a field shows it: 1/4/2026."""
    return "" if day is None else f"{day.day}/{day.month}/{day.year}"


def _with_usual(typed: Typed, usual: ReductionReason) -> Typed:
    """What the reason usually has, in place of what the form had filled in itself."""
    first_day = parse_day(typed.first_day.strip())
    if (typed.percent, typed.hours) == (typed.percent_was, typed.hours_was):
        typed = replace(typed, percent=written(usual.allowance_percent), percent_was="", hours="", hours_was="")
    if typed.last_day == typed.last_day_was and first_day is not None:
        ends = usual_last_day(first_day, usual.months_to_expiry) if usual.months_to_expiry else None
        typed = replace(typed, last_day=written_day(ends))
    return typed


def _consistent(typed: Typed, contracted: Decimal | None) -> Typed:
    """Hours from the percentage, or the percentage from hours, whichever was touched."""
    if not contracted:
        return typed
    percent, hours = number(typed.percent), number(typed.hours)
    if typed.hours != typed.hours_was and hours is not None and typed.percent == typed.percent_was:
        return replace(typed, percent=written(percent_of_hours(hours, contracted)))
    if typed.percent != typed.percent_was and percent is not None and typed.hours == typed.hours_was:
        return replace(typed, hours=written(share_of_hours(contracted, percent)))
    return typed
