"""Every read of the outbox."""

from dataclasses import dataclass

from django.db.models import QuerySet

from .models import OutboxMessage

PAGE = 50


@dataclass(frozen=True, slots=True)
class OutboxPage:
    """A page of messages, the newest first; ``older`` is where the next page begins, None on the last."""

    rows: tuple[OutboxMessage, ...]
    older: int | None


def unsent(before: int | None = None) -> OutboxPage:
    """Messages that wait or couldn't be sent; one query."""
    found: QuerySet[OutboxMessage] = OutboxMessage.objects.filter(sent_at=None).order_by("-pk")
    if before is not None:
        found = found.filter(pk__lt=before)
    rows = list(found[: PAGE + 1])
    return OutboxPage(tuple(rows[:PAGE]), rows[PAGE - 1].pk if len(rows) > PAGE else None)


def message(pk: int) -> OutboxMessage | None:
    """A message that isn't sent yet, or None."""
    return OutboxMessage.objects.filter(pk=pk, sent_at=None).first()
