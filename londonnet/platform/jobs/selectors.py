"""Jobs as pages and commands see them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Literal
from uuid import UUID

from django.utils import timezone

from .errors import JobUnknown

if TYPE_CHECKING:
    from .models import JobState

State = Literal["waiting", "running", "done", "failed"]
_STATES: dict[str, State] = {"READY": "waiting", "RUNNING": "running", "SUCCESSFUL": "done", "FAILED": "failed"}
_EARLY = timedelta(seconds=2)  # an estimate from less than this is a guess


@dataclass(frozen=True, slots=True)
class Job:
    """A job at one moment.

    Args:
        id: its id, also in the address of its progress page.
        name: the name of its kind.
        label: its kind as people read it.
        state: ``waiting``, ``running``, ``done`` or ``failed``.
        stage: what is being done.
        done: how many of this stage are done.
        total: how many there are in this stage; 0 where that isn't known.
        estimate_seconds: how long this stage will take yet; None where that can't be told.
        result: what its function returned, when it is done.
        error: why it failed, in plain words; empty otherwise.
        error_code: a short name for the kind of error.
        asked_by_id: the user who asked for it; None for a schedule or a command.
        asked_by_name: that user's name.
        asked_at: when it was asked for.
        started_at: when it was last taken up.
        finished_at: when it was done or failed.
    """

    id: UUID
    name: str
    label: str
    state: State
    stage: str
    done: int
    total: int
    estimate_seconds: float | None
    result: Any
    error: str
    error_code: str
    asked_by_id: int | None
    asked_by_name: str
    asked_at: datetime
    started_at: datetime | None
    finished_at: datetime | None

    @property
    def is_over(self) -> bool:
        """Whether nothing more will happen to it."""
        return self.state in ("done", "failed")

    @property
    def url(self) -> str:
        """Its progress page."""
        return f"/jobs/{self.id}"

    @property
    def result_url(self) -> str:
        """Where its result is to be seen: a path on this trust's own site, or empty."""
        named = self.result.get("result_url", "") if isinstance(self.result, Mapping) else ""
        return named if isinstance(named, str) and named.startswith("/") and not named.startswith("//") else ""


def find(job_id: UUID | str) -> Job:
    """A job of the trust that is entered: one query.

    Raises:
        JobUnknown: there is none of that id.
    """
    from .models import JobState  # models load after this module

    try:
        wanted = UUID(str(job_id))
    except ValueError as error:
        raise JobUnknown from error
    state = JobState.objects.select_related("task").defer("task__traceback").filter(pk=wanted).first()
    if state is None:
        raise JobUnknown
    return _as_job(state)


def recent(limit: int = 50, *, name: str = "") -> list[Job]:
    """The jobs of the trust that is entered, the latest first: one query."""
    from .models import JobState  # models load after this module

    states = JobState.objects.select_related("task").defer("task__traceback").order_by("-task__enqueued_at")
    return [_as_job(state) for state in (states.filter(name=name) if name else states)[:limit]]


def is_under_way(name: str) -> bool:
    """Whether a job of that name waits or runs in the trust that is entered."""
    from .models import JobState  # models load after this module

    return JobState.objects.filter(name=name, task__status__in=["READY", "RUNNING"]).exists()


def remaining_seconds(started_at: datetime | None, done: int, total: int, now: datetime) -> float | None:
    """How long a stage will take yet if it goes on as it went so far; None where that can't be told."""
    if started_at is None or done <= 0 or total <= 0 or now - started_at < _EARLY:
        return None
    return max(0.0, (now - started_at).total_seconds() * (total - done) / done)


def _as_job(state: "JobState") -> Job:
    task = state.task
    called = _STATES[task.status]
    return Job(
        id=task.id,
        name=state.name,
        label=state.label,
        state=called,
        stage=state.stage,
        done=state.done,
        total=state.total,
        estimate_seconds=_estimate(state) if called == "running" else None,
        result=task.return_value if called == "done" else None,
        error=state.error_message,
        error_code=state.error_code,
        asked_by_id=state.asked_by_id,
        asked_by_name=state.asked_by_name,
        asked_at=task.enqueued_at,
        started_at=task.started_at,
        finished_at=task.finished_at,
    )


def _estimate(state: "JobState") -> float | None:
    return remaining_seconds(state.stage_started_at, state.done, state.total, timezone.now())
