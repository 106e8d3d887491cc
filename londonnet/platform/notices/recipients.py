"""Who is told: those who may have a kind of notice, as each of them chose."""

from collections.abc import Iterable
from typing import Any, cast

from django.db.models import Exists, OuterRef, Subquery

from londonnet.platform.access.models import User
from londonnet.platform.registry import NoticeKind

from .kinds import may_have, usual_delivery
from .models import Delivery, Notice, NoticeChoice


def recipients(kind: NoticeKind, users: Iterable[int], once_key: str) -> dict[int, Delivery]:
    """How to tell each of the users who want it; without those who may not have it, or were told before. Two queries.

    Args:
        kind: the kind of notice.
        users: their numbers.
        once_key: what it is about, where nobody should be told twice.
    """
    choice = NoticeChoice.objects.filter(user=OuterRef("pk"), kind=kind.name).values("delivery")
    found = User.objects.filter(pk__in=set(users), is_active=True).annotate(chosen=Subquery(choice))
    if once_key:
        found = found.exclude(Exists(Notice.objects.filter(user=OuterRef("pk"), kind=kind.name, once_key=once_key)))
    may = (user for user in found.order_by("pk").prefetch_related("grants") if may_have(user, kind))
    wanted = {user.pk: _delivery(kind, cast(Any, user).chosen) for user in may}
    return {pk: delivery for pk, delivery in wanted.items() if delivery != Delivery.OFF}


def _delivery(kind: NoticeKind, chosen: str | None) -> Delivery:
    return Delivery(chosen) if chosen else usual_delivery(kind)
