"""Taking jobs up and giving them back."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from django.utils import timezone

from londonnet.platform.jobs import claims, enqueue, find
from londonnet.platform.jobs.claims import Claim
from londonnet.platform.jobs.models import JobState
from londonnet.platform.jobs.progress import Progress, WrittenProgress
from londonnet.platform.jobs.tests import sample_jobs
from londonnet.platform.trusts import Trust, trust_scope


def _taken(queue: str = "light") -> Claim:
    one = claims.claim(queue, "someone")
    assert one is not None
    return one


def test_jobs_are_taken_up_in_the_order_in_which_they_were_asked_for(in_alpha: Trust) -> None:
    asked = [enqueue(sample_jobs.add, a=n, b=0).id for n in range(3)]
    assert [_taken().task_id for _ in asked] == asked
    assert claims.claim("light", "someone") is None


def test_heavy_and_light_jobs_have_slots_of_their_own(in_alpha: Trust) -> None:
    enqueue(sample_jobs.heavy, gate=1)
    assert claims.claim("light", "someone") is None
    assert _taken("heavy").name == "tests.heavy"


def test_many_workers_at_once_never_take_the_same_job(fresh_trust: Trust) -> None:
    with trust_scope(fresh_trust):
        asked = {enqueue(sample_jobs.add, a=n, b=0).id for n in range(24)}

    def take_all(worker: int) -> list[Claim]:
        taken = []
        with trust_scope(fresh_trust):
            while (one := claims.claim("light", str(worker))) is not None:
                taken.append(one)
        return taken

    with ThreadPoolExecutor(4) as workers:
        taken = [one.task_id for some in workers.map(take_all, range(4)) for one in some]
    assert sorted(taken) == sorted(asked)


def test_of_a_kind_that_runs_one_at_a_time_the_second_waits(in_alpha: Trust) -> None:
    first, second = enqueue(sample_jobs.alone, gate=1), enqueue(sample_jobs.alone, gate=1)
    held = _taken()
    assert held.task_id == first.id
    assert claims.claim("light", "another") is None
    claims.finish(held, None, Progress())
    assert _taken().task_id == second.id


def test_one_that_must_wait_holds_nothing_else_up(in_alpha: Trust) -> None:
    enqueue(sample_jobs.alone, gate=1)
    enqueue(sample_jobs.alone, gate=1)
    other = enqueue(sample_jobs.add, a=1, b=1)
    _taken()
    assert _taken().task_id == other.id


def test_many_workers_at_once_never_run_two_of_a_kind_that_runs_one_at_a_time(fresh_trust: Trust) -> None:
    with trust_scope(fresh_trust):
        for _ in range(8):
            enqueue(sample_jobs.alone, gate=1)

    def take(worker: int) -> Claim | None:
        with trust_scope(fresh_trust):
            return claims.claim("light", str(worker))

    with ThreadPoolExecutor(4) as workers:
        taken = [one for one in workers.map(take, range(8)) if one is not None]
    assert len(taken) == 1


def test_a_job_whose_worker_fell_silent_waits_again(in_alpha: Trust) -> None:
    asked = enqueue(sample_jobs.add, a=1, b=1)
    one = _taken()
    assert claims.lose_the_dead() == 0
    _fall_silent()
    assert claims.lose_the_dead() == 1
    assert find(asked.id).state == "waiting"
    again = _taken()
    assert (again.task_id, again.attempt) == (one.task_id, one.attempt + 1)


def test_a_heartbeat_keeps_a_job(in_alpha: Trust) -> None:
    enqueue(sample_jobs.add, a=1, b=1)
    one = _taken()
    _fall_silent()
    assert claims.beat([one]) == []
    assert claims.lose_the_dead() == 0


def test_who_lost_a_job_can_write_nothing_to_it_any_more(in_alpha: Trust) -> None:
    asked = enqueue(sample_jobs.add, a=1, b=1)
    old = _taken()
    _fall_silent()
    claims.lose_the_dead()
    new = _taken()
    assert claims.beat([old, new]) == [old]
    assert not claims.finish(old, {"wrong": 1}, Progress())
    assert not claims.fail(old, ValueError(), "wrong", "wrong", Progress())
    assert not claims.lose(old)
    assert claims.standing(old.task_id, old.attempt) is None
    assert claims.finish(new, {"right": 1}, Progress())
    assert find(asked.id).result == {"right": 1}


def test_a_job_that_was_cut_off_three_times_has_failed_and_says_so(in_alpha: Trust) -> None:
    asked = enqueue(sample_jobs.alone, gate=1)
    for _ in range(3):
        assert claims.lose(_taken())
    failed = find(asked.id)
    assert (failed.state, failed.error_code) == ("failed", "job-died")
    assert "three times" in failed.error
    enqueue(sample_jobs.alone, gate=1)
    assert _taken().name == "tests.alone"  # it holds its name no longer


def test_a_worker_stopped_in_good_order_is_not_held_against_the_job(in_alpha: Trust) -> None:
    asked = enqueue(sample_jobs.add, a=1, b=1)
    for _ in range(5):
        assert claims.lose(_taken(), is_a_fault=False)
    assert find(asked.id).state == "waiting"


def test_progress_is_seen_while_the_job_is_inside_its_own_transaction(fresh_trust: Trust) -> None:
    with trust_scope(fresh_trust):
        asked = enqueue(sample_jobs.add, a=1, b=1)
        one = _taken()
        progress = WrittenProgress(fresh_trust, one.task_id, one.attempt)
        progress.say("Reading court_reports", 1200, 15000)
        progress.close()
        seen = find(asked.id)
    assert (seen.state, seen.stage, seen.done, seen.total) == ("running", "Reading court_reports", 1200, 15000)


def _fall_silent() -> None:
    JobState.objects.update(heartbeat_at=timezone.now() - claims.LOST_AFTER - timedelta(seconds=1))
