"""Cases of a place by tier and location, and by grade, as the page prints them: counts with their percentages."""

from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from londonnet.apps.caseload.models import Location
from londonnet.apps.caseload.tiers import UNTIERED as UNTIERED_CASES
from londonnet.apps.organisation.grades import GRADE_NAMES, grade_name
from londonnet.apps.workload.selectors.caseloads import LETTERS, SUSPENDED, Held
from londonnet.apps.workload.selectors.people import NO_GRADE
from londonnet.apps.workload.tiers import TIERS, UNTIERED, tier_name

from .numbers_columns import percentage
from .numbers_lines import Behind

PARTS: Final[tuple[tuple[str, Sequence[int]], ...]] = (
    *((f"Tier {letter.upper()}", tiers) for letter, tiers in LETTERS.items()),
    ("Suspended (S)", SUSPENDED),
    ("No tier", (UNTIERED,)),
)
"""What a caseload is made of, in the order of the bars."""
_ASKED: Final = ("A", "B", "C", "D", "S", UNTIERED_CASES)
"""How the list of cases is asked for the same."""
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

    def by_grade(self) -> tuple[GridLine, ...]:
        """A line for each grade, in percent of its own cases, then all."""
        there = self.cases.grades
        grades = [*(grade for grade in GRADE_NAMES if grade in there), *sorted(there - set(GRADE_NAMES))]
        return (*(self._grade(grade_name(grade), grade) for grade in grades), self._grade("All grades", None))

    def _tiers(self, name: str, tiers: Container[int], *, is_total: bool = False, **narrowed: str) -> GridLine:
        every = self.cases.of(_EVERY_TIER)
        leads = is_total or bool(narrowed)
        shares = [
            _share(
                self.cases.of(tiers, location=place), every, self._url(leads, location=place.name.lower(), **narrowed)
            )
            for place in Location
        ]
        shares.append(_share(self.cases.of(tiers), every, self._url(leads, **narrowed)))
        return GridLine(name, (*shares, Share(self.t2a.of(tiers), None)), is_total)

    def _grade(self, name: str, grade: str | None) -> GridLine:
        own = self.cases.of(_EVERY_TIER, grade=grade)
        narrowed = {} if grade is None else {"grade": grade or NO_GRADE}
        shares = [
            _share(self.cases.of(tiers, grade=grade), own, self._url(True, **narrowed, tier=tier))
            for (_, tiers), tier in zip(PARTS, _ASKED, strict=True)
        ]
        shares.append(_share(own, self.cases.of(_EVERY_TIER), self._url(True, **narrowed)))
        return GridLine(name, (*shares, Share(self.t2a.of(_EVERY_TIER, grade=grade), None)), grade is None)

    def _url(self, leads: bool, **narrowed: str) -> str:
        return self.behind.url(**narrowed) if leads else ""


def bars(lines: Iterable[GridLine]) -> list[tuple[str, list[int]]]:
    """The lines by grade as a picture of stacked bars wants them."""
    return [(line.name, [share.count for share in line.shares[: len(PARTS)]]) for line in lines]


def _share(count: int, of: int, url: str = "") -> Share:
    return Share(count, percentage(count, of), url if count else "")
