"""Who was above a threshold for so many consecutive weeks, and who is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Literal

from londonnet.apps.workload.capacity_years import Span
from londonnet.apps.workload.excess import Spell

from .excess_days import Excess, ExcessDays, days_of, names_of, shown_of
from .rows import EVERYWHERE, FiguresInForce, Level, Within

ExcessSort = Literal["lasting", "name", "team", "since", "until", "days", "highest", "now"]
Standing = Literal["still", "over"]
"""Which spells: those that go on, or those that are over."""


@dataclass(frozen=True, slots=True)
class ExcessRow:
    """One spell of a practitioner-in-team or a place.

    Attributes:
        code: the om_key of a practitioner, or the code of a place.
        team_code: a practitioner's team; empty for a place.
        spell: its first and last day within the range, and the highest capacity.
        goes_on: whether the last day of the range that there are figures for still belongs to it.
        began_before: whether it was so on the first day of the range already: it may have begun before.
        now: capacity at present, unrounded; None where there is none.
    """

    code: str
    name: str
    team_code: str
    team_name: str
    spell: Spell
    goes_on: bool
    began_before: bool
    now: float | None


@dataclass(frozen=True, slots=True)
class ExcessRows:
    """Some of the spells asked for, how many were asked for, and how many of all go on and are over."""

    rows: list[ExcessRow]
    total: int
    going_on: int
    over: int


def excess_rows(
    by: Level,
    within: Within = EVERYWHERE,
    *,
    asked: Excess,
    figures: FiguresInForce | None,
    only: Standing | None = None,
    sort: ExcessSort = "lasting",
    descending: bool = False,
    start: int = 0,
    size: int | None = None,
) -> ExcessRows:
    """Spells above a threshold, those that go on first and the longest first. At most four queries.

    Args:
        by: what the rows are of; nothing larger than `within`.
        within: which part of the trust.
        asked: threshold, weeks and range; compared exactly, day by day.
        figures: the run in force: its figures are today's, which count as a day of the range.
        only: those that go on, or those that are over; both if None.
        sort: what they are sorted by; those alike as without it.
        descending: the largest first. What isn't known stands last either way.
        start: how many are left out before the first one given.
        size: how many are given at most; all of them if None.

    Raises:
        WorkloadError: `by` is larger than `within`, or the threshold can't be told.
    """
    days = days_of(by, within, asked=asked, figures=figures)
    going_on, over = days.spans(asked)
    ordered = [] if only == "over" else sorted(going_on, key=_longest_first)
    end = None if size is None else start + size
    if only != "still" and (sort != "lasting" or end is None or end > len(ordered)):
        ordered += sorted(over, key=_longest_first)
    if sort != "lasting":
        ordered = _sorted(ordered, _values(by, sort, ordered, days), descending=descending)
    counted = {None: len(going_on) + len(over), "still": len(going_on), "over": len(over)}
    return ExcessRows(_rows(by, ordered[start:end], days, asked), counted[only], len(going_on), len(over))


def excess_count(by: Level, within: Within = EVERYWHERE, *, asked: Excess, figures: FiguresInForce | None) -> int:
    """How many spells go on at the end of a range. One query."""
    days = days_of(by, within, asked=asked, figures=figures)
    going_on, _ = days.spans(asked)
    return len(going_on)


def lately(today: date, *, weeks: int = 4, threshold: int = 110) -> Excess:
    """The question who is above at present: of a range that is just long enough to answer it."""
    monday = today - timedelta(days=today.weekday())
    return Excess(monday - timedelta(weeks=weeks + 1), today, weeks, threshold)


def _longest_first(span: Span) -> tuple[int, int]:
    begin, end = span
    return begin - end, begin


def _sorted(found: Sequence[Span], values: Sequence[Any], *, descending: bool) -> list[Span]:
    known = [at for at, value in enumerate(values) if value is not None]
    unknown = [span for span, value in zip(found, values, strict=True) if value is None]
    known.sort(key=values.__getitem__, reverse=descending)
    return [*(found[at] for at in known), *unknown]


def _values(by: Level, sort: ExcessSort, found: Sequence[Span], days: ExcessDays) -> list[Any]:
    """What each is sorted by."""
    match sort:
        case "since":
            return [begin % days.width for begin, _ in found]
        case "until":
            return [end % days.width for _, end in found]
        case "days":
            return [end - begin for begin, end in found]
        case "highest":
            return [highest for *_, highest in shown_of(by, days.stretches(found), days)]
    rows = [begin // days.width for begin, _ in found]
    if sort == "now":
        return [days.now(row) for row in rows]
    names = names_of(by, {days.units[row] for row in rows})
    folded = {number: both[sort == "team"].casefold() for number, both in names.items()}
    return [folded[days.units[row]] for row in rows]


def _rows(by: Level, found: Sequence[Span], days: ExcessDays, asked: Excess) -> list[ExcessRow]:
    shown = days.stretches(found)
    return [
        ExcessRow(
            code,
            name,
            team_code,
            team_name,
            Spell(days.day(one.first), days.day(one.last), highest),
            one.last == days.latest,
            days.day(one.first) <= asked.first,
            days.now(one.row),
        )
        for one, (code, name, team_code, team_name, highest) in zip(shown, shown_of(by, shown, days), strict=True)
    ]
