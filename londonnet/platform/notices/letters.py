"""The emails about notices: that there is one, of which kind, and where to sign in to see it. Never what it says."""

from collections import Counter
from itertools import groupby

from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string

from londonnet.platform.access.tokens import absolute
from londonnet.platform.registry import NoticeKind, enabled
from londonnet.platform.trusts import current_trust

from .models import Delivery, Notice


@transaction.atomic
def write_waiting(delivery: Delivery) -> int:
    """Write to everybody who has notices that wait to be mailed in that way, one email each; answers how many.

    What was read in the meantime isn't mailed any more.
    """
    waiting = Notice.objects.select_related("user").select_for_update(of=("self",)).filter(mail=delivery)
    notices = list(waiting.order_by("user_id", "pk"))
    Notice.objects.filter(pk__in=[one.pk for one in notices]).update(mail="")
    known = {kind.name: kind for manifest in enabled() for kind in manifest.hooks.notice_kinds()}
    unread = [one for one in notices if one.read_at is None and one.user.is_active and one.kind in known]
    letters = [list(own) for _, own in groupby(unread, key=lambda one: one.user_id)]
    for own in letters:
        _write(own, known)
    return len(letters)


def _write(notices: list[Notice], known: dict[str, NoticeKind]) -> None:
    labels = Counter(known[one.kind].label for one in notices)
    path = f"/notices/{notices[0].pk}" if len(notices) == 1 else "/notices"
    subject = f"LondonNet: {next(iter(labels))}" if len(labels) == 1 else f"LondonNet: {len(notices)} notices"
    context = {
        "user": notices[0].user,
        "labels": list(labels.items()),
        "count": len(notices),
        "link": absolute(path),
        "settings": absolute("/notices/settings"),
        "trust": current_trust().name,
    }
    send_mail(subject, render_to_string("notices/mail/notices.txt", context), None, [notices[0].user.email])
