"""Asking for a job."""

from collections.abc import Mapping
from typing import ParamSpec, TypeVar

from django.db import connection, transaction
from django_tasks.utils import normalize_json

from londonnet.platform.audit import current_actor

from .errors import JobError
from .kinds import JobKind
from .selectors import Job, find

P = ParamSpec("P")
T = TypeVar("T")

JOBS_CHANNEL = "londonnet_jobs"


def enqueue(kind: JobKind[P, T], *args: P.args, **kwargs: P.kwargs) -> Job:
    """Ask for a job in the trust that is entered, as part of the caller's transaction: rolled back with it, gone.

    Args:
        kind: what was declared with ``@job``.
        args: none; arguments are given by name.
        kwargs: the function's own arguments, plain JSON.

    Raises:
        JobError: an argument isn't plain JSON or wasn't given by name.
    """
    from .models import JobState  # models load after this module

    arguments = _plain(args, kwargs)
    actor = current_actor()
    with transaction.atomic():
        result = kind.get_backend().enqueue(kind, (), arguments)
        JobState.objects.create(
            task_id=result.id,
            name=kind.job_name,
            label=kind.label,
            asked_by_id=actor.user_id,
            asked_by_name=actor.name if actor.user_id is not None else "",
            one_at_a_time=kind.one_at_a_time,
        )
        ring_workers()
        return find(result.id)


def ring_workers() -> None:
    """Tell the workers, when the transaction commits, that this trust may have work for them."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_notify(%s, '')", [JOBS_CHANNEL])


def _plain(args: tuple[object, ...], kwargs: Mapping[str, object]) -> dict[str, object]:
    if args:
        raise JobError("Give a job its arguments by name.", "job-arguments")
    try:
        return dict(normalize_json(kwargs))
    except (TypeError, ValueError) as error:
        raise JobError(f"A job's arguments must be plain JSON: {error}.", "job-arguments") from error
