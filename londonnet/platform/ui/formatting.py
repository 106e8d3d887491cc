"""How dates, times and numbers are written on every page, print and letter.

The style is that of the GOV.UK style guide: 3 March 2026, 9:05am, 1,234.
What isn't known (`None`) is written as a dash, so that a gap in a table is seen as one.
"""

import datetime as dt
from decimal import ROUND_HALF_UP, Decimal
from typing import TypeVar, cast

from django.utils import timezone

Number = int | float | Decimal

Moment = TypeVar("Moment", bound=dt.date)

NOT_KNOWN = "\N{EN DASH}"
MINUS = "\N{MINUS SIGN}"


def date(value: dt.date | None) -> str:
    """3 March 2026; a moment is taken in the service's own time zone."""
    if value is None:
        return NOT_KNOWN
    day = _local(value)
    return f"{day.day} {day:%B %Y}"


def short_date(value: dt.date | None) -> str:
    """3 Mar 2026, for narrow columns."""
    if value is None:
        return NOT_KNOWN
    day = _local(value)
    return f"{day.day} {day:%b %Y}"


def time(value: dt.datetime | dt.time | None) -> str:
    """9:05am, 9am, midday, midnight."""
    if value is None:
        return NOT_KNOWN
    moment = _local(value) if isinstance(value, dt.datetime) else value
    if (moment.hour, moment.minute) in ((0, 0), (12, 0)):
        return "midday" if moment.hour else "midnight"
    minutes = f":{moment.minute:02}" if moment.minute else ""
    return f"{moment.hour % 12 or 12}{minutes}{'am' if moment.hour < 12 else 'pm'}"


def datetime(value: dt.datetime | None) -> str:
    """3 March 2026 at 9:05am."""
    return NOT_KNOWN if value is None else f"{date(value)} at {time(value)}"


def machine_time(value: dt.date | None) -> str:
    """The same moment for programs: the `datetime` attribute of a `<time>` element."""
    return "" if value is None else _local(value).isoformat()


def whole(value: Number | None) -> str:
    """A whole number with thousands: 1,234; halves are rounded away from zero."""
    return _decimal(value, 0)


def one_decimal(value: Number | None) -> str:
    """A number with one decimal and thousands: 1,234.5."""
    return _decimal(value, 1)


def thousands(value: Number | None) -> str:
    """A number as it is, with thousands: 1,234.25 stays 1,234.25."""
    if value is None:
        return NOT_KNOWN
    return _with_minus(f"{_exact(value):,f}")


def hours(value: Decimal | None) -> str:
    """Hours as people say them: 37, 18.5, 7.25."""
    return exactly(value)


def exactly(value: Decimal | None) -> str:
    """A number that isn't rounded, without needless noughts: 37, 18.5, 7.25."""
    if value is None:
        return NOT_KNOWN
    return thousands(value.quantize(Decimal(1)) if value == value.to_integral_value() else value.normalize())


def signed(value: Number | None) -> str:
    """A whole number that is added or taken away: +9, 0, or minus 18."""
    if value is None or value <= 0:
        return whole(value)
    return f"+{whole(value)}"


def plural(count: int, one: str, many: str = "") -> str:
    """1 case, 2 cases, 1,234 cases."""
    return f"{whole(count)} {one if count == 1 else many or one + 's'}"


def duration(seconds: Number | None) -> str:
    """A length of time as people say it: less than a minute, about 3 minutes, about 2 hours."""
    if seconds is None:
        return NOT_KNOWN
    if seconds < 60:
        return "less than a minute"
    if seconds < 3600 - 30:
        return f"about {plural(round(float(seconds) / 60), 'minute')}"
    return f"about {plural(round(float(seconds) / 3600), 'hour')}"


def file_size(size: int) -> str:
    """Bytes as people say it: 640 KB, 12.3 MB."""
    if size < 1_000_000:
        return f"{whole(max(1, round(size / 1000)))} KB"
    return f"{one_decimal(size / 1_000_000)} MB"


FILTERS = {
    "date": date,
    "short_date": short_date,
    "time": time,
    "datetime": datetime,
    "machine_time": machine_time,
    "whole": whole,
    "one_decimal": one_decimal,
    "exactly": exactly,
    "thousands": thousands,
    "hours": hours,
    "signed": signed,
    "plural": plural,
    "duration": duration,
    "file_size": file_size,
}


def _local(value: Moment) -> Moment:
    if isinstance(value, dt.datetime) and timezone.is_aware(value):
        return cast("Moment", timezone.localtime(value))
    return value


def _exact(value: Number) -> Decimal:
    return value if isinstance(value, Decimal) else Decimal(str(value))


def _decimal(value: Number | None, places: int) -> str:
    if value is None:
        return NOT_KNOWN
    rounded = _exact(value).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    return _with_minus(f"{rounded + 0:,f}")


def _with_minus(text: str) -> str:
    return text.replace("-", MINUS, 1)
