"""The watched folder: a file that is left there is taken in by itself."""

import time
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from django.db import transaction

from londonnet.platform.trusts import files

from . import services

STILL_SECONDS = 5
"""A file that was written to within these seconds may still be on its way."""


def inbox() -> Path:
    """The folder of the current trust that is watched."""
    return files.folder("inbox")


def take_in(*, now: datetime | None = None) -> int:
    """Take in every workbook that lies still in the watched folder; answers how many.

    Args:
        now: the moment to judge stillness by; the present if none is given.
    """
    moment = (now or datetime.now(UTC)).timestamp() if now else time.time()
    taken = 0
    for path in sorted(inbox().glob("*.xlsx")):
        if path.is_symlink() or moment - path.stat().st_mtime < STILL_SECONDS:
            continue
        with transaction.atomic():
            services.receive_and_enqueue(path, name=path.name, came_by="folder")
            # Not before: if anything is rolled back yet, the sender's file is the only one there is.
            transaction.on_commit(partial(path.unlink, missing_ok=True))
        taken += 1
    return taken
