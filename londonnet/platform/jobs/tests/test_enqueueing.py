"""Asking for a job."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from django.db import transaction

from londonnet.platform.audit import Actor, acting_as
from londonnet.platform.jobs import enqueue, find, job, selectors
from londonnet.platform.jobs.errors import JobError, JobUnknown
from londonnet.platform.jobs.models import JobState
from londonnet.platform.jobs.progress import Progress
from londonnet.platform.jobs.tests import sample_jobs
from londonnet.platform.trusts import NoTrustEntered, Trust, trust_scope


class TakenBack(Exception):
    pass


def test_a_job_asked_for_in_a_transaction_that_is_rolled_back_was_never_asked_for(fresh_trust: Trust) -> None:
    with trust_scope(fresh_trust):
        with pytest.raises(TakenBack), transaction.atomic():
            asked = enqueue(sample_jobs.add, a=1, b=2)
            raise TakenBack
        with pytest.raises(JobUnknown):
            find(asked.id)
        assert not JobState.objects.exists()


def test_a_job_waits_with_its_label_and_who_asked_for_it(in_alpha: Trust) -> None:
    with acting_as(Actor("user", "Alice", 42)):
        asked = enqueue(sample_jobs.add, a=1, b=2)
    assert (asked.state, asked.label, asked.asked_by_id, asked.asked_by_name) == (
        "waiting",
        "Add two numbers",
        42,
        "Alice",
    )
    assert selectors.is_under_way("tests.add")
    assert find(str(asked.id)) == asked


def test_a_job_asked_for_by_a_schedule_or_a_command_belongs_to_no_user(in_alpha: Trust) -> None:
    with acting_as(Actor("command", "a command")):
        assert enqueue(sample_jobs.add, a=1, b=2).asked_by_id is None


def test_a_job_of_one_trust_is_unknown_in_another(alpha: Trust, beta: Trust) -> None:
    with trust_scope(alpha):
        asked = enqueue(sample_jobs.add, a=1, b=2)
    with trust_scope(beta), pytest.raises(JobUnknown):
        find(asked.id)


def test_without_a_trust_nothing_can_be_asked_for() -> None:
    with pytest.raises(NoTrustEntered):
        enqueue(sample_jobs.add, a=1, b=2)


@pytest.mark.parametrize("odd", [object(), {1, 2}, b"\xff"])
def test_arguments_that_are_not_plain_json_are_refused(in_alpha: Trust, odd: object) -> None:
    with pytest.raises(JobError, match="plain JSON"):
        enqueue(sample_jobs.add, a=odd, b=2)  # type: ignore[arg-type]


def test_arguments_must_be_given_by_name(in_alpha: Trust) -> None:
    with pytest.raises(JobError, match="by name"):
        enqueue(sample_jobs.add, 1, 2)  # type: ignore[call-arg]


def test_two_kinds_of_job_cannot_have_one_name() -> None:
    with pytest.raises(JobError, match=r"tests\.add"):

        @job(name="tests.add", label="Another")
        def another(progress: Progress) -> None:
            raise AssertionError


def test_what_isnt_an_id_is_no_job(in_alpha: Trust) -> None:
    for wrong in ("", "nonsense", str(uuid4())):
        with pytest.raises(JobUnknown):
            find(wrong)


def test_asking_costs_the_same_however_many_jobs_wait(in_alpha: Trust, count_queries: Callable[[], object]) -> None:
    with count_queries() as first:  # type: ignore[attr-defined]
        enqueue(sample_jobs.add, a=1, b=2)
    for _ in range(5):
        enqueue(sample_jobs.add, a=1, b=2)
    with count_queries() as later:  # type: ignore[attr-defined]
        enqueue(sample_jobs.add, a=1, b=2)
    assert first.count == later.count <= 8
