"""The form of a reduction as somebody sends it who has no script, and what is said to it."""

from datetime import date, timedelta
from typing import Any, Final

from django.utils import timezone

from londonnet.apps.workload.models import ReductionReason

KEY: Final = "00000000-0000-4000-8000-00000000000"


def reason(name: str = "Court Duty") -> int:
    """The number of a reason."""
    return ReductionReason.objects.get(short_name=name).pk


def words(day: date) -> str:
    """A day as people write it."""
    return f"{day.day}/{day.month}/{day.year}"


def typed(name: str = "Court Duty", **others: object) -> dict[str, Any]:
    """The form as somebody sends it who has no script."""
    first = timezone.localdate()
    return {
        "reason": reason(name),
        "hours": "7.4",
        "first_day": words(first),
        "last_day": words(first + timedelta(days=30)),
        "filled_for": reason(name),
        "last_day_was": words(first + timedelta(days=30)),
        "form_key": f"{KEY}1",
        "who": "N07A002/N07T01",
        **others,
    }


def text(answer: Any) -> str:
    """What an answer says, on one line."""
    return " ".join(answer.content.decode().split())
