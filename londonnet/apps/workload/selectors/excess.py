"""Who was above a threshold for so many consecutive weeks, and who is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Literal

from londonnet.apps.workload.capacity_years import Stretch
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
    found = days.stretches(asked)
    going_on = [one for one in found if one.last == days.latest]
    over = [one for one in found if one.last != days.latest]
    ordered = [] if only == "over" else sorted(going_on, key=_longest_first)
    end = None if size is None else start + size
    if only != "still" and (sort != "lasting" or end is None or end > len(ordered)):
        ordered += sorted(over, key=_longest_first)
    if sort != "lasting":
        ordered = _sorted(ordered, _values(by, sort, ordered, days), descending=descending)
    counted = {None: len(found), "still": len(going_on), "over": len(over)}
    return ExcessRows(_rows(by, ordered[start:end], days, asked), counted[only], len(going_on), len(over))


def excess_count(by: Level, within: Within = EVERYWHERE, *, asked: Excess, figures: FiguresInForce | None) -> int:
    """How many spells go on at the end of a range. One query."""
    days = days_of(by, within, asked=asked, figures=figures)
    return sum(one.last == days.latest for one in days.stretches(asked))


def lately(today: date, *, weeks: int = 4, threshold: int = 110) -> Excess:
    """The question who is above at present: of a range that is just long enough to answer it."""
    monday = today - timedelta(days=today.weekday())
    return Excess(monday - timedelta(weeks=weeks + 1), today, weeks, threshold)


def _longest_first(one: Stretch) -> tuple[int, int]:
    return one.first - one.last, one.row


def _sorted(found: list[Stretch], values: Mapping[Stretch, Any], *, descending: bool) -> list[Stretch]:
    known = [one for one in found if values[one] is not None]
    unknown = [one for one in found if values[one] is None]
    return [*sorted(known, key=values.__getitem__, reverse=descending), *unknown]


def _values(by: Level, sort: ExcessSort, found: list[Stretch], days: ExcessDays) -> dict[Stretch, Any]:
    """What each is sorted by."""
    match sort:
        case "since":
            return {one: one.first for one in found}
        case "until":
            return {one: one.last for one in found}
        case "days":
            return {one: one.days for one in found}
        case "now":
            return {one: days.now(one.row) for one in found}
        case "highest":
            return {one: highest for one, (*_, highest) in zip(found, shown_of(by, found, days), strict=True)}
        case _:
            names = names_of(by, {days.units[one.row] for one in found})
            return {one: names[days.units[one.row]][sort == "team"].casefold() for one in found}


def _rows(by: Level, shown: list[Stretch], days: ExcessDays, asked: Excess) -> list[ExcessRow]:
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
