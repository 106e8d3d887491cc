"""Every read of notices, and of the outbox."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q, QuerySet

from londonnet.platform.access.models import User
from londonnet.platform.registry import NoticeKind

from . import kinds
from .models import Delivery, Notice, NoticeChoice, OutboxMessage

PAGE = 50
MOST_COUNTED = 100
Notices = QuerySet[Notice]


@dataclass(frozen=True, slots=True)
class NoticeLine:
    """A notice in a list."""

    pk: int
    label: str
    title: str
    text: str
    url: str
    created_at: datetime
    is_read: bool


@dataclass(frozen=True, slots=True)
class NoticesPage:
    """One page of a user's notices, the newest first, and how many there are."""

    rows: tuple[NoticeLine, ...]
    page: int
    pages: int
    total: int
    unread: int


@dataclass(frozen=True, slots=True)
class KindChoice:
    """A kind that a user may have, how they have it, and the ways in which they could."""

    kind: NoticeKind
    delivery: Delivery
    deliveries: tuple[Delivery, ...]


def of_user(user: User) -> Notices:
    """A user's notices of the kinds that they may have now."""
    return Notice.objects.filter(user=user, kind__in=[kind.name for kind in kinds.kinds_for(user)])


def notice(user: User, pk: int) -> Notice | None:
    """A user's notice of that number, or None."""
    return of_user(user).filter(pk=pk).first()


def unread_count(user: User) -> int:
    """How many notices a user hasn't read, counted up to a hundred; one query."""
    return of_user(user).filter(read_at=None).order_by()[:MOST_COUNTED].count()


def newest_unread(user: User, most: int = 5) -> tuple[NoticeLine, ...]:
    """The newest notices that a user hasn't read; one query."""
    return _lines(user, of_user(user).filter(read_at=None).order_by("-pk")[:most])


def notices_page(user: User, page: int = 1) -> NoticesPage:
    """One page of a user's notices; two queries."""
    found = of_user(user)
    counts = found.aggregate(total=Count("pk"), unread=Count("pk", filter=Q(read_at=None)))
    pages = max(1, -(-counts["total"] // PAGE))
    shown = min(max(page, 1), pages)
    rows = _lines(user, found.order_by("-pk")[(shown - 1) * PAGE : shown * PAGE])
    return NoticesPage(rows, shown, pages, counts["total"], counts["unread"])


def is_anything_to_mail(delivery: Delivery) -> bool:
    """Whether anybody has notices that wait to be mailed in that way; one query."""
    return Notice.objects.filter(mail=delivery).exists()


def kind_choices(user: User) -> tuple[KindChoice, ...]:
    """The kinds that a user may have, with what they chose; one query."""
    chosen = choices_of(user)
    offered = kinds.kinds_for(user)
    return tuple(KindChoice(kind, chosen[kind.name], tuple(kinds.deliveries(kind))) for kind in offered)


def choices_of(user: User) -> dict[str, Delivery]:
    """How a user has each kind that they may have, by its name; one query."""
    usual = {kind.name: kinds.usual_delivery(kind) for kind in kinds.kinds_for(user)}
    chosen = NoticeChoice.objects.filter(user=user, kind__in=usual).values_list("kind", "delivery")
    return {**usual, **{kind: Delivery(delivery) for kind, delivery in chosen}}


def _lines(user: User, found: Notices) -> tuple[NoticeLine, ...]:
    labels = {kind.name: kind.label for kind in kinds.kinds_for(user)}
    return tuple(
        NoticeLine(row.pk, labels[row.kind], row.title, row.text, row.url, row.created_at, row.read_at is not None)
        for row in found
    )


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
