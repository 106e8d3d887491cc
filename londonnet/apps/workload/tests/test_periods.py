"""What a later file changes, what it leaves alone, and that nothing is lost."""

from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from londonnet.apps.workload.periods import (
    HeldReduction,
    HoursPeriod,
    ReductionPeriod,
    hours_change,
    least_hours,
    reductions_change,
)

FIRST = date(2026, 1, 1)
COURT, SPLIT = 1, 2


def day(number: int) -> date:
    return FIRST + timedelta(days=number)


def period(hours: int, first: int, last: int | None) -> HoursPeriod:
    return HoursPeriod(1, Decimal(hours), day(first), None if last is None else day(last))


def reduction(
    hours: int, first: int = 0, last: int | None = None, *, reason: int = COURT, notes: str = ""
) -> ReductionPeriod:
    return ReductionPeriod(1, reason, Decimal(hours), day(first), None if last is None else day(last), notes)


@st.composite
def timelines(draw: st.DrawFn) -> list[HoursPeriod]:
    """Periods of one person that don't overlap; the last may go on."""
    bounds = sorted(draw(st.sets(st.integers(0, 40), max_size=8)))
    made = [period(draw(st.integers(0, 37)), bounds[at], bounds[at + 1]) for at in range(0, len(bounds) - 1, 2)]
    goes_on: bool = draw(st.booleans())
    if made and goes_on:
        made[-1] = period(int(made[-1].hours), (made[-1].first_day - FIRST).days, None)
    return made


def hours_on(periods: list[HoursPeriod], at: date) -> list[Decimal]:
    return [one.hours for one in periods if one.first_day <= at and (one.last_day is None or at <= one.last_day)]


@given(held=timelines(), arriving=timelines())
def test_on_every_day_the_later_file_wins_where_it_says_something_and_the_earlier_stands_elsewhere(
    held: list[HoursPeriod], arriving: list[HoursPeriod]
) -> None:
    change = hours_change(dict(enumerate(held)), arriving)
    left = [one for number, one in enumerate(held) if number not in change.superseded] + list(change.added)
    for number in range(60):
        wanted = hours_on(arriving, day(number)) or hours_on(held, day(number))
        assert hours_on(left, day(number)) == wanted


@given(held=timelines(), arriving=timelines())
def test_the_same_file_again_changes_nothing(held: list[HoursPeriod], arriving: list[HoursPeriod]) -> None:
    change = hours_change(dict(enumerate(held)), arriving)
    left = [one for number, one in enumerate(held) if number not in change.superseded] + list(change.added)
    again = hours_change(dict(enumerate(left)), arriving)
    assert again.superseded == ()
    assert again.added == ()
    assert again.standing == len(arriving)


def test_hours_that_change_in_september_hold_before_september_as_they_were() -> None:
    change = hours_change({7: period(37, 0, None)}, [period(30, 200, None)])
    assert change.superseded == (7,)
    assert set(change.added) == {period(30, 200, None), period(37, 0, 199)}


def test_hours_of_somebody_else_are_left_alone() -> None:
    other = HoursPeriod(2, Decimal(37), FIRST, None)
    change = hours_change({7: other}, [period(30, 0, None)])
    assert change.superseded == ()
    assert change.added == (period(30, 0, None),)


def held(*reductions: ReductionPeriod, deleted: bool = False) -> dict[int, HeldReduction]:
    return {number: HeldReduction(one, deleted) for number, one in enumerate(reductions)}


def test_a_reduction_replaces_the_one_that_begins_on_the_same_day_for_the_same_reason() -> None:
    change = reductions_change(held(reduction(3), reduction(2, reason=SPLIT)), [reduction(4)])
    assert change.superseded == (0,)
    assert change.added == (reduction(4),)


def test_two_reductions_of_one_file_for_one_reason_stand_beside_each_other() -> None:
    file = [reduction(3), reduction(4)]
    assert reductions_change({}, file).added == tuple(file)
    again = reductions_change(held(*file), file)
    assert (again.superseded, again.added, again.standing) == ((), (), 2)


def test_one_of_two_is_replaced_where_the_file_says_the_other_again() -> None:
    change = reductions_change(held(reduction(3), reduction(4)), [reduction(3), reduction(5)])
    assert change.superseded == (1,)
    assert change.added == (reduction(5),)
    assert change.standing == 1


def test_new_notes_replace_the_old_ones() -> None:
    change = reductions_change(held(reduction(3, notes="old")), [reduction(3, notes="new")])
    assert change.superseded == (0,)
    assert change.added == (reduction(3, notes="new"),)


def test_what_was_deleted_by_hand_stays_deleted() -> None:
    change = reductions_change(held(reduction(3), deleted=True), [reduction(3)])
    assert (change.superseded, change.added, change.standing) == ((), (), 1)


def test_the_least_hours_of_a_period_bound_a_reduction() -> None:
    own = [period(37, 0, 99), period(18, 100, None)]

    def least(first: int, last: int | None, own: list[HoursPeriod] = own) -> Decimal | None:
        until = None if last is None else day(last)
        return least_hours(own, default_hours=Decimal(30), first_day=day(first), last_day=until)

    assert least(0, 99) == 37
    assert least(0, 100) == 18
    assert least(50, None) == 18
    assert least(0, 10, []) == 30
    assert least_hours([], default_hours=None, first_day=FIRST, last_day=None) is None
