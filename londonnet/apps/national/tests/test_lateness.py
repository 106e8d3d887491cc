"""Who is told that the extract is late, and how often."""

from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING

from londonnet.apps.caseload.models import CurrentSnapshot, Snapshot
from londonnet.apps.national.lateness import EXTRACT_LATE, tell_if_late
from londonnet.config.environment import ENV
from londonnet.platform.jobs.schedules import schedules
from londonnet.platform.notices.models import Notice
from londonnet.platform.trusts import Trust

if TYPE_CHECKING:
    from londonnet.platform.access.models import User

DAY = date(2026, 11, 20)
IN_TIME = datetime.combine(DAY + timedelta(days=1), time(), tzinfo=UTC) + timedelta(hours=ENV.extract_late_hours - 1)
LATE = IN_TIME + timedelta(hours=1)


def in_force(day: date) -> None:
    """An extract of that day stands."""
    snapshot = Snapshot.objects.create(datestamp=day)
    CurrentSnapshot.objects.update_or_create(defaults={"snapshot": snapshot})


def test_those_who_may_send_it_are_told_once_that_it_is_late(
    in_alpha: Trust, alice: "User", bob: "User", charlie: "User", administrator: "User"
) -> None:
    in_force(DAY)
    tell_if_late(IN_TIME)
    assert not Notice.objects.exists()
    for hours in (0, 1, 30):
        tell_if_late(LATE + timedelta(hours=hours))
    told = Notice.objects.filter(kind=EXTRACT_LATE, url="/national")
    assert set(told.values_list("user_id", flat=True)) == {bob.pk, charlie.pk, administrator.pk}
    assert told.count() == 3
    assert "20 November 2026" in told[0].title


def test_the_next_extract_that_is_late_is_told_anew(in_alpha: Trust, bob: "User") -> None:
    in_force(DAY)
    tell_if_late(LATE)
    in_force(DAY + timedelta(days=3))
    tell_if_late(LATE)
    assert Notice.objects.filter(user=bob).count() == 1
    tell_if_late(LATE + timedelta(days=3))
    assert Notice.objects.filter(user=bob).count() == 2


def test_before_the_first_extract_nobody_is_told(in_alpha: Trust, bob: "User") -> None:
    tell_if_late(LATE)
    assert not Notice.objects.exists()


def test_it_is_looked_at_by_itself(in_alpha: Trust) -> None:
    assert tell_if_late in [schedule.run for schedule in schedules()]
