"""Background work and schedules: jobs are rows in their trust's own database, enqueued in the caller's transaction."""

from .enqueueing import enqueue
from .kinds import JobKind, job
from .progress import Progress
from .selectors import Job, find

__all__ = ["Job", "JobKind", "Progress", "enqueue", "find", "job"]
