"""Doing one job that was taken up: in a slot's thread, or in a child process."""

import secrets
from collections.abc import Callable
from functools import partial

import structlog
from django.db import InterfaceError, OperationalError
from django_tasks.utils import normalize_json
from django_tasks_db.models import DBTaskResult

from londonnet.platform.audit import Actor, acting_as
from londonnet.platform.errors import LondonNetError
from londonnet.platform.trusts import Trust, trust_scope

from . import claims
from .claims import Claim
from .errors import JobTakenAway
from .kinds import as_kind
from .progress import Progress, WrittenProgress

log = structlog.get_logger("londonnet.jobs")

Ending = Callable[[], bool]


def run(trust: Trust, one: Claim) -> None:
    """Do a job in its trust and write how it ended.

    How it ended is written in a scope of its own: the job may have left its connection in any state.
    """
    progress = WrittenProgress(trust, one.task_id, one.attempt)
    try:
        with trust_scope(trust):
            ending = do(one, progress)
    finally:
        progress.close()
    with trust_scope(trust):
        if not ending():
            log.warning("job taken away", trust=trust.slug, job=one.name, id=str(one.task_id))


def do(one: Claim, progress: Progress) -> Ending:
    """Do a job in the trust that is entered; answers what is to be written of how it ended.

    A :class:`LondonNetError` is a final failure whose message people are shown; a database that went away gives the
    job back to be tried again; anything else is logged under a reference, and people are shown the reference.
    """
    try:
        return partial(claims.finish, one, _call(one, progress), progress)
    except (OperationalError, InterfaceError) as error:
        log.warning("job lost its database", job=one.name, id=str(one.task_id), error=type(error).__name__)
        return partial(claims.lose, one)
    except JobTakenAway:
        return partial(claims.lose, one)  # finds that it isn't ours any more
    except LondonNetError as error:
        return partial(claims.fail, one, error, error.message, error.code, progress)
    except Exception as error:
        return partial(claims.fail, one, error, _say_unforeseen(one), "unforeseen", progress)


def _call(one: Claim, progress: Progress) -> object:
    row = DBTaskResult.objects.select_related("state").get(pk=one.task_id)
    kind = as_kind(row.task)
    # What a job does is done by who asked for it; what a schedule began, by the job.
    with acting_as(Actor("job", row.state.asked_by_name or one.label, one.asked_by_id)):
        return normalize_json(kind.func(progress, **row.args_kwargs["kwargs"]))


def _say_unforeseen(one: Claim) -> str:
    """Log the error in hand under a new reference; answers what people are told."""
    reference = secrets.token_hex(4).upper()
    log.exception("job failed", reference=reference, job=one.name, id=str(one.task_id))
    return (
        f"Something went wrong, reference {reference}. Nothing half-done was kept. Tell the service desk the reference."
    )
