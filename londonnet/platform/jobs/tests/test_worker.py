"""The worker: one process for all trusts, in which jobs survive whatever happens to it."""

import json
import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from londonnet.config.environment import ENV
from londonnet.platform.jobs import Job, enqueue, find
from londonnet.platform.jobs.models import JobState
from londonnet.platform.jobs.tests import sample_jobs
from londonnet.platform.jobs.tests.following import LONG_ENOUGH, following, gate, working
from londonnet.platform.jobs.worker.activity import Activity
from londonnet.platform.jobs.worker.doorbell import Doorbell
from londonnet.platform.jobs.worker.ears import open_connection
from londonnet.platform.jobs.worker.serving import Worker
from londonnet.platform.trusts import Trust, testkit, trust_scope
from londonnet.platform.trusts.cluster import admin_connection

PROJECT = Path(__file__).parents[4]


@pytest.fixture
def other_processes(nothing_left_by_workers: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Processes that a test starts find this test run's installation."""
    monkeypatch.setenv("LONDONNET_DATABASE_PREFIX", ENV.database_prefix)
    monkeypatch.chdir(PROJECT)


@pytest.fixture
def other_trust(fresh_trust: Trust) -> Iterator[Trust]:
    with testkit.clone() as trust:
        yield trust


def test_a_job_is_picked_up_and_done(fresh_trust: Trust) -> None:
    with working(fresh_trust), following(fresh_trust) as follow:
        with trust_scope(fresh_trust):
            asked = enqueue(sample_jobs.add, a=1, b=2)
        done = follow.until_over(asked)
    assert done.result == {"sum": 3, "trust": fresh_trust.slug, "result_url": "/sums"}


def test_a_job_asked_for_before_the_worker_came_is_done_too(fresh_trust: Trust) -> None:
    with trust_scope(fresh_trust):
        asked = enqueue(sample_jobs.add, a=1, b=2)
    with following(fresh_trust) as follow, working(fresh_trust):
        assert follow.until_over(asked).state == "done"


def test_a_job_of_one_trust_never_runs_in_another(fresh_trust: Trust, other_trust: Trust) -> None:
    with working(fresh_trust, other_trust), following(fresh_trust) as one, following(other_trust) as two:
        with trust_scope(fresh_trust):
            first = enqueue(sample_jobs.add, a=1, b=1)
        with trust_scope(other_trust):
            second = enqueue(sample_jobs.add, a=2, b=2)
        assert one.until_over(first).result["trust"] == fresh_trust.slug
        assert two.until_over(second).result["trust"] == other_trust.slug
    with trust_scope(fresh_trust):
        own = JobState.objects.filter(name=sample_jobs.add.job_name)
        assert list(own.values_list("pk", flat=True)) == [first.id]


def test_where_there_are_more_trusts_than_ears_all_are_served(fresh_trust: Trust, other_trust: Trust) -> None:
    worker = Worker(lambda: [fresh_trust, other_trust], light=1, heavy=0)
    worker.watch._most_ears = 1
    worker.start()
    try:
        with following(fresh_trust) as one, following(other_trust) as two:
            with trust_scope(other_trust):
                second = enqueue(sample_jobs.add, a=2, b=2)
            with trust_scope(fresh_trust):
                first = enqueue(sample_jobs.add, a=1, b=1)
            assert two.until_over(second).state == "done"
            assert one.until_over(first).state == "done"
    finally:
        worker.stop(grace=5)


def test_a_trust_made_while_the_worker_runs_is_served(fresh_trust: Trust, other_trust: Trust) -> None:
    trusts = [fresh_trust]
    worker = Worker(lambda: list(trusts), light=1, heavy=0)
    worker.start()
    try:
        with following(other_trust) as follow:
            trusts.append(other_trust)
            with trust_scope(other_trust):
                asked = enqueue(sample_jobs.add, a=2, b=2)
            assert follow.until_over(asked).state == "done"
    finally:
        worker.stop(grace=5)


def test_a_trust_that_cannot_be_reached_holds_nobody_else_up(fresh_trust: Trust) -> None:
    gone = Trust("gone", "Gone", f"{ENV.database_prefix}_trust_gone", f"{ENV.database_prefix}_login_gone")
    with working(gone, fresh_trust), following(fresh_trust) as follow:
        with trust_scope(fresh_trust):
            asked = enqueue(sample_jobs.add, a=1, b=2)
        assert follow.until_over(asked).state == "done"


def test_two_workers_never_run_the_same_job(fresh_trust: Trust) -> None:
    with working(fresh_trust, name="one"), working(fresh_trust, name="two"), following(fresh_trust) as follow:
        with trust_scope(fresh_trust):
            asked = [enqueue(sample_jobs.add, a=n, b=0) for n in range(12)]
        assert {follow.until_over(job).state for job in asked} == {"done"}
    with trust_scope(fresh_trust):
        assert set(JobState.objects.values_list("attempts", flat=True)) == {1}


def test_of_a_kind_that_runs_one_at_a_time_the_next_starts_when_the_first_is_done(fresh_trust: Trust) -> None:
    with working(fresh_trust), following(fresh_trust) as follow, gate(fresh_trust) as closed:
        with trust_scope(fresh_trust):
            first = enqueue(sample_jobs.alone, gate=closed.number)
            second = enqueue(sample_jobs.alone, gate=closed.number)
            marker = enqueue(sample_jobs.add, a=1, b=1)
        follow.until(first, lambda job: job.stage == "At the gate")
        follow.until_over(marker)  # the other slot was free and passed the second over
        with trust_scope(fresh_trust):
            assert (find(first.id).state, find(second.id).state) == ("running", "waiting")
        closed.open()
        assert follow.until_over(second).state == "done"


def _pid(job: Job) -> int:
    return int(job.stage.removeprefix("pid "))


def _has_pid(job: Job) -> bool:
    return job.stage.startswith("pid ")


def test_a_heavy_job_runs_in_a_process_of_its_own_and_is_taken_up_again_when_that_is_killed(
    fresh_trust: Trust, other_processes: None
) -> None:
    with working(fresh_trust, heavy=1), following(fresh_trust) as follow, gate(fresh_trust) as closed:
        with trust_scope(fresh_trust):
            asked = enqueue(sample_jobs.heavy, gate=closed.number)
        first = _pid(follow.until(asked, _has_pid))
        assert first != os.getpid()
        os.kill(first, signal.SIGKILL)
        again = follow.until(asked, lambda job: _has_pid(job) and _pid(job) != first)
        closed.open()
        assert follow.until_over(again).result == _pid(again)
    with trust_scope(fresh_trust):
        assert JobState.objects.get(pk=asked.id).times_lost == 1


def test_what_does_not_end_within_the_grace_is_given_back_and_done_later(
    fresh_trust: Trust, other_processes: None
) -> None:
    with following(fresh_trust) as follow, gate(fresh_trust) as closed:
        with working(fresh_trust, heavy=1) as worker:
            with trust_scope(fresh_trust):
                asked = enqueue(sample_jobs.heavy, gate=closed.number)
            child = _pid(follow.until(asked, _has_pid))
            assert worker.stop(grace=0) is False
        with pytest.raises(ProcessLookupError):
            os.kill(child, 0)
        with trust_scope(fresh_trust):
            assert find(asked.id).state == "waiting"
            assert JobState.objects.get(pk=asked.id).times_lost == 0
        closed.open()
        with working(fresh_trust, heavy=1):
            assert follow.until_over(asked).state == "done"


def test_a_light_job_under_way_is_finished_before_the_worker_ends(fresh_trust: Trust) -> None:
    with following(fresh_trust) as follow, gate(fresh_trust) as closed, working(fresh_trust) as worker:
        with trust_scope(fresh_trust):
            asked = enqueue(sample_jobs.wait, gate=closed.number)
        follow.until(asked, lambda job: job.stage == "At the gate")
        closed.open()
        assert worker.stop(grace=LONG_ENOUGH) is True
        with trust_scope(fresh_trust):
            assert find(asked.id).state == "done"
            late = enqueue(sample_jobs.add, a=1, b=1)
            assert find(late.id).state == "waiting"


def test_a_job_whose_database_connection_was_cut_is_done_again(fresh_trust: Trust) -> None:
    with working(fresh_trust), following(fresh_trust) as follow, gate(fresh_trust) as closed:
        with trust_scope(fresh_trust):
            asked = enqueue(sample_jobs.wait, gate=closed.number)
        follow.until(asked, lambda job: job.stage == "At the gate")
        with admin_connection(fresh_trust.database) as admin:
            cut = (
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s AND wait_event = 'advisory'"
            )
            while admin.execute(cut, [fresh_trust.database]).fetchone() is None:
                pass
        closed.open()
        assert follow.until_over(asked).state == "done"
    with trust_scope(fresh_trust):
        assert JobState.objects.get(pk=asked.id).times_lost == 1


def _worker_process() -> "subprocess.Popen[bytes]":
    return subprocess.Popen([sys.executable, "-m", "londonnet", "worker"], stderr=subprocess.DEVNULL)


def test_a_worker_process_ends_in_good_order_on_sigterm(fresh_trust: Trust, other_processes: None) -> None:
    process = _worker_process()
    try:
        with following(fresh_trust) as follow:
            with trust_scope(fresh_trust):
                asked = enqueue(sample_jobs.add, a=1, b=2)
            assert follow.until_over(asked).state == "done"
        process.send_signal(signal.SIGTERM)
        assert process.wait(LONG_ENOUGH) == 0
    finally:
        process.kill()
        process.wait()


def test_when_a_worker_is_killed_its_children_die_and_another_worker_does_the_job(
    fresh_trust: Trust, other_processes: None
) -> None:
    process = _worker_process()
    with following(fresh_trust) as follow, gate(fresh_trust) as closed:
        try:
            with trust_scope(fresh_trust):
                asked = enqueue(sample_jobs.heavy, gate=closed.number)
            child = os.pidfd_open(_pid(follow.until(asked, _has_pid)))
        finally:
            process.kill()
            process.wait()
        _wait_for_end(child)
        closed.open()
        with trust_scope(fresh_trust):
            JobState.objects.update(heartbeat_at="2026-01-01T00:00:00Z")  # as if some time had passed
        with working(fresh_trust, heavy=1):
            assert follow.until_over(asked).state == "done"


def _wait_for_end(process: int) -> None:
    ended, _, _ = select.select([process], [], [], LONG_ENOUGH)
    os.close(process)
    assert ended


def test_jobs_are_listed_as_json(fresh_trust: Trust, other_processes: None) -> None:
    with trust_scope(fresh_trust):
        asked = enqueue(sample_jobs.add, a=1, b=2)
    command = [sys.executable, "-m", "londonnet", "job", "list", "--trust", fresh_trust.slug, "--json"]
    listed = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
    assert [(row["id"], row["state"], row["name"]) for row in listed] == [(str(asked.id), "waiting", "tests.add")]


def test_a_trust_that_rings_twice_stands_in_the_line_once(alpha: Trust, beta: Trust) -> None:
    bell = Doorbell()
    for trust in (alpha, beta, alpha):
        bell.ring(trust)
    assert [bell.answer(), bell.answer()] == [alpha, beta]
    began = time.monotonic()
    bell.close()
    assert bell.answer() is None
    assert time.monotonic() - began < LONG_ENOUGH


def test_trusts_that_somebody_is_connected_to_are_known_the_workers_own_watching_apart(
    fresh_trust: Trust, other_trust: Trust
) -> None:
    activity = Activity()
    both = [fresh_trust, other_trust]
    watching = open_connection(fresh_trust)
    try:
        assert activity.in_use(both, 5) == []
        with following(other_trust):
            assert activity.in_use(both, 5) == [other_trust]
        with following(fresh_trust):
            assert activity.in_use(both, 1) == [fresh_trust]
    finally:
        watching.close()
        activity.close()
