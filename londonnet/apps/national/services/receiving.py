"""Taking a file in: it is kept, then loaded by a job."""

from collections.abc import Iterable
from pathlib import Path

from django.db import transaction

from londonnet.platform.audit import Event, record
from londonnet.platform.jobs import Job, enqueue

from .. import store
from ..models import ReceivedFile


def receive(source: Path | Iterable[bytes], *, name: str, came_by: str) -> ReceivedFile:
    """Keep a file that came in, and record that it did.

    Args:
        source: the file, or its content in pieces.
        name: as the sender called it.
        came_by: ``page``, ``command`` or ``folder``.
    """
    with transaction.atomic():
        file = store.keep(source, name=name, came_by=came_by)
        record(
            Event(
                kind="national.file_received",
                subject_type="national_file",
                subject_id=str(file.pk),
                after={"digest": file.digest, "bytes": file.size_bytes, "came_by": came_by},
            )
        )
    return file


def receive_and_enqueue(source: Path | Iterable[bytes], *, name: str, came_by: str, force: bool = False) -> Job:
    """Keep a file and have it loaded by a job, in one transaction.

    Args:
        source: the file, or its content in pieces.
        name: as the sender called it.
        came_by: ``page``, ``command`` or ``folder``.
        force: load it though it is older or much smaller than the extract in force.
    """
    from ..jobs import load_received

    with transaction.atomic():
        file = receive(source, name=name, came_by=came_by)
        return enqueue(load_received, file_id=file.pk, force=force)
