"""Lines over days, with a band, ticks, gaps and events."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from .paths import Point, path, thinned
from .scales import DayTick, Number, Scale, Tick, apart, day_scale, day_ticks, value_scale, value_ticks

MOST_SERIES = 6
# How far apart labels at the lines' ends must stand, and flags on top, in hundredths of the plot.
_LABEL_GAP = 9.0
_FLAG_GAP = 9.0


@dataclass(frozen=True, slots=True)
class Series:
    """A named line: its value on each day; a day that isn't there, or is None, is a gap."""

    name: str
    values: Mapping[dt.date, Number | None] = field(default_factory=dict)

    @property
    def known(self) -> list[tuple[dt.date, Number]]:
        """Days with a value, in order."""
        return sorted((day, value) for day, value in self.values.items() if value is not None)


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened on a day and may explain the line: "Weights version 3"."""

    day: dt.date
    words: str


@dataclass(frozen=True, slots=True)
class Line:
    """One line as it is drawn; `number` (from 1) chooses its colour, its dashes and its letter."""

    name: str
    number: int
    path: str
    end: Point
    label_height: float
    known: list[tuple[dt.date, Number]]

    @property
    def letter(self) -> str:
        """What stands at its end where there is no room for its name."""
        return "ABCDEF"[self.number - 1]

    @property
    def first(self) -> tuple[dt.date, Number]:
        """The first day with a value."""
        return self.known[0]

    @property
    def last(self) -> tuple[dt.date, Number]:
        """The last day with a value."""
        return self.known[-1]

    @property
    def lowest(self) -> Number:
        """The lowest value."""
        return min(value for _, value in self.known)

    @property
    def highest(self) -> Number:
        """The highest value."""
        return max(value for _, value in self.known)


@dataclass(frozen=True, slots=True)
class Flag:
    """A mark for one event, or for several that stand too close; numbers count the events from 1."""

    label: str
    place: float
    stems: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class LineChart:
    """A whole chart; `band` is the top and height of the band, `rows` the numbers, a row a day."""

    lines: tuple[Line, ...]
    silent: tuple[str, ...]
    value_ticks: tuple[Tick, ...]
    day_ticks: tuple[DayTick, ...]
    band: tuple[float, float] | None
    flags: tuple[Flag, ...]
    events: tuple[Event, ...]
    rows: tuple[tuple[dt.date, tuple[Number | None, ...]], ...]


def line_chart(
    series: Sequence[Series],
    band: tuple[Number, Number] | None = None,
    events: Iterable[Event] = (),
    every: int = 1,
    from_zero: bool = False,
) -> LineChart | None:
    """A chart of up to six series; None where none has a value.

    Args:
        series: what is drawn, in the order of the legend.
        band: the lowest and highest value of a band to shade, which is then always in the picture.
        events: those outside the days shown are left out.
        every: days between two values (7 for weeks, 31 for months); a longer wait is a gap.
        from_zero: whether the axis begins at 0, as counts should.

    Raises:
        ValueError: more than six series, which nobody can tell apart.
    """
    if len(series) > MOST_SERIES:
        raise ValueError(f"A chart shows at most {MOST_SERIES} series, not {len(series)}.")
    drawn = [(number, one, one.known) for number, one in enumerate(series, 1) if one.known]
    if not drawn:
        return None
    across = day_scale(day for _, _, known in drawn for day, _ in known)
    up = value_scale(
        (value for _, _, known in drawn for _, value in known), (*(band or ()), *((0,) if from_zero else ()))
    )
    ends = [(across.place(known[-1][0].toordinal()), up.height(known[-1][1])) for _, _, known in drawn]
    heights = apart([height for _, height in ends], _LABEL_GAP)
    shown = _shown(events, across)
    return LineChart(
        lines=tuple(
            Line(one.name, number, _path(known, across, up, every), end, height, known)
            for (number, one, known), end, height in zip(drawn, ends, heights, strict=True)
        ),
        silent=tuple(one.name for one in series if not one.known),
        value_ticks=value_ticks(up),
        day_ticks=day_ticks(across),
        band=(up.height(band[1]), round(up.height(band[0]) - up.height(band[1]), 2)) if band else None,
        flags=_flags(shown, across),
        events=shown,
        rows=_rows(series),
    )


def runs(known: Sequence[tuple[dt.date, Number]], every: int = 1) -> list[list[tuple[dt.date, Number]]]:
    """Values cut where a day is missing: each run is drawn as a line of its own."""
    cut: list[list[tuple[dt.date, Number]]] = []
    for day, value in known:
        if cut and (day - cut[-1][-1][0]).days <= every:
            cut[-1].append((day, value))
        else:
            cut.append([(day, value)])
    return cut


def _path(known: Sequence[tuple[dt.date, Number]], across: Scale, up: Scale, every: int) -> str:
    placed = ([(across.place(day.toordinal()), up.height(value)) for day, value in run] for run in runs(known, every))
    return path(thinned(points) for points in placed)


def _shown(events: Iterable[Event], across: Scale) -> tuple[Event, ...]:
    inside = (event for event in events if across.low <= event.day.toordinal() <= across.high)
    return tuple(sorted(inside, key=lambda event: event.day))


def _flags(events: Sequence[Event], across: Scale) -> tuple[Flag, ...]:
    flags: list[tuple[int, list[float]]] = []
    for number, event in enumerate(events, 1):
        place = across.place(event.day.toordinal())
        if flags and place - flags[-1][1][0] < _FLAG_GAP:
            flags[-1][1].append(place)
        else:
            flags.append((number, [place]))
    return tuple(Flag(_numbers(first, len(stems)), stems[0], tuple(stems)) for first, stems in flags)


def _numbers(first: int, count: int) -> str:
    return str(first) if count == 1 else f"{first}–{first + count - 1}"


def _rows(series: Sequence[Series]) -> tuple[tuple[dt.date, tuple[Number | None, ...]], ...]:
    days = sorted({day for one in series for day in one.values})
    return tuple((day, tuple(one.values.get(day) for one in series)) for day in days)
