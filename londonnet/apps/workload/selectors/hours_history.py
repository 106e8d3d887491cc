"""The contracted hours of a practitioner-in-team, those that were replaced too."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from londonnet.apps.workload.models import ContractedHours


@dataclass(frozen=True, slots=True)
class HoursState:
    """Contracted hours for a period, and the change that they came by; `is_in_force` unless they were replaced."""

    hours: Decimal
    first_day: date
    last_day: date | None
    is_in_force: bool
    act: str
    done_by: str
    done_at: datetime
    why: str


def hours_history(place_id: int) -> tuple[HoursState, ...]:
    """Every period of somebody's contracted hours: those in force first, the latest first. One query."""
    periods = ContractedHours.objects.filter(place_id=place_id).select_related("loaded_by")
    states = [
        HoursState(
            one.hours,
            one.first_day,
            one.last_day,
            one.superseded_by_id is None,
            one.loaded_by.act,
            one.loaded_by.done_by,
            one.loaded_by.loaded_at,
            one.loaded_by.why,
        )
        for one in periods.order_by("-first_day", "-id")
    ]
    return tuple(sorted(states, key=lambda state: not state.is_in_force))
