"""The one event spine: what a service changes, it records once, inside its own transaction."""

import json
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import connection, transaction

from londonnet.platform.errors import LondonNetError

from .actors import current_actor

if TYPE_CHECKING:
    from .models import TrailEntry

LIVE_CHANNEL = "londonnet_live"
_NOTIFY_BYTES = 7000  # PostgreSQL refuses a payload of 8,000 bytes

Handler = Callable[["Event"], None]
_handlers: dict[str, list[Handler]] = defaultdict(list)


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened.

    Args:
        kind: ``<application>.<what happened>``, for example ``workload.hours_loaded``.
        subject_type: what kind of thing it happened to.
        subject_id: which one.
        about: identifier of the supervised person or victim concerned, if any.
        before: what changed, as it was; plain JSON.
        after: what changed, as it is now; plain JSON.
        why: the reason given, if any.
        topics: live topics whose open pages should look again; ids only, never personal data.
    """

    kind: str
    subject_type: str
    subject_id: str
    about: str = ""
    before: Mapping[str, Any] | None = None
    after: Mapping[str, Any] | None = None
    why: str = ""
    topics: tuple[str, ...] = ()


class OutsideTransaction(LondonNetError):
    """An event was recorded outside the transaction of the change that it tells of."""

    status_code = 500

    def __init__(self) -> None:
        super().__init__("An event is recorded inside the transaction of its change.", "outside-transaction")


def on(kind: str) -> Callable[[Handler], Handler]:
    """Have a function called, in the same transaction, for each event of that kind."""

    def add(handler: Handler) -> Handler:
        if handler not in _handlers[kind]:
            _handlers[kind].append(handler)
        return handler

    return add


def record(event: Event) -> "TrailEntry":
    """Write an event to the trail, tell the handlers of other applications, and wake open pages at commit.

    Raises:
        OutsideTransaction: there is no transaction that the event could share the fate of.
    """
    from .models import TrailEntry

    if not connection.in_atomic_block:
        raise OutsideTransaction
    actor = current_actor()
    entry = TrailEntry.objects.create(
        kind=event.kind,
        actor_kind=actor.kind,
        actor_id=actor.user_id,
        actor_name=actor.name,
        subject_type=event.subject_type,
        subject_id=event.subject_id,
        about=event.about,
        before=event.before,
        after=event.after,
        why=event.why,
        request_id=actor.request_id,
    )
    for handler in tuple(_handlers[event.kind]):
        handler(event)
    wake(event.topics)
    return entry


def wake(topics: tuple[str, ...]) -> None:
    """Tell open pages, when the transaction commits, that what they show under these topics has changed."""
    if not topics:
        return
    payload = json.dumps(sorted(set(topics)))
    if len(payload) > _NOTIFY_BYTES:
        payload = json.dumps(sorted({f"{topic.partition(':')[0]}:*" for topic in topics}))
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_notify(%s, %s)", [LIVE_CHANNEL, payload])


def consulted(subject_type: str, subject_id: str, *, about: str = "", why: str = "") -> None:
    """Record that the current actor looked at a person's record."""
    with transaction.atomic():
        record(Event(kind="audit.consulted", subject_type=subject_type, subject_id=subject_id, about=about, why=why))
