"""Ten wrong passwords lock an account for a quarter of an hour; nobody can lock out those who have signed in before.

Attempts are counted for each email address, whether or not anybody has it, so that a lock tells nothing. Browsers
that have signed in to the account before are counted one by one, and apart from all unknown ones: somebody who tries
passwords for every address of a trust locks the door that they stand at, not the doors that staff use. Nothing is
counted by network address, since an office shares one. (OWASP, "Slow down online guessing attacks with device
cookies".)

An attempt is counted before its password is looked at, so that attempts sent at the same moment can't be more
than the number that is allowed.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import connection
from django.utils import timezone
from django.utils.crypto import salted_hmac

from londonnet.config.environment import ENV

from .models import SignInAttempts, normal_email

FORGOTTEN_AFTER = timedelta(hours=24)
UNKNOWN_BROWSER = ""

# One statement, so that two attempts at the same moment are two counts. A locked row isn't touched and isn't returned.
_COUNT = """
INSERT INTO access_signinattempts AS kept (address, browser, failures, last_at, locked_until)
VALUES (%(address)s, %(browser)s, 1, %(now)s, NULL)
ON CONFLICT (address, browser) DO UPDATE SET
    failures = CASE WHEN kept.locked_until IS NOT NULL OR kept.last_at < %(forgotten)s THEN 1
                    ELSE kept.failures + 1 END,
    locked_until = CASE WHEN kept.locked_until IS NULL AND kept.last_at >= %(forgotten)s
                             AND kept.failures + 1 >= %(allowed)s THEN %(until)s::timestamptz END,
    last_at = %(now)s
WHERE kept.locked_until IS NULL OR kept.locked_until <= %(now)s
RETURNING failures
"""


@dataclass(frozen=True, slots=True)
class Attempt:
    """An attempt that was let through to the password: which count it stands in, and whether it was the last."""

    address: str
    browser: str
    is_last: bool

    @property
    def browser_kind(self) -> str:
        """Whether the browser had signed in to this account before: ``known`` or ``unknown``."""
        return "unknown" if self.browser == UNKNOWN_BROWSER else "known"


def address_of(email: str) -> str:
    """What stands for an email address in the counts: a hash under the trust's own key."""
    return salted_hmac("londonnet.access.lock_out", normal_email(email), algorithm="sha256").hexdigest()


def begin(email: str, browser: str = UNKNOWN_BROWSER, *, now: datetime | None = None) -> Attempt | None:
    """Count an attempt before its password is looked at; None if the account is locked for that browser.

    Args:
        email: the email address that was typed, whoever's it is.
        browser: the nonce of a browser that has signed in to that account before.
        now: the moment of the attempt.
    """
    moment = now or timezone.now()
    address = address_of(email)
    given: dict[str, Any] = {
        "address": address,
        "browser": browser,
        "now": moment,
        "forgotten": moment - FORGOTTEN_AFTER,
        "until": moment + timedelta(minutes=ENV.lock_out_minutes),
        "allowed": ENV.lock_out_attempts,
    }
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, given)
        counted = cursor.fetchone()
    if counted is None:
        return None
    return Attempt(address, browser, is_last=counted[0] >= ENV.lock_out_attempts)


def succeeded(attempt: Attempt) -> None:
    """The password was right: that browser's count begins again. The counts of others stand."""
    SignInAttempts.objects.filter(address=attempt.address, browser=attempt.browser).delete()


def lift(email: str) -> int:
    """Forget all counts and locks of an address; answers how many there were."""
    return SignInAttempts.objects.filter(address=address_of(email)).delete()[0]


def locked_until(email: str, *, now: datetime | None = None) -> datetime | None:
    """When the longest lock of an address ends, or None if none is in force."""
    in_force = SignInAttempts.objects.filter(address=address_of(email), locked_until__gt=now or timezone.now())
    return in_force.order_by("-locked_until").values_list("locked_until", flat=True).first()


def forget_old(*, now: datetime | None = None) -> int:
    """Delete counts that have run out; answers how many."""
    return SignInAttempts.objects.filter(last_at__lt=(now or timezone.now()) - FORGOTTEN_AFTER).delete()[0]
