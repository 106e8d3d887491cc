"""Received files in the trust's own folder."""

import hashlib
import secrets
import shutil
from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path

from django.db.models import Q
from django.utils import timezone

from londonnet.platform.trusts import files

from .models import Load, ReceivedFile

_FOLDER = "national"
_KEPT_LOADS = 2
"""The extract in force, and the one that can be put back."""
_LONGEST_WAIT = timedelta(days=7)


def keep(source: Path | Iterable[bytes], *, name: str, came_by: str) -> ReceivedFile:
    """Copy a file into the trust's folder and note that it came.

    Args:
        source: the file, or its content in pieces.
        name: as the sender called it.
        came_by: ``page``, ``command`` or ``folder``.
    """
    stored_as = f"{secrets.token_hex(16)}.xlsx"
    place = files.folder(_FOLDER) / stored_as
    place.touch(mode=0o600)
    if isinstance(source, Path):
        shutil.copyfile(source, place)
    else:
        with place.open("wb") as file:
            file.writelines(source)
    with place.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return ReceivedFile.objects.create(
        digest=digest, name=name[:255], stored_as=stored_as, size_bytes=place.stat().st_size, came_by=came_by
    )


def path_of(file: ReceivedFile) -> Path:
    """Where a received file's content lies."""
    return files.folder(_FOLDER) / file.stored_as


def quarantine_path(load: Load) -> Path:
    """Where a load's quarantine lies as a workbook; there is a file only while it can be mended."""
    return files.folder(_FOLDER) / f"quarantine-{load.pk}.xlsx"


def discard(file: ReceivedFile) -> None:
    """Remove the content of a file that changed nothing; the note that it came stays."""
    path_of(file).unlink(missing_ok=True)
    ReceivedFile.objects.filter(pk=file.pk).update(stored_as="")


def remove_old() -> int:
    """Remove the content of files that no load in reach needs; answers how many. Rows about them stay."""
    needed = set()
    kept = Load.objects.order_by("-id").select_related("file").prefetch_related("mended")[:_KEPT_LOADS]
    for load in kept:
        needed |= {load.file_id, *(mended.pk for mended in load.mended.all())}
    for path in set(files.folder(_FOLDER).glob("quarantine-*.xlsx")) - {quarantine_path(load) for load in kept}:
        path.unlink()
    # A file that became no load may still wait for its turn; a refused one isn't told from it, and goes later.
    is_done_with = (
        Q(pk__in=Load.objects.values("file"))
        | Q(pk__in=Load.mended.through.objects.values("receivedfile"))
        | Q(received_at__lt=timezone.now() - _LONGEST_WAIT)
    )
    old = list(ReceivedFile.objects.exclude(stored_as="").exclude(pk__in=needed).filter(is_done_with))
    for file in old:
        path_of(file).unlink(missing_ok=True)
    ReceivedFile.objects.filter(pk__in=[file.pk for file in old]).update(stored_as="")
    return len(old)
