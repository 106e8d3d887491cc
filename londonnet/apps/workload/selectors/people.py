"""Practitioners by how much they carry: how many stand in each band, and lists of them by pages.

Posts for cases that nobody has aren't among them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any, Final, Literal, cast

from django.db.models import Count, F, FloatField, Q, QuerySet
from django.db.models.expressions import CombinedExpression
from django.db.models.functions import Cast, NullIf

from londonnet.apps.organisation.selectors import full_name
from londonnet.apps.organisation.unallocated import UNALLOCATED_ENDING
from londonnet.apps.workload.capacity import (
    BAND_FROM_PERCENT,
    BAND_TO_PERCENT,
    NO_CAPACITY_LEFT,
    Note,
    percent_of,
)
from londonnet.apps.workload.models import DailyFigure, Figure
from londonnet.apps.workload.points import Points
from londonnet.platform.access.policy import Reach

from .rows import FiguresInForce, PractitionerRow, Within

Sort = Literal[
    "name",
    "team",
    "grade",
    "capacity",
    "points",
    "available",
    "cases",
    "t2a",
    "hours",
    "reductions",
    "remaining",
    "support",
]


class Standing(StrEnum):
    """Where a practitioner-in-team stands: one of the three bands, or one of the two reasons for having none.

    NOTHING_AVAILABLE is both reasons together: people who can't be measured, whose points an overview tells apart.
    """

    ABOVE = "above"
    WITHIN = "within"
    BELOW = "below"
    NO_CAPACITY_LEFT = "no-capacity-left"
    NOT_MEASURED = "not-measured"
    NOTHING_AVAILABLE = "nothing-available"


NO_GRADE: Final = "none"


@dataclass(frozen=True, slots=True)
class Narrowed:
    """What a list of practitioners is narrowed to, whichever way they stand.

    Attributes:
        grades: only these; `NO_GRADE` for those whose record gives none. All if empty.
        capacity_from: only those with at least this capacity, in percent.
        capacity_to: only those with at most this capacity.
    """

    grades: tuple[str, ...] = ()
    capacity_from: Decimal | None = None
    capacity_to: Decimal | None = None


EVERYBODY: Final = Narrowed()

_CODES: Final = {"region": "team__pdu__region__code", "pdu": "team__pdu__code", "team": "team__code"}
_CODES_OF_DAY: Final = {"region": "region__code", "pdu": "pdu__code", "team": "team__code"}
_NOBODYS: Final = Q(place__practitioner__om_key__endswith=UNALLOCATED_ENDING)
_MEASURED: Final = Q(available__gt=0)
# 100 times the total against the limit times what is available: exact, where a quotient would be rounded.
_HELD: Final = F("points_total") * 100
_ABOVE: Final = Q(held__gt=F("available") * BAND_TO_PERCENT)
_BELOW: Final = Q(held__lt=F("available") * BAND_FROM_PERCENT)
_LEFT: Final = Q(capacity_note=NO_CAPACITY_LEFT)
_CONDITIONS: Final[Mapping[Standing, Q]] = {
    Standing.ABOVE: _MEASURED & _ABOVE,
    Standing.WITHIN: _MEASURED & ~_ABOVE & ~_BELOW,
    Standing.BELOW: _MEASURED & _BELOW,
    Standing.NO_CAPACITY_LEFT: ~_MEASURED & _LEFT,
    Standing.NOT_MEASURED: ~_MEASURED & ~_LEFT,
    Standing.NOTHING_AVAILABLE: ~_MEASURED,
}
_SORTED_BY: Final[Mapping[Sort, str | CombinedExpression]] = {
    "name": "place__practitioner__sort_key",
    "team": "team__search_key",
    "grade": "grade",
    "capacity": "percent",
    "points": "points_total",
    "available": "available",
    "cases": "cases",
    "t2a": "t2a_cases",
    "hours": "contracted_hours",
    "reductions": "reduction_hours",
    "remaining": F("available") - F("points_total"),
    "support": "points_support",
}
_BY_NAME: Final = ("place__practitioner__sort_key", "place__practitioner__om_key", "team__code")
_COLUMNS: Final = (
    "place__practitioner__om_key",
    "place__practitioner__forename",
    "place__practitioner__surname",
    "team__code",
    "team__name",
    "team__pdu__code",
    "team__pdu__region__code",
    "grade",
    "cases",
    "t2a_cases",
    "points_cases",
    "points_t2a",
    "points_reports",
    "points_support",
    "points_total",
    "contracted_hours",
    "reduction_hours",
    "available",
    "capacity_note",
    "is_incomplete",
)


def spread(within: Within, *, figures: FiguresInForce, narrowed: Narrowed = EVERYBODY) -> dict[Standing, int]:
    """How many practitioners-in-team of a place stand in each band, or have none. One query."""
    counted = {name.name: Count("place_id", filter=condition) for name, condition in _CONDITIONS.items()}
    numbers = _narrowed(_figures(within, figures), narrowed).aggregate(**counted)
    return {standing: numbers[standing.name] for standing in Standing}


def everyone(counts: Mapping[Standing, int]) -> int:
    """How many practitioners-in-team a place has, whichever way they stand."""
    return sum(counts[one] for one in Standing if one is not Standing.NOTHING_AVAILABLE)


def people(
    within: Within,
    *,
    figures: FiguresInForce,
    standing: Standing | None = None,
    narrowed: Narrowed = EVERYBODY,
    sort: Sort = "name",
    descending: bool = False,
    first: int = 0,
    size: int = 50,
) -> tuple[PractitionerRow, ...]:
    """Some of the practitioners-in-team of a place, those without a number last in either direction. One query.

    Args:
        within: the place.
        figures: the run that is read.
        standing: only those who stand there; all if None.
        narrowed: what else the list is narrowed to.
        sort: what they are sorted by; those alike are sorted by name.
        descending: the largest first.
        first: how many are left out before the first one given.
        size: how many are given at most.
    """
    found = _narrowed(_figures(within, figures), narrowed)
    if standing is not None:
        found = found.filter(_CONDITIONS[standing])
    chosen = _SORTED_BY[sort]
    by = F(chosen) if isinstance(chosen, str) else chosen
    ordered = by.desc(nulls_last=True) if descending else by.asc(nulls_last=True)
    rows = found.order_by(ordered, *_BY_NAME).values_list(*_COLUMNS)[first : first + size]
    return tuple(_row(row, figures.weights_version) for row in rows)


def furthest_above(reach: Reach, *, figures: FiguresInForce, most: int = 5) -> tuple[PractitionerRow, ...]:
    """Those above the band in what somebody answers for, the highest capacity first. One query."""
    part = Q(team__code__in=reach.team_codes) | Q(team__pdu__code__in=reach.pdu_codes)
    part |= Q(team__pdu__region__code__in=reach.region_codes)
    found = _figures(Within(), figures).filter(_CONDITIONS[Standing.ABOVE])
    if not reach.everything:
        found = found.filter(part)
    rows = found.order_by(F("percent").desc(), *_BY_NAME).values_list(*_COLUMNS)[:most]
    return tuple(_row(row, figures.weights_version) for row in rows)


def _figures(within: Within, figures: FiguresInForce) -> QuerySet[Any]:
    percent = Cast("points_total", FloatField()) / NullIf(Cast("available", FloatField()), 0.0)
    day = figures.kept_day
    kept = DailyFigure.objects.filter(day=day) if day else Figure.objects.filter(run_id=figures.run_id)
    found: QuerySet[Any] = kept.exclude(_NOBODYS).annotate(held=_HELD, percent=percent)
    if within.level == "trust":
        return found
    codes = _CODES_OF_DAY if day else _CODES
    return found.filter(**{codes[within.level]: within.code})


def _narrowed(found: QuerySet[Any], narrowed: Narrowed) -> QuerySet[Any]:
    if narrowed.grades:
        found = found.filter(grade__in=["" if grade == NO_GRADE else grade for grade in narrowed.grades])
    if narrowed.capacity_from is not None:
        found = found.filter(_MEASURED & Q(held__gte=F("available") * narrowed.capacity_from))
    if narrowed.capacity_to is not None:
        found = found.filter(_MEASURED & Q(held__lte=F("available") * narrowed.capacity_to))
    return found


def _row(row: tuple[Any, ...], weights_version: int) -> PractitionerRow:
    om_key, forename, surname, team_code, team_name, pdu_code, region_code, grade, cases, t2a_cases, *rest = row
    from_cases, t2a, reports, support, total, contracted, reduction, available, note, is_incomplete = rest
    return PractitionerRow(
        om_key=om_key,
        name=full_name(forename, surname, om_key),
        team_code=team_code,
        team_name=team_name,
        pdu_code=pdu_code,
        region_code=region_code,
        grade=grade,
        cases=cases,
        t2a_cases=t2a_cases,
        points=Points(from_cases, t2a, reports, support, total),
        contracted_hours=contracted,
        reduction_hours=reduction,
        available=available,
        capacity=percent_of(total, available) if available > 0 else None,
        capacity_note=cast(Note, note) or None,
        is_incomplete=is_incomplete,
        weights_version=weights_version,
    )
