"""Emails about notices, written in the background."""

from londonnet.platform.jobs import Progress, job

from . import letters
from .models import Delivery


@job(name="notices.mail_at_once", label="Tell users by email at once", one_at_a_time=True)
def mail_at_once(progress: Progress) -> dict[str, object]:
    """Write to those who chose an email at once and have something new."""
    return {"letters": letters.write_waiting(Delivery.AT_ONCE)}


@job(name="notices.mail_daily", label="Tell users by email once a day", one_at_a_time=True)
def mail_daily(progress: Progress) -> dict[str, object]:
    """Write to those who chose one email a day and have something unread."""
    return {"letters": letters.write_waiting(Delivery.DAILY)}
