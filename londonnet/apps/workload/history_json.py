"""Figures over time as programs read them: the same from the command line and from the API."""

from collections.abc import Sequence
from typing import Any

from .selectors.excess import ExcessRow
from .selectors.history import HistoryRow


def history_json(row: HistoryRow) -> dict[str, Any]:
    """The figures of one day, week or month."""
    of_place = {"code": row.code, "name": row.name, "grade": row.grade}
    of_practitioner = {"om_key": row.code, "team_code": row.team_code, "grade": row.grade}
    return {
        "period": row.period.isoformat(),
        "days": row.days,
        **(of_practitioner if row.team_code else of_place),
        **{column: float(row.a_day(column)) for column in row.sums},
        "capacity": row.capacity,
    }


def trend_json(key: tuple[str, str], capacity: Sequence[float | None]) -> dict[str, Any]:
    """The capacity of each of some weeks, the oldest first.

    Args:
        key: a practitioner's om_key and team, or the code of a place and nothing.
        capacity: unrounded; None where there is none.
    """
    code, team_code = key
    return {"code": code, "team_code": team_code, "capacity": list(capacity)}


def excess_json(row: ExcessRow) -> dict[str, Any]:
    """One spell above a threshold."""
    of_place = {"code": row.code, "name": row.name}
    return {
        **({"om_key": row.code, "name": row.name, "team_code": row.team_code} if row.team_code else of_place),
        "first_day": row.spell.first_day.isoformat(),
        "last_day": row.spell.last_day.isoformat(),
        "days": row.spell.days,
        "weeks": row.spell.weeks,
        "highest": row.spell.highest,
        "goes_on": row.goes_on,
        "capacity_now": row.now,
    }
