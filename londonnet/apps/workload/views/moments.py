"""The moment that a page is about: now, or `?as_at=31/10/2026`, a day that is kept."""

from dataclasses import dataclass
from datetime import date
from typing import Final
from urllib.parse import urlencode

from django.http import HttpRequest
from django.utils import timezone

from londonnet.apps.workload import selectors
from londonnet.apps.workload.csv_rows import parse_day
from londonnet.apps.workload.selectors import FiguresInForce
from londonnet.platform.ui import formatting

from .ranges import written

_DAY: Final = "Enter a date like 1/4/2026."


@dataclass(frozen=True, slots=True)
class Moment:
    """What a page shows.

    Attributes:
        figures: the run in force, or a kept day; None while there are none at all.
        typed: the day as it stands in the field.
        problem: why the day asked for can't be shown; the figures are then those of now.
        kept: the parameters that the page was asked with beside the day.
    """

    figures: FiguresInForce | None
    typed: str
    problem: str
    kept: tuple[tuple[str, str], ...]

    @property
    def day(self) -> date | None:
        """The kept day that is shown; None for now."""
        return self.figures.kept_day if self.figures else None

    @property
    def now_query(self) -> str:
        """The query of the same page as it is now."""
        return f"?{urlencode(self.kept)}" if self.kept else "?"


def moment_of(request: HttpRequest) -> Moment:
    """The moment that a page is asked for. At most two queries."""
    kept = tuple(
        (key, value)
        for key, values in request.GET.lists()
        if key not in ("as_at", "page", "fragment", "format")
        for value in values
    )
    typed = request.GET.get("as_at", "").strip()
    day = parse_day(typed)
    if day is not None and day < timezone.localdate():
        figures = selectors.figures_as_at(day)
        if figures is not None:
            return Moment(figures, written(day), "", kept)
    return Moment(selectors.figures_in_force(), typed[:20], _problem(typed, day), kept)


def _problem(typed: str, day: date | None) -> str:
    if typed and day is None:
        return _DAY
    if day is None or day >= timezone.localdate():
        return ""
    return f"No figures are kept for {formatting.date(day)}."
