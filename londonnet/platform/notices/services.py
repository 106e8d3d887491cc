"""Every write of notices.

A notice follows from an event that stands in the trail already, so neither sending nor reading one makes an entry.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from londonnet.platform.access.models import User
from londonnet.platform.audit import Event, record, wake
from londonnet.platform.errors import LondonNetError
from londonnet.platform.jobs import enqueue

from . import kinds, selectors
from .models import Delivery, Notice, NoticeChoice
from .recipients import recipients
from .topics import topic_of

KEPT_DAYS = 90
_MAILED = (Delivery.AT_ONCE, Delivery.DAILY)


class BadNoticeUrl(LondonNetError):
    """A notice would lead away from the trust's own site."""

    status_code = 500

    def __init__(self) -> None:
        super().__init__("A notice leads to a page of this site: its url begins with one slash.", "bad-notice-url")


@transaction.atomic
def notify(*, kind: str, users: Iterable[int], title: str, text: str = "", url: str = "", once_key: str = "") -> int:
    """Tell users something, in the caller's transaction, as each of them chose; answers how many were told.

    Whoever may not have this kind (any more), isn't active, or switched it off gets nothing. It takes a fixed number
    of statements, however many users there are.

    Args:
        kind: the name of a kind that an application offers by the hook ``notice_kinds``.
        users: their numbers, for example from ``access.selectors.users_with``.
        title: one line, seen in the product only.
        text: what else there is to say, seen in the product only.
        url: the page that it leads to, a path of this site.
        once_key: what it is about: a user isn't told twice of the same kind and key.

    Raises:
        NoticeKindUnknown: no application offers that kind.
        BadNoticeUrl: the url isn't a path of this site.
    """
    if url and not _is_own_page(url):
        raise BadNoticeUrl
    offered = kinds.kind_called(kind)
    told = recipients(offered, users, once_key) if offered else {}
    if told:
        said = {"kind": kind, "title": title, "text": text, "url": url, "once_key": once_key}
        rows = [Notice(user_id=pk, mail=way if way in _MAILED else "", **said) for pk, way in told.items()]
        # Somebody else may be telling them the same at this moment.
        Notice.objects.bulk_create(rows, ignore_conflicts=bool(once_key))
        _mail_at_once(told.values())
        wake(tuple(topic_of(pk) for pk in told))
    return len(told)


@transaction.atomic
def open_notice(*, user: User, pk: int, now: datetime | None = None) -> Notice | None:
    """Mark a notice of a user's as read, and answer it; None if they have no such notice."""
    found = selectors.notice(user, pk)
    if found is not None and found.read_at is None:
        _read(user, Notice.objects.filter(pk=pk), now)
    return found


@transaction.atomic
def mark_all_read(*, user: User, now: datetime | None = None) -> int:
    """Mark all of a user's notices as read; answers how many weren't yet."""
    return _read(user, Notice.objects.filter(user=user), now)


@transaction.atomic
def mark_seen(*, user: User, kind: str, once_key: str) -> int:
    """Mark what a user was told about one thing as read, since they look at the thing itself."""
    return _read(user, Notice.objects.filter(user=user, kind=kind, once_key=once_key))


@transaction.atomic
def save_choices(*, user: User, chosen: Mapping[str, Delivery]) -> None:
    """Keep how a user wants their kinds of notice, by name; kinds that they may not have are left out."""
    before = selectors.choices_of(user)
    offered = {kind.name: kinds.deliveries(kind) for kind in kinds.kinds_for(user)}
    new = {name: way for name, way in chosen.items() if way in offered.get(name, ()) and before[name] != way}
    if not new:
        return
    rows = [NoticeChoice(user=user, kind=name, delivery=way) for name, way in new.items()]
    NoticeChoice.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["user", "kind"], update_fields=["delivery"]
    )
    old = {name: before[name].value for name in new}
    after = {name: way.value for name, way in new.items()}
    record(Event("notices.choices_saved", "user", str(user.pk), before=old, after=after))


def clear_away(now: datetime | None = None) -> int:
    """Delete the trust's notices that are older than 90 days; answers how many."""
    before = (now or timezone.now()) - timedelta(days=KEPT_DAYS)
    return Notice.objects.filter(created_at__lt=before).delete()[0]


def _read(user: User, notices: "selectors.Notices", now: datetime | None = None) -> int:
    changed = notices.filter(read_at=None).update(read_at=now or timezone.now())
    if changed:
        wake((topic_of(user.pk),))
    return changed


def _mail_at_once(ways: Iterable[Delivery]) -> None:
    from .jobs import mail_at_once

    if Delivery.AT_ONCE in ways:
        enqueue(mail_at_once)


def _is_own_page(url: str) -> bool:
    return url.startswith("/") and not url.startswith(("//", "/\\"))
