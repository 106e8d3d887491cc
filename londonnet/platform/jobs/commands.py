"""`londonnet worker` and `londonnet job …`."""

import gc
import json
import os
import sys

import click

from londonnet.config.environment import ENV
from londonnet.platform.embedded.commands import needs_database

from .selectors import Job


@click.command("worker")
@needs_database
def worker() -> None:
    """Do the background work of all trusts, until told to stop."""
    from londonnet.platform.trusts import registry

    from .worker.serving import Worker, serve

    gc.freeze()  # a full collection over everything that start-up made would hold every job up
    one = Worker(registry.all_trusts, light=ENV.worker_slots, heavy=ENV.worker_heavy_slots)
    if not serve(one, ENV.worker_grace_seconds):
        sys.stderr.flush()
        os._exit(0)  # a job that didn't end in time was given back; its thread mustn't hold the process


@click.group("job")
def job_group() -> None:
    """Background work."""


@job_group.command("list")
@click.option("--trust", "slug", required=True, help="The trust whose jobs to list.")
@click.option("--limit", default=50, show_default=True, type=click.IntRange(1, 1000))
@click.option("--json", "as_json", is_flag=True)
@needs_database
def list_jobs(slug: str, limit: int, as_json: bool) -> None:
    """List the latest jobs of a trust, the newest first."""
    from londonnet.platform.trusts import trust_scope

    from .selectors import recent

    with trust_scope(slug):
        jobs = recent(limit)
    if as_json:
        click.echo(json.dumps([as_plain(one) for one in jobs]))
        return
    for one in jobs:
        click.echo(f"{one.id}\t{one.state}\t{one.name}\t{one.error or one.stage}")


def as_plain(job: Job) -> dict[str, object]:
    """A job as JSON."""
    return {
        "id": str(job.id),
        "name": job.name,
        "label": job.label,
        "state": job.state,
        "stage": job.stage,
        "done": job.done,
        "total": job.total,
        "result": job.result,
        "error": job.error or None,
        "asked_at": job.asked_at.isoformat(),
        "finished_at": job.finished_at.isoformat() if job.finished_at else None,
    }


COMMANDS = [worker, job_group]
