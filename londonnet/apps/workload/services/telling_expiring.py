"""Telling people whose reductions end soon: once when 30 days are left, and once when 7 are."""

from datetime import date
from typing import Final

from django.db import transaction
from django.utils import timezone

from londonnet.apps.workload import addresses
from londonnet.apps.workload.notice_kinds import REDUCTION_EXPIRING
from londonnet.apps.workload.selectors.expiring import EndingReduction, ending_reductions
from londonnet.platform.access.selectors import nearest_users_with, user_of_staff_key
from londonnet.platform.notices.services import notify
from londonnet.platform.ui.formatting import date as day_words
from londonnet.platform.ui.formatting import hours as hours_words

STAGES: Final = (7, 30)
_NIGHTS_MISSED: Final = 7
"""For so many days it is told late, where nothing ran at the time."""


@transaction.atomic
def tell_of_expiring_reductions(*, day: date | None = None) -> int:
    """Tell managers, and the people themselves, of reductions that end soon; answers how many reductions those are.

    Nobody is told twice of the same end. A reduction that is shorter than that from the start isn't told of.

    Args:
        day: the day to go by; today in London if none is given.
    """
    day = day or timezone.localdate()
    told = 0
    for days_left in STAGES:
        window = range(max(days_left - _NIGHTS_MISSED, 0), days_left + 1)
        for one in ending_reductions(day, window):
            if (one.last_day - one.first_day).days > days_left:
                _tell(one, days_left)
                told += 1
    return told


def _tell(one: EndingReduction, days_left: int) -> None:
    key = f"{one.place_id}:{one.reason_id}:{one.first_day}:{one.last_day}:{days_left}"
    words = f"{hours_words(one.hours)} hours a week. Change its end if it should last longer."
    ends = f"ends on {day_words(one.last_day)}"
    user = user_of_staff_key(one.om_key)
    notify(
        kind=REDUCTION_EXPIRING.name,
        users=[manager for manager in nearest_users_with("workload.hours", one.place) if manager != user],
        title=f"A reduction of {one.name} in {one.team_name} {ends}",
        text=words,
        url=addresses.reduction(one.number),
        once_key=key,
    )
    if user is not None:
        notify(
            kind=REDUCTION_EXPIRING.name,
            users=[user],
            title=f"A reduction of yours in {one.team_name} {ends}",
            text=f"{hours_words(one.hours)} hours a week. Ask your manager if it should go on.",
            url=addresses.reduction(one.number),
            once_key=key,
        )
