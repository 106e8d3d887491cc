"""Versions of the weights, as the rules take them."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any, Final

from django.db import connection
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL
from django.utils import timezone

from londonnet.apps.caseload.models import Location, Sheet
from londonnet.apps.workload.models import WeightVersion
from londonnet.apps.workload.tiers import Cell
from londonnet.apps.workload.weights import FURTHER_REPORTS, INACTIVE_KINDS, FurtherReport, WeightSet

LOCATION_NAMES: Final = {place.value: place.name.lower() for place in Location}
"""What the rules call the locations that the tables number."""

IN_FORCE: Final = """
SELECT version FROM workload_weightversion
ORDER BY valid_from > %(day)s, CASE WHEN valid_from > %(day)s THEN -version ELSE version END DESC LIMIT 1
"""
"""The version in force on a day: the highest that has begun by then; before all of them, the lowest."""

_IN_FORCE_BY_PLACE: Final = IN_FORCE.replace("%(day)s", "%s::date")

_CELLS: Final = """
SELECT coalesce(json_agg(json_build_array(kind, location, tier, points)), '[]')
FROM workload_caseweight WHERE version_id = workload_weightversion.version
"""
_GRADES: Final = """
SELECT coalesce(json_agg(json_build_array(grade, target, default_hours::text)), '[]')
FROM workload_graderule WHERE version_id = workload_weightversion.version
"""
_SUPPORT: Final = """
SELECT coalesce(json_object_agg(code, points), '{}')
FROM workload_supportweight WHERE version_id = workload_weightversion.version
"""


def version_in_force(day: date | None = None) -> int:
    """The number of the version in force on a day (today, in London, if none is given). One query."""
    with connection.cursor() as cursor:
        cursor.execute(IN_FORCE, {"day": day or timezone.localdate()})
        return int(cursor.fetchone()[0])


def weights_in_force(day: date | None = None) -> WeightSet:
    """The weights in force on a day (today, in London, if none is given). One query."""
    day = day or timezone.localdate()
    in_force = RawSQL(_IN_FORCE_BY_PLACE, (day, day))  # noqa: S611  # our own SQL
    return _weight_set(_whole_versions().get(version=in_force))


def weights_of(version: int) -> WeightSet:
    """One version of the weights. One query.

    Raises:
        WeightVersion.DoesNotExist: there is no such version.
    """
    return _weight_set(_whole_versions().get(version=version))


def all_weights() -> dict[int, WeightSet]:
    """Every version of the weights by its number. One query."""
    return {stored.version: _weight_set(stored) for stored in _whole_versions()}


def _whole_versions() -> QuerySet[Any]:
    return WeightVersion.objects.annotate(
        cells=RawSQL(_CELLS, ()),  # noqa: S611  # our own SQL, without parameters
        grades=RawSQL(_GRADES, ()),  # noqa: S611
        support=RawSQL(_SUPPORT, ()),  # noqa: S611
    )


def _weight_set(stored: Any) -> WeightSet:
    return WeightSet(
        version=stored.version,
        valid_from=stored.valid_from,
        cases=_table(stored.cells, Sheet.FILTERED.value),
        t2a=_table(stored.cells, Sheet.T2A.value),
        sdr=stored.sdr,
        conversion=stored.conversion,
        target={grade: target for grade, target, _ in stored.grades},
        default_hours={grade: None if hours is None else Decimal(hours) for grade, _, hours in stored.grades},
        inactive_percent={kind: getattr(stored, f"{kind}_percent") for kind in INACTIVE_KINDS},
        support=stored.support,
        further_reports={
            kind: FurtherReport(getattr(stored, kind), getattr(stored, f"{kind}_counted")) for kind in FURTHER_REPORTS
        },
    )


def _table(cells: Iterable[tuple[int, int, int, int]], wanted: int) -> dict[Cell, int]:
    return {(LOCATION_NAMES[place], tier): points for kind, place, tier, points in cells if kind == wanted}
