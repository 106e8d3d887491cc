"""What a practitioner can carry, and how much of it their work takes up."""

import math
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Final, Literal

NOT_MEASURED: Final = "not measured"
NO_CAPACITY_LEFT: Final = "no capacity left"
Note = Literal["not measured", "no capacity left"]

BAND_FROM_PERCENT: Final = 90
BAND_TO_PERCENT: Final = 110


class Band(StrEnum):
    """Where a capacity stands against the band from 90% to 110%, both ends inside it. Above it is shown red."""

    BELOW = "below"
    WITHIN = "within"
    ABOVE = "above"


@dataclass(frozen=True, slots=True)
class Capacity:
    """A percentage, unrounded; or none, and the note that says why."""

    percent: float | None
    note: Note | None


def available(*, target: int, contracted: Decimal | None, reduction: Decimal, default_hours: Decimal | None) -> int:
    """The points a practitioner can carry, truncated towards zero and never below 0.

    Args:
        target: points of full hours, of the grade.
        contracted: hours a week; None where neither the practitioner nor the grade has any.
        reduction: hours a week taken off by active reductions.
        default_hours: full hours of the grade. With 0 or none nothing is available: it can't be measured.
    """
    if not default_hours or contracted is None:
        return 0
    exact = target * (Fraction(contracted) - Fraction(reduction)) / Fraction(default_hours)
    return max(0, math.trunc(exact))


def capacity(total: int, available_points: int, *, available_unreduced: int) -> Capacity:
    """The capacity of one practitioner-in-team.

    Args:
        total: the points held.
        available_points: what they can carry.
        available_unreduced: what they could carry without any reduction. It decides the note where nothing is
            available: "no capacity left" only where reductions caused that.
    """
    if available_points > 0:
        return Capacity(percent_of(total, available_points), None)
    return Capacity(None, NO_CAPACITY_LEFT if available_unreduced > 0 else NOT_MEASURED)


def percent_of(total: int, available_points: int) -> float:
    """100 times total / available, the nearest floating-point number to the exact ratio."""
    return 100 * total / available_points


def band(percent: float | None) -> Band | None:
    """Where an unrounded capacity stands; None where there is none."""
    if percent is None:
        return None
    if percent > BAND_TO_PERCENT:
        return Band.ABOVE
    return Band.BELOW if percent < BAND_FROM_PERCENT else Band.WITHIN


def shown_percent(percent: float, *, decimals: int = 0) -> str:
    """A capacity as pages show it, a half going up: whole for individuals, one decimal for organisations."""
    scale = 10**decimals
    whole = math.floor(Fraction(percent) * scale + Fraction(1, 2))
    return f"{Decimal(whole) / scale:.{decimals}f}%"
