"""Sums that were kept before posts were told from practitioners, made anew: until then a history looks the posts up."""

from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from django.db import transaction

from londonnet.apps.workload.models import ALL_GRADES, DailySum
from londonnet.platform.audit import Event, record

from .keeping import keep_sums_and_weeks
from .turns import take_turn

if TYPE_CHECKING:
    from django.db.models import QuerySet

_WEEK: Final = timedelta(days=7)


def latest_before() -> date | None:
    """The latest day whose sums don't tell posts from practitioners; None where all do. One query."""
    return _before().order_by("-day").values_list("day", flat=True).first()


@transaction.atomic
def tell_posts_apart() -> bool:
    """Make the sums of such days anew, those of a week at a time, so that others needn't wait long for their turn.

    No figure changes by it: looked up or summed, posts are the same. One event with a count.

    Returns:
        Whether there were any.
    """
    take_turn()
    latest = latest_before()
    if latest is None:
        return False
    days = list(_before().filter(day__gt=latest - _WEEK).values_list("day", flat=True))
    keep_sums_and_weeks(days)
    record(
        Event(
            kind="workload.posts_told_apart",
            subject_type="day",
            subject_id=latest.isoformat(),
            after={"days": len(days)},
        )
    )
    return True


def _before() -> "QuerySet[DailySum]":
    return DailySum.objects.filter(level="trust", unit_id=0, grade=ALL_GRADES, posts=None)
