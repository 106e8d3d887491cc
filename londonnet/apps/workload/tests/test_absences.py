"""When somebody whose reductions take all their hours has hours again."""

from datetime import date
from decimal import Decimal

from londonnet.apps.workload.absences import Spell, hours_again_on

TODAY = date(2026, 11, 20)
FULL = Decimal(37)


def again(*spells: Spell) -> date | None:
    """The first day with hours, of somebody with full hours."""
    return hours_again_on(FULL, spells, on=TODAY)


def test_the_day_after_the_last_one_away() -> None:
    assert again(Spell(FULL, date(2026, 11, 1), date(2027, 3, 2))) == date(2027, 3, 3)


def test_an_absence_that_follows_at_once_counts_too() -> None:
    first = Spell(FULL, date(2026, 11, 1), date(2026, 12, 31))
    assert again(first, Spell(FULL, date(2027, 1, 1), date(2027, 1, 31))) == date(2027, 2, 1)


def test_two_that_take_all_hours_together_leave_some_when_one_ends() -> None:
    half = Decimal("18.5")
    assert again(Spell(half, TODAY, date(2026, 11, 25)), Spell(half, TODAY)) == date(2026, 11, 26)


def test_without_a_last_day_no_day_is_known() -> None:
    assert again(Spell(FULL, TODAY)) is None


def test_somebody_with_hours_left_has_them_today() -> None:
    assert again(Spell(Decimal(10), TODAY)) == TODAY
