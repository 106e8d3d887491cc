"""Reductions start and end by themselves at midnight in London, and people are told before they end."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from django.utils import timezone

from londonnet.apps.workload.app import MANIFEST
from londonnet.apps.workload.selectors import practitioner_rows
from londonnet.apps.workload.services import recompute
from londonnet.apps.workload.services.telling_expiring import tell_of_expiring_reductions
from londonnet.platform.jobs import schedules
from londonnet.platform.jobs.models import ScheduleRun
from londonnet.platform.notices.models import Notice
from londonnet.platform.trusts import Trust

from . import building
from .building import ALICE, Entry

if TYPE_CHECKING:
    from londonnet.platform.access.models import User

pytestmark = pytest.mark.usefixtures("in_alpha")

NEW_DAY = [one for one in MANIFEST.hooks.scheduled_jobs() if one.name == "workload.new_day"]
At = Callable[[datetime], Decimal]


def utc(month: int, day: int, hour: int) -> datetime:
    """A moment of 2026."""
    return datetime(2026, month, day, hour, tzinfo=UTC)


@pytest.fixture
def reduced_at(monkeypatch: pytest.MonkeyPatch) -> At:
    """Let the clock show a moment, run what is due then, and answer how many hours reductions take off."""
    # A worker that another test started may have kept its own, later, days here.
    ScheduleRun.objects.all().delete()

    def at(moment: datetime) -> Decimal:
        monkeypatch.setattr(timezone, "now", lambda: moment)
        schedules.run_due(NEW_DAY, now=moment)
        (row,) = practitioner_rows()
        return row.reduction_hours

    return at


@pytest.mark.parametrize(
    ("first_day", "last_day", "midnight_before", "midnight_after"),
    [
        # London's midnight is 11pm in UTC in summer, and midnight in winter.
        (date(2026, 7, 1), date(2026, 7, 14), utc(6, 30, 23), utc(7, 14, 23)),
        (date(2026, 12, 1), date(2026, 12, 14), utc(12, 1, 0), utc(12, 15, 0)),
        # Clocks go forward on 29 March 2026 and back on 25 October: those days have 23 and 25 hours.
        (date(2026, 3, 29), date(2026, 3, 30), utc(3, 29, 0), utc(3, 30, 23)),
        (date(2026, 10, 25), date(2026, 10, 26), utc(10, 24, 23), utc(10, 27, 0)),
    ],
)
def test_a_reduction_counts_from_midnight_of_its_first_day_to_the_end_of_its_last(
    reduced_at: At, first_day: date, last_day: date, midnight_before: datetime, midnight_after: datetime
) -> None:
    moment = timedelta(minutes=1)
    building.extract({ALICE: Entry()})
    building.reduction(ALICE, "7.4", first_day, last_day)
    recompute(reason="A test", day=first_day - timedelta(days=1))
    assert reduced_at(midnight_before - moment) == 0
    assert reduced_at(midnight_before + moment) == Decimal("7.4")
    assert reduced_at(midnight_after - moment) == Decimal("7.4")
    assert reduced_at(midnight_after + moment) == 0


def told(user: "User") -> list[str]:
    return [notice.title for notice in Notice.objects.filter(user_id=user.pk).order_by("id")]


def test_managers_and_the_person_are_told_once_at_30_days_and_once_at_7(
    alpha: Trust, alice: "User", bob: "User", charlie: "User", hr: "User"
) -> None:
    last = date(2026, 12, 31)
    building.reduction(ALICE, "7.4", date(2026, 1, 1), last, reason="Pregnancy")
    building.reduction(ALICE, "1", date(2026, 12, 10), last)
    for days_left, notices in ((31, 0), (30, 1), (29, 1), (23, 1), (8, 1), (7, 3), (6, 3), (0, 3)):
        tell_of_expiring_reductions(day=last - timedelta(days=days_left))
        assert len(told(bob)) == notices, days_left
    assert told(bob)[0] == "A reduction of Pat N07A001 in Team N07T01 ends on 31 December 2026"
    assert told(alice)[0] == "A reduction of yours in Team N07T01 ends on 31 December 2026"
    assert len(told(alice)) == 3
    assert told(charlie) == told(hr) == []
    assert not Notice.objects.filter(text__contains="Pregnancy").exists()


def test_a_later_end_is_told_of_again_and_a_deleted_one_isnt(alpha: Trust, bob: "User") -> None:
    held = building.reduction(ALICE, "7.4", date(2026, 1, 1), date(2026, 12, 31))
    tell_of_expiring_reductions(day=date(2026, 12, 1))
    held.last_day = date(2027, 1, 31)
    held.save()
    tell_of_expiring_reductions(day=date(2027, 1, 1))
    assert len(told(bob)) == 2
    held.deleted_at = timezone.now()
    held.save()
    assert tell_of_expiring_reductions(day=date(2027, 1, 24)) == 0
