"""The kinds of notice that the applications of the house send."""

from londonnet.platform.access import policy
from londonnet.platform.access.models import User
from londonnet.platform.errors import LondonNetError
from londonnet.platform.registry import NoticeKind, applications, enabled

from .models import Delivery


class NoticeKindUnknown(LondonNetError):
    """No application sends notices of that kind."""

    status_code = 500

    def __init__(self, name: str) -> None:
        super().__init__(f"No application offers notices of the kind {name!r}.", "notice-kind-unknown")


def kind_called(name: str) -> NoticeKind | None:
    """The kind of that name, or None where its application is switched off for this trust.

    Raises:
        NoticeKindUnknown: no application of the installation offers it.
    """
    for manifest in applications():
        for kind in manifest.hooks.notice_kinds():
            if kind.name == name:
                return kind if manifest in enabled() else None
    raise NoticeKindUnknown(name)


def kinds_for(user: User) -> list[NoticeKind]:
    """The kinds that a user may have, in the order of the applications. One query for each user object."""
    every = [kind for manifest in enabled() for kind in manifest.hooks.notice_kinds()]
    return [kind for kind in every if may_have(user, kind)]


def may_have(user: User, kind: NoticeKind) -> bool:
    """Whether a user may have notices of a kind at all."""
    return not kind.permission or policy.may(user, kind.permission)


def usual_delivery(kind: NoticeKind) -> Delivery:
    """How a kind comes to those who chose nothing."""
    for delivery in (Delivery.AT_ONCE, Delivery.DAILY, Delivery.PRODUCT):
        if delivery.value in kind.default_channels:
            return delivery
    return Delivery.OFF


def deliveries(kind: NoticeKind) -> list[Delivery]:
    """The ways in which a kind can be had."""
    return [one for one in Delivery if kind.can_be_mailed or one not in (Delivery.AT_ONCE, Delivery.DAILY)]
