"""Taking jobs up, keeping them, and giving them back: every write to a job that runs.

A taking of a job is told from any other by its attempt number: who lost a job can't write to it any more.
All functions work in the trust that is entered.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef
from django.db.models.functions import Now
from django_tasks.base import TaskResultStatus
from django_tasks.utils import normalize_json
from django_tasks_db.models import DBTaskResult

from londonnet.platform.audit import wake

from . import endings
from .enqueueing import ring_workers
from .models import JobState
from .progress import Progress, topic

LOST_AFTER = timedelta(seconds=15)  # without a heartbeat
MOST_TIMES_LOST = 3
_DIED_EACH_TIME = (
    "It was started three times, and each time it was cut off before it was finished. "
    "Try again with less at a time, or tell the service desk."
)


@dataclass(frozen=True, slots=True)
class Claim:
    """One taking of a job by a worker."""

    task_id: UUID
    attempt: int
    name: str
    label: str
    asked_by_id: int | None


def claim(queue: str, worker: str) -> Claim | None:
    """Take the next job that may run now, or None. No other worker can have the same.

    Args:
        queue: ``light`` or ``heavy``.
        worker: the name of who takes it.
    """
    for _ in range(3):
        try:
            with transaction.atomic():
                return _claim(queue, worker)
        except IntegrityError:
            continue  # another worker took one of the same name, of which one runs at a time: look again
    return None


def _claim(queue: str, worker: str) -> Claim | None:
    ready = DBTaskResult.objects.ready().filter(queue_name=queue, state__isnull=False)
    held = JobState.objects.filter(holds=OuterRef("state__name"), pk__isnull=False)
    # Of a kind that runs one at a time, the first asked for is the first to run: no slot takes a later one before it.
    before = JobState.objects.filter(
        one_at_a_time=True,
        name=OuterRef("state__name"),
        task__status=TaskResultStatus.READY,
        task__enqueued_at__lt=OuterRef("enqueued_at"),
    )
    free = ready.exclude(Exists(held)).exclude(Exists(before))
    task = free.select_for_update(skip_locked=True, of=("self",)).first()
    if task is None:
        return None
    task.claim(worker)
    state = JobState.objects.get(pk=task.pk)
    state.holds = state.name if state.one_at_a_time else None
    state.worker, state.attempts = worker, state.attempts + 1
    state.stage, state.done, state.total = "", 0, 0
    state.heartbeat_at = state.stage_started_at = Now()
    state.save()
    wake((topic(task.pk),))
    return Claim(task.pk, state.attempts, state.name, state.label, state.asked_by_id)


def standing(task_id: UUID, attempt: int) -> Claim | None:
    """The taking of a job that has that attempt number, if it still stands."""
    found = JobState.objects.filter(pk=task_id, attempts=attempt, heartbeat_at__isnull=False)
    row = found.values_list("task_id", "attempts", "name", "label", "asked_by_id").first()
    return Claim(*row) if row else None


def beat(claims: list[Claim]) -> list[Claim]:
    """Say that these are still being worked on; answers those that were taken away in the meantime."""
    kept = set()
    for one in claims:
        if JobState.objects.filter(**_of(one)).update(heartbeat_at=Now()):
            kept.add(one)
    return [one for one in claims if one not in kept]


def finish(one: Claim, returned: Any, said: Progress) -> bool:
    """Write that a job is done, with what it returned; False if it had been taken away."""
    returned = normalize_json(returned)
    with transaction.atomic():
        state = _kept(one)
        if state is None:
            return False
        state.task.set_successful(returned)
        _settle(state, said)
    return True


def fail(one: Claim, error: BaseException, message: str, code: str, said: Progress) -> bool:
    """Write that a job failed for good, and why, in plain words; False if it had been taken away."""
    with transaction.atomic():
        state = _kept(one)
        if state is None:
            return False
        _fail(state, error, message, code, said)
    return True


def lose(one: Claim, *, is_a_fault: bool = True) -> bool:
    """Give a job back that its worker didn't finish: it waits again, or has failed if that happened too often.

    Args:
        one: the taking that ended.
        is_a_fault: whether it counts; a worker that was stopped in good order isn't the job's fault.

    Returns:
        Whether there was anything to give back.
    """
    with transaction.atomic():
        state = _kept(one)
        if state is None:
            return False
        state.times_lost += is_a_fault
        if state.times_lost >= MOST_TIMES_LOST:
            _fail(state, JobDied(), _DIED_EACH_TIME, "job-died", Progress())
        else:
            _wait_again(state)
    return True


def lose_the_dead() -> int:
    """Give back every job whose worker wasn't heard of for too long; answers how many."""
    silent = JobState.objects.filter(heartbeat_at__lt=Now() - LOST_AFTER)
    found = silent.values_list("task_id", "attempts", "name", "label", "asked_by_id")
    return sum(lose(Claim(*row)) for row in found)


class JobDied(Exception):
    """The process that did the job ended before the job did."""


def _of(one: Claim) -> dict[str, Any]:
    return {"pk": one.task_id, "attempts": one.attempt, "heartbeat_at__isnull": False}


def _kept(one: Claim) -> JobState | None:
    """The job's row, locked, if this taking of it still stands."""
    states = JobState.objects.select_related("task").select_for_update(of=("self",))
    return states.filter(**_of(one), task__status=TaskResultStatus.RUNNING).first()


def _wait_again(state: JobState) -> None:
    state.task.status = TaskResultStatus.READY
    state.task.save(update_fields=["status"])
    state.stage, state.done, state.total = "", 0, 0
    _let_go(state)


def _fail(state: JobState, error: BaseException, message: str, code: str, said: Progress) -> None:
    state.task.set_failed(error)
    state.error_message, state.error_code = message, code
    _settle(state, said)


def _settle(state: JobState, said: Progress) -> None:
    if said.stage:
        state.stage, state.done, state.total = said.stage, said.done, said.total
    _let_go(state)
    endings.tell(state)


def _let_go(state: JobState) -> None:
    """The job runs no more: those that waited for its name may, and pages look again."""
    state.heartbeat_at, state.holds, state.worker = None, None, ""
    state.save()
    wake((topic(state.pk),))
    ring_workers()
