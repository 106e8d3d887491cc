"""Adopting a new version of the weights."""

from django.db import transaction
from django.db.models import Max
from django.db.models.functions import Coalesce
from django.utils import timezone

from londonnet.apps.caseload.models import Location, Sheet
from londonnet.apps.workload.models import CaseWeight, GradeRule, SupportWeight, WeightVersion
from londonnet.apps.workload.selectors.weight_versions import version_in_force
from londonnet.apps.workload.weights import WeightSet
from londonnet.platform.audit import Event, record

from .recompute import recompute
from .turns import take_turn


@transaction.atomic
def adopt_weights(*, weights: WeightSet, reason: str = "") -> int:
    """Adopt these weights as the next version; they hold from their first day on, and the figures follow at once.

    Args:
        weights: all of them; their version is ignored.
        reason: why, for the trail.

    Returns:
        The number of the new version.
    """
    take_turn()
    before = version_in_force()
    version = _next_version()
    _store_version(version, weights, reason)
    _store_cells(version, weights)
    _store_support_and_grades(version, weights)
    record(_event(version, before, weights, reason))
    if version_in_force(timezone.localdate()) != before:
        recompute(reason=f"Weights version {version} is in force")
    return version


def _next_version() -> int:
    highest = WeightVersion.objects.aggregate(highest=Coalesce(Max("version"), 0))["highest"]
    return int(highest) + 1


def _store_version(version: int, weights: WeightSet, reason: str) -> None:
    further = weights.further_reports.items()
    WeightVersion.objects.create(
        version=version,
        valid_from=weights.valid_from,
        reason=reason,
        sdr=weights.sdr,
        conversion=weights.conversion,
        **{f"{kind}_percent": percent for kind, percent in weights.inactive_percent.items()},
        **{kind: report.points for kind, report in further},
        **{f"{kind}_counted": report.counted for kind, report in further},
    )


def _store_cells(version: int, weights: WeightSet) -> None:
    CaseWeight.objects.bulk_create(
        CaseWeight(version_id=version, kind=kind, location=Location[place.upper()], tier=tier, points=points)
        for kind, table in ((Sheet.FILTERED, weights.cases), (Sheet.T2A, weights.t2a))
        for (place, tier), points in table.items()
    )


def _store_support_and_grades(version: int, weights: WeightSet) -> None:
    SupportWeight.objects.bulk_create(
        SupportWeight(version_id=version, code=code, points=points) for code, points in weights.support.items()
    )
    GradeRule.objects.bulk_create(
        GradeRule(version_id=version, grade=grade, target=target, default_hours=weights.default_hours[grade])
        for grade, target in weights.target.items()
    )


def _event(version: int, before: int, weights: WeightSet, reason: str) -> Event:
    return Event(
        kind="workload.weights_adopted",
        subject_type="weight_version",
        subject_id=str(version),
        before={"version_in_force": before},
        after={"version": version, "valid_from": weights.valid_from.isoformat()},
        why=reason,
    )
