"""Declaring a kind of job: a function that a worker can call, and how it is to be called."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Concatenate, Generic, ParamSpec, TypeVar

from django_tasks.base import Task

from .errors import JobError
from .progress import Progress

P = ParamSpec("P")
T = TypeVar("T")

LIGHT = "light"
HEAVY = "heavy"

_paths: dict[str, str] = {}
_end_in_a_notice: set[str] = set()


@dataclass(frozen=True, slots=True, kw_only=True)
class JobKind(Task[Concatenate[Progress, P], T], Generic[P, T]):
    """A kind of job, standing where its function stood.

    It is a task of django-tasks, so that library's own rows point to it by its dotted path.

    Args:
        job_name: its stable name, ``<application>.<what it does>``.
        label: as people read it on the progress page.
        one_at_a_time: whether a second job of this kind waits for the first, within a trust.
    """

    job_name: str
    label: str
    one_at_a_time: bool = False

    @property
    def is_heavy(self) -> bool:
        """Whether it runs in a process of its own."""
        return self.queue_name == HEAVY


def job(
    *, name: str, label: str, heavy: bool = False, one_at_a_time: bool = False, ends_in_a_notice: bool = False
) -> Callable[[Callable[Concatenate[Progress, P], T]], JobKind[P, T]]:
    """Make a function of a module's top level a kind of job.

    The function is given its :class:`Progress` first and then keyword arguments that are plain JSON; what it
    returns is plain JSON too. A returned ``result_url`` is where its progress page leads when it is done.
    It may be called again after a worker died half-way, so what it writes belongs in one transaction of its own.

    Args:
        name: its stable name, ``<application>.<what it does>``.
        label: as people read it, for example "Load the national extract".
        heavy: run it in a child process; for what takes more than a few seconds or much memory.
        one_at_a_time: within a trust, a second one waits for the first.
        ends_in_a_notice: whoever asked for it is told when it is over; for what one begins and leaves.

    Raises:
        JobError: another function has that name.
    """

    def declare(function: Callable[Concatenate[Progress, P], T]) -> JobKind[P, T]:
        path = f"{function.__module__}.{function.__qualname__}"
        if _paths.setdefault(name, path) != path:
            raise JobError(f"Two kinds of job are called {name!r}: {_paths[name]} and {path}.", "job-name-taken")
        if ends_in_a_notice:
            _end_in_a_notice.add(name)
        return JobKind(
            func=function,
            queue_name=HEAVY if heavy else LIGHT,
            job_name=name,
            label=label,
            one_at_a_time=one_at_a_time,
        )

    return declare


def does_end_in_a_notice(name: str) -> bool:
    """Whether somebody who asked for a job of that name is told when it is over."""
    return name in _end_in_a_notice


def as_kind(task: object) -> JobKind[Any, Any]:
    """The kind of job that a row of django-tasks points to.

    Raises:
        JobError: it is a task of that library, but not one of ours.
    """
    if not isinstance(task, JobKind):
        raise JobError("This task wasn't declared with @job, so no worker runs it.", "job-not-declared")
    return task
