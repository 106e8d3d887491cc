"""A form sent twice does its work once."""

import uuid
from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from .models import SentForm

KEPT = timedelta(days=7)


def form_key() -> str:
    """A key for a form that is about to be shown; it comes back with the form."""
    return str(uuid.uuid4())


@transaction.atomic
def once(key: uuid.UUID, work: Callable[[], str]) -> str:
    """Do the work of a form unless the same form was sent before; answers where it led, then and now.

    The same form sent again while the first is at work waits for it. Work that raises leaves the key free.
    """
    sent, is_first = SentForm.objects.get_or_create(key=key)
    if is_first:
        sent.led_to = work()
        sent.save(update_fields=["led_to"])
    return sent.led_to


def forget_old(*, now: datetime | None = None) -> None:
    """Delete keys of forms that nobody will send again."""
    SentForm.objects.filter(sent_at__lt=(now or timezone.now()) - KEPT).delete()
