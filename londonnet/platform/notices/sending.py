"""Sending the messages of the outbox."""

from smtplib import SMTPException

from django.core.mail import EmailMessage
from django.utils import timezone

from londonnet.config.environment import ENV
from londonnet.platform.errors import LondonNetError
from londonnet.platform.jobs import Progress, job

from .models import OutboxMessage
from .smtp import server

UNSENT = "The mail server didn't take the message. It stays in the outbox, where administrators can read it."


class NotSent(LondonNetError):
    """The mail server didn't take a message."""

    status_code = 500

    def __init__(self) -> None:
        super().__init__(UNSENT, "not-sent")


@job(name="notices.send_message", label="Send a message")
def send_message(progress: Progress, *, message_id: int) -> dict[str, object]:
    """Send one message; one that is sent already isn't sent again.

    Raises:
        NotSent: the mail server can't be reached or refused it; why stands in the outbox.
    """
    message = OutboxMessage.objects.get(pk=message_id)
    if message.sent_at is None:
        deliver(message, ENV.smtp_url or "")
    return {"message": message.pk}


def deliver(message: OutboxMessage, url: str) -> None:
    """Give a message to the mail server at an address, and drop its words once it is taken.

    Raises:
        NotSent: the server can't be reached or refused it.
        BadSmtpUrl: the address isn't that of a mail server.
    """
    letter = EmailMessage(message.subject, message.body, ENV.mail_from, message.to.split(", "))
    try:
        server(url).send_messages([letter])
    except (OSError, SMTPException) as error:
        # The kind of error only: a server's answer may hold addresses.
        OutboxMessage.objects.filter(pk=message.pk).update(error=type(error).__name__)
        raise NotSent from error
    OutboxMessage.objects.filter(pk=message.pk).update(sent_at=timezone.now(), body="", error="")
