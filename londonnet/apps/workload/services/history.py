"""After midnight: the day that has ended is kept, and so are days that went by with nobody to keep them."""

from datetime import date, timedelta
from typing import Final

import structlog
from django.db import transaction
from django.utils import timezone

from londonnet.apps.workload.selectors import figures_in_force

from .keeping import keep_day
from .recompute import recompute
from .turns import take_turn

log = structlog.get_logger("londonnet.workload")
MOST_MISSED_DAYS: Final = 31
"""After a longer stand-still only the last days are worked out and kept: older ones would be guesswork."""

_DAY: Final = timedelta(days=1)


@transaction.atomic
def keep_days_that_ended(*, today: date | None = None) -> None:
    """After midnight in London: keep the day that has ended, and work the figures out for the new one.

    Days that went by with nobody to keep them are worked out and kept too, each with its own hours, reductions and
    weights, the last 31 of them. Should keeping fail, the new day has its figures all the same.

    Args:
        today: the new day; today in London if none is given.
    """
    take_turn()
    in_force = figures_in_force()
    today = today or timezone.localdate()
    if in_force is None or in_force.day == today:
        return
    try:
        with transaction.atomic():
            _keep_until(today, in_force.day)
    except Exception:
        log.exception("days that ended weren't kept", since=in_force.day.isoformat())
    recompute(reason="A new day", day=today)


def _keep_until(today: date, in_force: date) -> None:
    if in_force < today:
        keep_day()
    missed = max(in_force + _DAY, today - MOST_MISSED_DAYS * _DAY)
    while missed < today:
        recompute(reason="A day that was missed", day=missed)
        keep_day()
        missed += _DAY
