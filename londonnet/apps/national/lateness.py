"""Telling those who may send the workbook that it is late."""

from datetime import datetime

from londonnet.platform.access.policy import TRUST_WIDE
from londonnet.platform.access.selectors import users_with
from londonnet.platform.notices.services import notify
from londonnet.platform.ui.formatting import date as in_words

from .selectors import late_extract

EXTRACT_LATE = "national.extract_late"


def tell_if_late(now: datetime | None = None) -> None:
    """Tell them once for each extract that no newer one has followed in time.

    Args:
        now: the present, if another is meant.
    """
    late = late_extract(now)
    if late is None:
        return
    day = in_words(late.datestamp)
    notify(
        kind=EXTRACT_LATE,
        users=users_with("national.load", TRUST_WIDE),
        title=f"No national extract since that of {day}",
        text="Figures stay as at that day until the next one is loaded. If you have it, send it here.",
        url="/national",
        once_key=late.datestamp.isoformat(),
    )
