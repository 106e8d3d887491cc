"""Django's email backend of this house: messages go to the trust's outbox, and from there to the mail server."""

from collections.abc import Sequence

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction

from londonnet.config.environment import ENV
from londonnet.platform.jobs import enqueue

from .models import OutboxMessage
from .sending import send_message


class TrustMailBackend(BaseEmailBackend):
    """Keeps each message in the trust's outbox, in the caller's transaction; a job sends it if there's a mail server.

    So a page never waits for a mail server, takes as long for an address that nobody has, and a message that belongs
    to a change that was rolled back is never sent. With no mail server, administrators read the outbox.
    """

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Keep the messages; answers how many."""
        with transaction.atomic():
            for message in email_messages:
                _keep(message)
        return len(email_messages)


def _keep(message: EmailMessage) -> None:
    kept = OutboxMessage.objects.create(
        to=", ".join(message.recipients()), subject=str(message.subject)[:255], body=str(message.body)
    )
    if ENV.smtp_url:
        enqueue(send_message, message_id=kept.pk)
