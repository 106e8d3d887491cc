"""Cases of a place by tier and location, and by grade, as the page prints them: counts with their percentages."""

from collections.abc import Container, Iterable
from dataclasses import dataclass
from typing import Final

from londonnet.apps.caseload.models import Location
from londonnet.apps.caseload.tiers import UNTIERED as UNTIERED_CASES
from londonnet.apps.organisation.grades import grade_name
from londonnet.apps.workload.selectors.caseloads import SUSPENDED, Held
from londonnet.apps.workload.selectors.numbers import Numbers, NumbersRow
from londonnet.apps.workload.selectors.people import NO_GRADE
from londonnet.apps.workload.tiers import TIERS, UNTIERED, tier_name

from .numbers_columns import percentage
from .numbers_lines import Behind

PARTS: Final = ("Tier A", "Tier B", "Tier C", "Tier D", "Suspended (S)", "No tier")
"""What a caseload is made of, in the order of the bars."""
_ASKED: Final = {"a": "A", "b": "B", "c": "C", "d": "D", "suspended": "S", "untiered": UNTIERED_CASES}
"""The same as the numbers are called, and as the list of cases is asked for them."""
_USUAL: Final = TIERS[:16]
_EVERY_TIER: Final = range(33)


@dataclass(frozen=True, slots=True)
class Share:
    """A count, how much of the whole it is in percent, and the list behind it."""

    count: int
    percent: float | None
    url: str = ""


@dataclass(frozen=True, slots=True)
class GridLine:
    """A row of shares; `is_total` marks the sum."""

    name: str
    shares: tuple[Share, ...]
    is_total: bool = False


@dataclass(frozen=True, slots=True)
class Grids:
    """The caseload of a place: all its cases, those in transition to adulthood, and the list behind them."""

    cases: Held
    t2a: Held
    behind: Behind

    def by_location(self) -> tuple[GridLine, ...]:
        """A line for each tier, suspended ones together, untiered ones apart, then all; in percent of all cases."""
        return (
            *(self._tiers(tier_name(tier), (tier,), tier=tier_name(tier)) for tier in _USUAL),
            self._tiers("Suspended (S)", SUSPENDED, tier="S"),
            self._tiers("No tier", (UNTIERED,), tier=UNTIERED_CASES),
            self._tiers("All", _EVERY_TIER, is_total=True),
        )

    def suspended(self) -> tuple[GridLine, ...]:
        """A line for each suspended tier of which there is a case."""
        there = [tier for tier in SUSPENDED if self.cases.of((tier,))]
        return tuple(self._tiers(tier_name(tier), (tier,), tier=tier_name(tier)) for tier in there)

    def _tiers(self, name: str, tiers: Container[int], *, is_total: bool = False, **narrowed: str) -> GridLine:
        every = self.cases.of(_EVERY_TIER)
        leads = is_total or bool(narrowed)
        shares = [
            _share(self.cases.of(tiers, place), every, self._url(leads, location=place.name.lower(), **narrowed))
            for place in Location
        ]
        shares.append(_share(self.cases.of(tiers), every, self._url(leads, **narrowed)))
        young = self.t2a.of(tiers)
        url = self._url(leads, t2a="yes", active="yes", **narrowed) if young else ""
        return GridLine(name, (*shares, Share(young, None, url)), is_total)

    def _url(self, leads: bool, **narrowed: str) -> str:
        return self.behind.url(**narrowed) if leads else ""


def by_grade(found: Numbers, behind: Behind) -> tuple[GridLine, ...]:
    """A line for each grade, in percent of its own cases, then all."""
    lines = [
        _grade(grade_name(row.code), row, found, behind.also(("grade", row.code or NO_GRADE))) for row in found.grades
    ]
    return (*lines, _grade("All grades", found.together, found, behind, is_total=True))


def bars(lines: Iterable[GridLine]) -> list[tuple[str, list[int]]]:
    """The lines by grade as a picture of stacked bars wants them."""
    return [(line.name, [share.count for share in line.shares[: len(PARTS)]]) for line in lines]


def _grade(name: str, row: NumbersRow, found: Numbers, behind: Behind, *, is_total: bool = False) -> GridLine:
    own = row.numbers["cases"]
    shares = [_share(row.numbers[key], own, behind.url(tier=tier)) for key, tier in _ASKED.items()]
    shares.append(_share(own, found.together.numbers["cases"], behind.url()))
    young = row.numbers["t2a"]
    url = behind.url(t2a="yes", active="yes") if young else ""
    return GridLine(name, (*shares, Share(young, None, url)), is_total)


def _share(count: int, of: int, url: str = "") -> Share:
    return Share(count, percentage(count, of), url if count else "")
