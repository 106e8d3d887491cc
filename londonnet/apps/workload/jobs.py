"""What this application does in the background."""

import secrets
from collections.abc import Collection, Iterable
from pathlib import Path
from typing import Any

from django.db import transaction

from londonnet.apps.workload import addresses
from londonnet.platform.jobs import Job, Progress, enqueue, job
from londonnet.platform.trusts import files


@job(name="workload.tell_who_is_over", label="Tell who is above 110%")
def tell_who_is_over(progress: Progress, *, place_ids: list[int]) -> None:
    """Tell managers and the people themselves."""
    from .services.telling import tell_who_is_over as tell

    tell(place_ids=place_ids)


@job(name="workload.tell_four_weeks_over", label="Tell who has been above 110% for four weeks", one_at_a_time=True)
def tell_four_weeks_over(progress: Progress) -> None:
    """Tell managers and the people themselves."""
    from .services.telling import tell_who_is_over_for_weeks

    tell_who_is_over_for_weeks()


@job(name="workload.tell_expiring", label="Tell whose reductions end soon", one_at_a_time=True)
def tell_expiring(progress: Progress) -> None:
    """Tell managers and the people themselves."""
    from .services.telling_expiring import tell_of_expiring_reductions

    tell_of_expiring_reductions()


@job(
    name="workload.tell_posts_apart",
    label="Count practitioners and posts of earlier days apart",
    heavy=True,
    one_at_a_time=True,
)
def tell_posts_apart(progress: Progress) -> None:
    """Week by week, until all days are done."""
    from .services.posts_apart import tell_posts_apart as tell

    while tell():
        pass


@job(
    name="workload.load_history",
    label="Load another tool’s history",
    heavy=True,
    one_at_a_time=True,
    ends_in_a_notice=True,
)
def load_history(progress: Progress, *, stored_as: str, name: str, sent_by: int) -> dict[str, Any]:
    """Load a file that was sent; the result says where its report is. What it held goes then."""
    from .errors import FileRefused
    from .services import receive_history

    path = history_file(stored_as)
    try:
        file = receive_history(content=path.read_bytes(), name=name, sent_by=sent_by, say=progress.say)
    except FileRefused:
        path.unlink()
        raise
    path.unlink()
    return {"result_url": addresses.history_file(file.pk), "file": file.pk}


def ask_to_load_history(*, pieces: Iterable[bytes], name: str, sent_by: int) -> Job:
    """Keep a file of another tool's history until its turn, and have it loaded.

    Args:
        pieces: the file, piece by piece.
        name: what it is called; nothing where it has no name.
        sent_by: number of the user.
    """
    stored_as = f"{secrets.token_hex(16)}.csv"
    place = history_file(stored_as)
    place.touch(mode=0o600)
    with place.open("wb") as waiting:
        waiting.writelines(pieces)
    with transaction.atomic():
        return enqueue(load_history, stored_as=stored_as, name=(name or "history.csv")[:200], sent_by=sent_by)


def history_file(stored_as: str) -> Path:
    """Where a file waits for its turn."""
    from .services.files import WAITING

    return files.folder(WAITING) / stored_as


def ask_to_tell(place_ids: Collection[int]) -> None:
    """Have it told, after the caller's transaction, that these have come above 110%. Nobody: nothing."""
    if place_ids:
        enqueue(tell_who_is_over, place_ids=sorted(place_ids))


def ask_to_tell_of_four_weeks() -> None:
    """Have it told whose fourth week is full."""
    enqueue(tell_four_weeks_over)


def ask_to_tell_of_expiring() -> None:
    """Have it told whose reductions end soon."""
    enqueue(tell_expiring)


def ask_to_tell_posts_apart() -> None:
    """Have days that were kept before an upgrade summed anew; once they are, nothing is asked any more."""
    from .services.posts_apart import latest_before

    if latest_before():
        enqueue(tell_posts_apart)
