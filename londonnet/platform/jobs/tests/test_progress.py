"""How far a job is, and how long it will take yet."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from londonnet.platform.jobs import claims, enqueue, find
from londonnet.platform.jobs.errors import JobTakenAway
from londonnet.platform.jobs.models import JobState
from londonnet.platform.jobs.progress import Progress, WrittenProgress
from londonnet.platform.jobs.selectors import remaining_seconds
from londonnet.platform.jobs.tests import sample_jobs
from londonnet.platform.trusts import Trust, trust_scope

NOON = datetime(2026, 1, 5, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("seconds", "done", "total", "remaining"),
    [
        (10, 1, 2, 10.0),
        (30, 300, 400, 10.0),
        (10, 400, 400, 0.0),
        (10, 500, 400, 0.0),
        (10, 0, 400, None),
        (10, 5, 0, None),
        (1, 1, 2, None),
    ],
)
def test_a_stage_is_expected_to_go_on_as_it_went_so_far(
    seconds: int, done: int, total: int, remaining: float | None
) -> None:
    assert remaining_seconds(NOON - timedelta(seconds=seconds), done, total, NOON) == remaining


def test_what_has_not_begun_has_no_estimate() -> None:
    assert remaining_seconds(None, 1, 2, NOON) is None


@given(st.integers(2, 10**6), st.integers(0, 10**9), st.integers(0, 10**9))
def test_an_estimate_is_never_negative(seconds: int, done: int, total: int) -> None:
    remaining = remaining_seconds(NOON - timedelta(seconds=seconds), done, total, NOON)
    assert remaining is None or remaining >= 0


def test_a_word_for_nobody_is_kept() -> None:
    progress = Progress()
    progress.say("Reading", 1, 2)
    assert (progress.stage, progress.done, progress.total) == ("Reading", 1, 2)


def test_a_job_that_was_taken_away_stops_at_its_next_word(fresh_trust: Trust) -> None:
    with trust_scope(fresh_trust):
        asked = enqueue(sample_jobs.add, a=1, b=1)
        one = claims.claim("light", "tester")
        assert one is not None
        claims.lose(one)
        progress = WrittenProgress(fresh_trust, one.task_id, one.attempt)
        with pytest.raises(JobTakenAway):
            progress.say("Reading", 1, 2)
        progress.close()
        assert find(asked.id).stage == ""


def test_many_words_are_written_a_few_times_a_second_and_a_new_stage_at_once(fresh_trust: Trust) -> None:
    with trust_scope(fresh_trust):
        asked = enqueue(sample_jobs.add, a=1, b=1)
        one = claims.claim("light", "tester")
        assert one is not None
        progress = WrittenProgress(fresh_trust, one.task_id, one.attempt)
        progress.SAYINGS_APART = 3600.0
        progress.say("Reading", 1, 100)
        progress.say("Reading", 2, 100)
        assert find(asked.id).done == 1
        progress.say("Writing", 3, 100)
        assert find(asked.id).done == 3
        progress.close()
        JobState.objects.filter(pk=asked.id).delete()


def test_a_database_that_is_away_never_stops_a_job() -> None:
    gone = Trust("gone", "Gone", "no_such_database", "no_such_login")
    progress = WrittenProgress(gone, uuid4(), 1)
    progress.say("Reading", 1, 2)
    progress.close()
    assert progress.stage == "Reading"


def test_the_estimate_goes_on_while_one_total_is_counted_and_begins_anew_with_another(fresh_trust: Trust) -> None:
    with trust_scope(fresh_trust):
        asked = enqueue(sample_jobs.add, a=1, b=1)
        one = claims.claim("light", "tester")
        assert one is not None
        progress = WrittenProgress(fresh_trust, one.task_id, one.attempt)
        begun = []
        for said in (
            ("Reading a", 0, 13),
            ("Reading b", 1, 13),
            ("Reading c", 2, 13),
            ("Writing", 0, 1),
            ("Tidying", 0, 0),
        ):
            progress.say(*said)
            begun.append(str(JobState.objects.get(pk=asked.id).stage_started_at))
        progress.close()
    assert begun[0] == begun[1] == begun[2]
    assert len(set(begun)) == 3
