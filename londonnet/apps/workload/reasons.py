"""Reasons for a reduction of hours, and what each allows."""

import csv
import io
from calendar import monthrange
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

KINDS: Final = ("personal", "learning", "work")
PERSONAL: Final = "personal"


@dataclass(frozen=True, slots=True)
class ReductionReason:
    """One reason for which hours may be taken off.

    Attributes:
        name: the full name.
        short_name: what pages show and files may say instead.
        kind: personal, learning or work.
        allowance_percent: the usual share of contracted hours; None where there is no usual one.
        maximum_percent: the most that is allowed; None where contracted hours are the only bound.
        months_to_expiry: how long such a reduction usually lasts; None where that is open.
        enabled: whether reductions for this reason count.
    """

    name: str
    short_name: str
    kind: str
    allowance_percent: int | None = None
    maximum_percent: int | None = None
    months_to_expiry: int | None = None
    enabled: bool = True

    def most_hours(self, contracted: Decimal) -> Decimal:
        """The most hours that may be taken off contracted ones: the maximum percentage, never above all of them."""
        percent = 100 if self.maximum_percent is None else min(self.maximum_percent, 100)
        return share_of_hours(contracted, percent)


def share_of_hours(contracted: Decimal, percent: int | Decimal) -> Decimal:
    """Contracted hours times percent, to two decimals (half up)."""
    return (contracted * percent / 100).quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)


def percent_of_hours(hours: Decimal, contracted: Decimal) -> Decimal | None:
    """What share of contracted hours these are, to two decimals (half up); None where there are none."""
    if not contracted:
        return None
    return (100 * hours / contracted).quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)


def usual_last_day(first_day: date, months: int) -> date:
    """The last day of so many months: six from 1 April end on 30 September, one from 31 January on 28 February."""
    year, month = divmod(first_day.year * 12 + first_day.month - 1 + months, 12)
    in_month = monthrange(year, month + 1)[1]
    if first_day.day > in_month:
        return date(year, month + 1, in_month)
    return date(year, month + 1, first_day.day) - timedelta(days=1)


def parse_reasons(text: str) -> tuple[ReductionReason, ...]:
    """The reasons in the shipped CSV: name, short_name, kind, allowance_percent, maximum_percent, months_to_expiry."""
    return tuple(_reason(row) for row in csv.DictReader(io.StringIO(text, newline="")))


def reasons_by_name(reasons: Iterable[ReductionReason]) -> dict[str, ReductionReason]:
    """The reasons by what a file may call them: name or short name, as `comparable` writes them."""
    reasons = tuple(reasons)
    by_short_name = {comparable(reason.short_name): reason for reason in reasons}
    return by_short_name | {comparable(reason.name): reason for reason in reasons}


def comparable(name: str) -> str:
    """A name without what people write differently: case, runs of spaces, and the kind of dash."""
    return " ".join(name.replace("\N{EN DASH}", "-").replace("\N{EM DASH}", "-").casefold().split())


def _reason(row: Mapping[str, str]) -> ReductionReason:
    return ReductionReason(
        name=row["name"],
        short_name=row["short_name"],
        kind=row["kind"],
        allowance_percent=_whole(row["allowance_percent"]),
        maximum_percent=_whole(row["maximum_percent"]),
        months_to_expiry=_whole(row["months_to_expiry"]),
    )


def _whole(value: str) -> int | None:
    return int(value) if value else None


def reason_called(name: str, reasons: Mapping[int, ReductionReason]) -> int | None:
    """The number of the reason with that name or short name, whatever its spaces and capitals; None for none."""
    wanted = comparable(name)
    found = (number for number, one in reasons.items() if wanted in (comparable(one.name), comparable(one.short_name)))
    return next(found, None)
