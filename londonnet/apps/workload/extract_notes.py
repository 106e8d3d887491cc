"""What the report of a load says about workloads: what counted nothing, and what stayed behind."""

from collections.abc import Sequence
from datetime import date

from .selectors import contact_codes_without_points, stayed_behind

_MOST_NAMED = 20


def notes(day: date) -> list[str]:
    """Contact codes without points, and hours and reductions left in a team that their practitioner isn't in any more.

    Args:
        day: the day of the extract.
    """
    behind = [f"{one.name} in {one.team_name}" for one in stayed_behind(day)]
    return [*_codes(contact_codes_without_points()), *_behind(behind)]


def _codes(codes: dict[str, int]) -> list[str]:
    if not codes:
        return []
    told = _joined([f"{code} ({contacts:,})" for code, contacts in codes.items()])
    return [f"Contact codes that the weights don't know, with the number of contacts; they count 0 points: {told}."]


def _behind(people: Sequence[str]) -> list[str]:
    if not people:
        return []
    return [
        f"Hours or reductions stayed behind in a team that the extract doesn't name the practitioner in any more: "
        f"{_joined(people)}. Take them along on “What stayed behind”, under “Reductions”."
    ]


def _joined(texts: Sequence[str]) -> str:
    more = len(texts) - _MOST_NAMED
    return ", ".join(texts[:_MOST_NAMED]) + (f", and {more:,} more" if more > 0 else "")
