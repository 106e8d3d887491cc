"""The program of a child process: `python -m londonnet.platform.jobs.worker.one_job TRUST ATTEMPT JOB`.

Started by a worker's heavy slot for a job that the worker took up; of no use by hand, since only a taking of the job
that still stands is done. It loads the applications and no command, so that it starts soon.
"""

import os
import resource
import sys
from uuid import UUID

import django


def main(slug: str, attempt: int, job_id: UUID) -> None:
    """Do a job that a worker took up.

    Args:
        slug: the trust whose job it is.
        attempt: which taking of the job this is.
        job_id: the job.
    """
    from londonnet.platform.jobs import claims, running
    from londonnet.platform.trusts import registry, trust_scope

    trust = registry.by_slug(slug)
    with trust_scope(trust):
        one = claims.standing(job_id, attempt)
    if one is not None:
        running.run(trust, one)


def bound_memory() -> None:
    """A job that would eat the machine's memory (a hostile workbook can try) ends itself and nobody else."""
    from londonnet.config.environment import ENV

    most = ENV.heavy_job_megabytes * 1_048_576
    _, hard = resource.getrlimit(resource.RLIMIT_DATA)
    if hard == resource.RLIM_INFINITY or hard > most:
        resource.setrlimit(resource.RLIMIT_DATA, (most, hard))


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "londonnet.config.settings")
    from londonnet.platform.jobs.worker.lifeline import die_with_worker

    die_with_worker()
    bound_memory()
    django.setup()
    main(sys.argv[1], int(sys.argv[2]), UUID(sys.argv[3]))
