"""Cases by tier, location and grade: as numbers of practitioners and places, and as one grid of all together."""

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from django.db import connection

from londonnet.apps.caseload.models import Location, Sheet
from londonnet.apps.workload.tiers import TIER_KEYS, TIERS, UNTIERED

from .everyone import Everyone
from .numbers import Counted

LETTERS: Final = {letter: range(first, first + 4) for letter, first in zip("abcd", (1, 5, 9, 13), strict=True)}
"""The tiers of each letter, contact not suspended."""
SUSPENDED: Final = range(17, 33)
ALWAYS: Final = ("cases", *LETTERS, "suspended", "untiered", "community", "custody", "licence", "t2a")
"""The numbers that every row has; those of single tiers (`b2`) and cells (`custody-b2`) only where asked for."""


def _conditions() -> dict[str, str]:
    tiers = {name: f"tier = {tier}" for tier, name in zip(TIERS, TIER_KEYS, strict=True)}
    tiers |= {"suspended": f"tier >= {SUSPENDED[0]}", "untiered": f"tier = {UNTIERED}"}
    tiers |= {letter: f"tier BETWEEN {own[0]} AND {own[-1]}" for letter, own in LETTERS.items()}
    locations = {place.name.lower(): f"location = {place.value}" for place in Location}
    cells = {
        f"{location}-{tier}": f"{where} AND {tiers[tier]}"
        for location, where in locations.items()
        for tier in (*TIER_KEYS, "untiered")
    }
    return {"cases": "true", **tiers, **locations, **cells}


_CONDITIONS: Final = _conditions()
_NOW: Final = "caseload_casecount counted WHERE counted.snapshot_id = %(snapshot)s AND counted.sheet = ANY(%(sheets)s)"
_THEN: Final = f"""(
    SELECT {Sheet.FILTERED.value} AS sheet, place_id, location, tier, count FROM workload_monthtiers
    WHERE month_end = %(month_end)s
) counted WHERE true
"""  # noqa: S608  # our own SQL
_THERE: Final = "AND (%(location)s::integer IS NULL OR counted.location = %(location)s)"


_ROWS: Final = f"""
SELECT place_id, location, tier, CASE WHEN sheet = %(sheet)s THEN count ELSE 0 END AS held,
    CASE WHEN sheet = {Sheet.T2A.value} THEN count ELSE 0 END AS young
FROM {{source}} {_THERE} {{only}}
"""  # noqa: S608  # our own SQL
_OF_PEOPLE: Final = "SELECT place_id, {counts} FROM ({rows}) counted GROUP BY place_id"
_OF_PARTS: Final = """
SELECT min(place_id) AS place_id, {counts} FROM (
    SELECT {{part}}people.grade, location, tier, min(people.place_id) AS place_id, sum(held) AS held,
        sum(young) AS young
    FROM ({rows}) counted JOIN {{people}} ON people.place_id = counted.place_id
    GROUP BY {{part}}people.grade, location, tier
) people GROUP BY {{part}}people.grade
"""
"""Put together by tier and location before they are told apart: a tenth of the sums."""


def tiers_of(everyone: Everyone, sheet: Sheet, names: Iterable[str] = (), location: Location | None = None) -> Counted:
    """Cases by tier, of which the numbers of `ALWAYS` and those asked for.

    Args:
        everyone: whom it is about; at the end of a month only filtered counts are kept, and no T2A cases.
        sheet: filtered or all.
        names: further ones: `b2`, `b2s`, `custody-b2`.
        location: only there.
    """
    wanted = dict.fromkeys((*ALWAYS, *(name for name in names if name in _CONDITIONS)))
    rows = _ROWS.format(source=_NOW if everyone.month_end is None else _THEN, only="{only}")
    return Counted(
        _OF_PEOPLE.format(counts=_counts(wanted), rows=rows),
        {name: f'coalesce(sum(facts."{name}"), 0)::bigint' for name in wanted},
        _parameters(sheet, location),
        of_parts=_OF_PARTS.format(counts=_counts(wanted), rows=rows),
        sorting=lambda name: _OF_PEOPLE.format(counts=_counts([name]), rows=rows + _where(name)),
    )


def _where(name: str) -> str:
    """The only rows that a number is summed from."""
    return f"AND sheet = {Sheet.T2A.value}" if name == "t2a" else f"AND sheet = %(sheet)s AND {_CONDITIONS[name]}"


def _counts(names: Iterable[str]) -> str:
    return ", ".join(f'({_sum(name)})::integer AS "{name}"' for name in names)


def _sum(name: str) -> str:
    if name == "t2a":
        return "sum(young)"
    return "sum(held)" + ("" if name == "cases" else f" FILTER (WHERE {_CONDITIONS[name]})")


def _parameters(sheet: Sheet, location: Location | None) -> dict[str, int | list[int] | None]:
    return {
        "sheet": sheet.value,
        "sheets": [sheet.value, Sheet.T2A.value],
        "location": None if location is None else location.value,
    }


@dataclass(frozen=True, slots=True)
class Held:
    """Cases of a part of the trust, by location and tier."""

    counts: Mapping[tuple[int, int], int]

    def of(self, tiers: Container[int], location: int | None = None) -> int:
        """How many of these tiers there are, in a location or everywhere."""
        return sum(
            count
            for (its_location, tier), count in self.counts.items()
            if tier in tiers and location in (None, its_location)
        )


def held_by_tier(everyone: Everyone, sheet: Sheet, location: Location | None = None) -> tuple[Held, Held]:
    """All cases of a part of the trust, and those in transition to adulthood. One query."""
    source = _NOW if everyone.month_end is None else _THEN
    statement = f"""
WITH {everyone.people}
SELECT sheet, location, tier, sum(count)::bigint FROM {source} {_THERE} {everyone.only} GROUP BY sheet, location, tier
"""  # noqa: S608  # our own SQL
    with connection.cursor() as cursor:
        cursor.execute(statement, {**everyone.parameters, **_parameters(sheet, location)})
        rows = cursor.fetchall()
    cases = {(place, tier): count for kind, place, tier, count in rows if kind == sheet}
    return Held(cases), Held({(place, tier): count for kind, place, tier, count in rows if kind == Sheet.T2A})
