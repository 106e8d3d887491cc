"""How a job ends, and what people are told."""

import logging

import pytest
from django_tasks_db.models import DBTaskResult

from londonnet.platform.audit import current_actor
from londonnet.platform.jobs import Job, Progress, claims, enqueue, find, running, testkit
from londonnet.platform.jobs.tests import sample_jobs
from londonnet.platform.trusts import Trust


def _ended(asked: Job) -> Job:
    one = claims.claim("light", "tester")
    assert one is not None
    assert running.do(one, Progress())()
    assert current_actor().kind == "nobody"
    return find(asked.id)


def test_what_a_job_returns_is_kept_with_what_it_said_last(in_alpha: Trust) -> None:
    done = _ended(enqueue(sample_jobs.add, a=1, b=2))
    assert done.state == "done"
    assert done.result == {"sum": 3, "trust": "alpha", "result_url": "/sums"}
    assert (done.stage, done.result_url) == ("Adding", "/sums")


def test_a_refusal_is_final_and_shown_in_its_own_words(in_alpha: Trust) -> None:
    failed = _ended(enqueue(sample_jobs.refuse, why="Send the file again with all sheets."))
    assert (failed.state, failed.error, failed.error_code) == (
        "failed",
        "Send the file again with all sheets.",
        "refused",
    )


def test_anything_else_is_logged_under_a_reference_and_only_the_reference_is_shown(
    in_alpha: Trust, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.ERROR, "londonnet.jobs"):
        failed = _ended(enqueue(sample_jobs.stumble))
    assert failed.state == "failed"
    assert "secret" not in failed.error
    reference = failed.error.split("reference ")[1].split(".")[0]
    assert reference in caplog.text


def test_a_result_that_is_not_plain_json_fails_the_job(in_alpha: Trust) -> None:
    assert _ended(enqueue(sample_jobs.return_something_odd)).error_code == "unforeseen"


def test_a_row_that_points_to_something_else_than_a_job_is_never_called(in_alpha: Trust) -> None:
    asked = enqueue(sample_jobs.add, a=1, b=2)
    DBTaskResult.objects.filter(pk=asked.id).update(task_path="os.getcwd")
    one = claims.claim("light", "tester")
    assert one is not None
    running.do(one, Progress())()
    assert find(asked.id).error_code == "unforeseen"


@pytest.mark.parametrize("elsewhere", ["//evil.example/x", "https://evil.example", "javascript:alert(1)", 5, ""])
def test_a_result_leads_only_to_a_page_of_the_trusts_own(in_alpha: Trust, elsewhere: object) -> None:
    asked = enqueue(sample_jobs.add, a=1, b=2)
    DBTaskResult.objects.filter(pk=asked.id).update(status="SUCCESSFUL", return_value={"result_url": elsewhere})
    assert find(asked.id).result_url == ""


def test_an_applications_test_can_have_its_jobs_done_in_its_own_transaction(in_alpha: Trust) -> None:
    light, heavy = enqueue(sample_jobs.add, a=1, b=2), enqueue(sample_jobs.heavy, gate=1)
    done = {job.id: job.state for job in testkit.do_waiting()}
    assert done == {light.id: "done", heavy.id: "done"}
    assert testkit.do_waiting() == []
