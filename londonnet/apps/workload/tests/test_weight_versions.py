"""Versions of the weights: the first is there, each change is a new one, and none ever changes."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction
from hypothesis import HealthCheck, given, settings

from londonnet.apps.workload.models import CaseWeight, GradeRule, ReductionReason, SupportWeight, WeightVersion
from londonnet.apps.workload.selectors import weights_in_force, weights_of
from londonnet.apps.workload.selectors.staffing import reasons_on
from londonnet.apps.workload.services import adopt_weights
from londonnet.apps.workload.starting import starting_reasons, starting_weights
from londonnet.apps.workload.weights import WeightSet
from londonnet.platform.audit.models import TrailEntry

from .building import DAY
from .strategies import weight_sets

pytestmark = pytest.mark.usefixtures("in_alpha")

TABLES = ("workload_weightversion", "workload_caseweight", "workload_supportweight", "workload_graderule")


def test_a_trust_begins_with_the_published_weights_and_reasons() -> None:
    assert weights_in_force() == starting_weights()
    assert tuple(reasons_on(DAY).values()) == starting_reasons()
    assert ReductionReason.objects.count() == 26


@given(weights=weight_sets)
@settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
)
def test_weights_are_read_back_exactly_as_they_were_adopted(weights: WeightSet) -> None:
    with transaction.atomic():
        version = adopt_weights(weights=weights)
        assert weights_of(version) == replace(weights, version=version)
        transaction.set_rollback(True)


def test_versions_are_numbered_on_and_recorded_with_the_reason() -> None:
    weights = weights_in_force()
    assert adopt_weights(weights=replace(weights, sdr=150), reason="The audit of 2025") == 2
    assert adopt_weights(weights=replace(weights, sdr=160)) == 3
    assert [weights_of(version).sdr for version in (1, 2, 3)] == [138, 150, 160]
    entry = TrailEntry.objects.get(kind="workload.weights_adopted", subject_id="2")
    assert entry.why == "The audit of 2025"


def test_the_version_in_force_is_the_highest_that_has_begun() -> None:
    weights = weights_in_force()
    adopt_weights(weights=replace(weights, valid_from=date(2026, 9, 1)))
    adopt_weights(weights=replace(weights, valid_from=date(2026, 6, 1)))
    adopt_weights(weights=replace(weights, valid_from=date(2027, 1, 1)))
    found = {day: weights_in_force(day).version for day in (date(2026, 5, 1), date(2026, 7, 1), date(2026, 10, 1))}
    assert found == {date(2026, 5, 1): 1, date(2026, 7, 1): 3, date(2026, 10, 1): 3}
    assert weights_in_force(date(2027, 1, 1)).version == 4


def test_before_the_first_version_the_first_one_holds() -> None:
    weights = weights_in_force()
    adopt_weights(weights=replace(weights, valid_from=weights.valid_from + timedelta(days=30)))
    assert weights_in_force(date(2020, 1, 1)).version == 1


CHANGES: dict[str, Callable[[], object]] = {
    "a weight": lambda: CaseWeight.objects.filter(tier=6).update(points=1),
    "a grade": lambda: GradeRule.objects.update(default_hours=Decimal(40)),
    "a code": lambda: SupportWeight.objects.all().delete(),
    "a version": lambda: WeightVersion.objects.update(valid_from=date(2020, 1, 1)),
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_version_can_be_neither_changed_nor_deleted(change: str) -> None:
    with pytest.raises(IntegrityError, match="never changed"), transaction.atomic():
        CHANGES[change]()
    assert weights_in_force() == starting_weights()


@pytest.mark.parametrize("table", TABLES)
def test_even_plain_sql_is_refused(table: str) -> None:
    with pytest.raises(IntegrityError, match="never changed"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {table}")
