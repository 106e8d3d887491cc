"""What a new file of hours or reductions changes in what is held already.

The later file wins, and nothing is lost: what it replaces is kept as superseded, and where it replaces only some
of a period's days the others go on as they were.
"""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Generic, TypeVar

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class HoursPeriod:
    """Contracted hours a week of a practitioner-in-team; `last_day` is None where they go on."""

    place_id: int
    hours: Decimal
    first_day: date
    last_day: date | None


@dataclass(frozen=True, slots=True)
class ReductionPeriod:
    """A reduction of a practitioner-in-team's hours; `last_day` is None where it goes on."""

    place_id: int
    reason_id: int
    hours: Decimal
    first_day: date
    last_day: date | None
    notes: str

    @property
    def identity(self) -> tuple[int, int, Decimal, date, date | None]:
        """What makes it the same reduction as another: all but the notes."""
        return self.place_id, self.reason_id, self.hours, self.first_day, self.last_day

    @property
    def replaces(self) -> tuple[int, int, date]:
        """A new reduction replaces one that begins on the same day for the same reason."""
        return self.place_id, self.reason_id, self.first_day


@dataclass(frozen=True, slots=True)
class HeldReduction:
    """A reduction that is held; one that was deleted by hand stays deleted, whatever a file says."""

    period: ReductionPeriod
    deleted: bool


Period = TypeVar("Period")


@dataclass(frozen=True, slots=True)
class Change(Generic[Period]):
    """What a file changes.

    Attributes:
        superseded: numbers of the rows that it replaces.
        added: the rows that stand instead: its own, and what is left of those that it replaces in part.
        standing: how many of its rows are held already and change nothing.
    """

    superseded: tuple[int, ...]
    added: tuple[Period, ...]
    standing: int


def hours_change(held: Mapping[int, HoursPeriod], arriving: Iterable[HoursPeriod]) -> Change[HoursPeriod]:
    """What these hours change.

    Args:
        held: the periods in force, by their number; those of one practitioner-in-team don't overlap.
        arriving: those of the file; neither do these.
    """
    known = set(held.values())
    arriving = tuple(arriving)
    new = [period for period in arriving if period not in known]
    of_place: dict[int, list[HoursPeriod]] = defaultdict(list)
    for period in sorted(new, key=_first):
        of_place[period.place_id].append(period)
    cuts = {number: _touching(period, of_place.get(period.place_id, ())) for number, period in held.items()}
    superseded = tuple(number for number, touching in cuts.items() if touching)
    left = [part for number in superseded for part in _without(held[number], cuts[number])]
    return Change(superseded, (*new, *left), len(arriving) - len(new))


def reductions_change(
    held: Mapping[int, HeldReduction], arriving: Iterable[ReductionPeriod]
) -> Change[ReductionPeriod]:
    """What these reductions change.

    Args:
        held: those in force, and those deleted by hand, by their number.
        arriving: those of the file; the very same one isn't among them twice.
    """
    arriving = tuple(arriving)
    kept = {one.period.identity: one for one in held.values()}
    new = [period for period in arriving if not _stands(kept.get(period.identity), period)]
    replaced = {period.replaces for period in new}
    said_again = {period.identity for period in arriving} - {period.identity for period in new}
    superseded = tuple(
        number
        for number, one in held.items()
        if not one.deleted and one.period.replaces in replaced and one.period.identity not in said_again
    )
    return Change(superseded, tuple(new), len(arriving) - len(new))


def least_hours(
    own: Iterable[HoursPeriod], *, default_hours: Decimal | None, first_day: date, last_day: date | None
) -> Decimal | None:
    """The fewest contracted hours on any day of a period: a reduction must fit into them.

    Args:
        own: the practitioner's own periods; days that none of them covers don't count where another is.
        default_hours: those of the grade, where no own period touches the days.
        first_day: the first day of the period.
        last_day: its last one; None where it goes on.
    """
    wanted = HoursPeriod(0, Decimal(0), first_day, last_day)
    return min((period.hours for period in own if _overlap(period, wanted)), default=default_hours)


def _stands(held: HeldReduction | None, arriving: ReductionPeriod) -> bool:
    return held is not None and (held.deleted or held.period.notes == arriving.notes)


def _overlap(one: HoursPeriod, other: HoursPeriod) -> bool:
    return one.first_day <= _last(other) and other.first_day <= _last(one)


def _first(period: HoursPeriod) -> date:
    return period.first_day


def _last(period: HoursPeriod) -> date:
    return period.last_day or date.max


def _touching(period: HoursPeriod, ordered: Sequence[HoursPeriod]) -> Sequence[HoursPeriod]:
    """Those that overlap a period, of some in order of days that don't overlap each other."""
    begin = bisect_left(ordered, period.first_day, key=_last)
    return ordered[begin : bisect_right(ordered, _last(period), key=_first)]


def _without(period: HoursPeriod, cuts: Sequence[HoursPeriod]) -> Iterator[HoursPeriod]:
    """The parts of a period that these, in order of days, don't touch."""
    begin, end = period.first_day, _last(period)
    for cut in cuts:
        if begin < cut.first_day:
            yield replace(period, first_day=begin, last_day=cut.first_day - _DAY)
        if cut.last_day is None or cut.last_day >= end:
            return
        begin = cut.last_day + _DAY
    yield replace(period, first_day=begin)
