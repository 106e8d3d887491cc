"""Work that starts by itself."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.utils import timezone

from londonnet.platform.jobs import enqueue, schedules, selectors, services
from londonnet.platform.jobs.models import JobState, ScheduleRun
from londonnet.platform.jobs.tests import sample_jobs
from londonnet.platform.registry import Schedule
from londonnet.platform.trusts import Trust, trust_scope


def _nothing() -> None:
    pass


EVERY_MINUTE = Schedule("tests.minute", _nothing, every_seconds=60)
DAILY = Schedule("tests.daily", _nothing, daily=True)
AT_EIGHT = Schedule("tests.at_eight", _nothing, daily=True, hour=8)


def _at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("schedule", "last", "now", "is_due"),
    [
        (EVERY_MINUTE, None, "2026-01-05T12:00:00", True),
        (EVERY_MINUTE, "2026-01-05T12:00:00", "2026-01-05T12:00:59", False),
        (EVERY_MINUTE, "2026-01-05T12:00:00", "2026-01-05T12:01:00", True),
        (DAILY, None, "2026-01-05T12:00:00", True),
        (DAILY, "2026-01-04T23:59:00", "2026-01-05T00:00:30", True),
        (DAILY, "2026-01-05T00:00:30", "2026-01-05T23:59:00", False),
        # In summer, London's midnight is 11pm in UTC.
        (DAILY, "2026-07-05T22:30:00", "2026-07-05T22:59:00", False),
        (DAILY, "2026-07-05T22:30:00", "2026-07-05T23:00:00", True),
        # The night when the clocks go back: midnight is still in summer time.
        (DAILY, "2026-10-24T22:59:00", "2026-10-25T03:00:00", True),
        (DAILY, "2026-10-24T23:00:00", "2026-10-25T23:59:00", False),
        # At 8am in London: 8am in winter, 7am in summer by UTC.
        (AT_EIGHT, "2026-01-04T08:00:10", "2026-01-05T07:59:00", False),
        (AT_EIGHT, "2026-01-04T08:00:10", "2026-01-05T08:00:00", True),
        (AT_EIGHT, "2026-07-05T07:00:10", "2026-07-06T06:59:00", False),
        (AT_EIGHT, "2026-07-05T07:00:10", "2026-07-06T07:00:00", True),
        (AT_EIGHT, "2026-01-05T07:00:00", "2026-01-05T08:00:00", True),
    ],
)
def test_a_schedule_is_due_after_its_seconds_or_at_its_hour_in_london(
    schedule: Schedule, last: str | None, now: str, is_due: bool
) -> None:
    assert schedules.is_due(schedule, _at(last) if last else None, _at(now)) is is_due


def _enqueue_one() -> None:
    enqueue(sample_jobs.add, a=1, b=2)


def test_a_schedule_runs_once_whichever_worker_comes_first(fresh_trust: Trust) -> None:
    hourly = Schedule("tests.hourly", _enqueue_one, every_seconds=3600)

    def come(_worker: int) -> list[str]:
        with trust_scope(fresh_trust):
            return schedules.run_due([hourly])

    with ThreadPoolExecutor(4) as workers:
        ran = [name for names in workers.map(come, range(8)) for name in names]
    assert ran == ["tests.hourly"]
    with trust_scope(fresh_trust):
        assert JobState.objects.count() == 1


def test_it_runs_again_when_it_is_due_again(in_alpha: Trust) -> None:
    now = timezone.now()
    assert schedules.run_due([EVERY_MINUTE], now) == ["tests.minute"]
    assert schedules.run_due([EVERY_MINUTE], now + timedelta(seconds=59)) == []
    assert schedules.run_due([EVERY_MINUTE], now + timedelta(seconds=60)) == ["tests.minute"]


def test_each_trust_has_its_own(alpha: Trust, beta: Trust) -> None:
    for trust in (alpha, beta):
        with trust_scope(trust):
            assert schedules.run_due([DAILY]) == ["tests.daily"]


def _write_and_stumble() -> None:
    _enqueue_one()
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1/0")


def test_one_that_fails_leaves_nothing_behind_and_waits_for_its_next_time(in_alpha: Trust) -> None:
    failing = Schedule("tests.failing", _write_and_stumble, every_seconds=60)
    assert schedules.run_due([failing]) == ["tests.failing"]
    assert JobState.objects.count() == 0
    assert schedules.run_due([failing]) == []


def test_the_applications_own_schedules_are_found(in_alpha: Trust) -> None:
    assert "jobs.clear_away" in {schedule.name for schedule in schedules.due({})}
    now = timezone.now()
    assert "jobs.clear_away" not in {schedule.name for schedule in schedules.due({"jobs.clear_away": now}, now)}
    schedules.run_due()
    assert ScheduleRun.objects.filter(name="jobs.clear_away", last_run_at__isnull=False).exists()


def test_jobs_that_were_over_a_month_ago_are_cleared_away(in_alpha: Trust) -> None:
    old, waiting = enqueue(sample_jobs.add, a=1, b=2), enqueue(sample_jobs.add, a=3, b=4)
    state = JobState.objects.select_related("task").get(pk=old.id)
    state.task.set_successful(None)
    assert services.clear_away() == 0
    assert services.clear_away(timezone.now() + timedelta(days=31)) == 1
    assert [job.id for job in selectors.recent()] == [waiting.id]
