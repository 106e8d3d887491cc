"""Rows of lists as templates print them: each with the name it keeps when figures change, and where it leads."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from types import MappingProxyType

from londonnet.apps.workload import addresses
from londonnet.apps.workload.selectors import OrganisationRow, PractitionerRow
from londonnet.apps.workload.working import amount
from londonnet.platform.ui.formatting import NOT_KNOWN, whole


@dataclass(frozen=True, slots=True)
class PlaceLine:
    """A region, PDU or team in a list, and its cases for those who may see them."""

    key: str
    url: str
    row: OrganisationRow
    cases_url: str = ""


@dataclass(frozen=True, slots=True)
class PractitionerLine:
    """A practitioner-in-team in a list, and their cases for those who may see them."""

    key: str
    url: str
    team_url: str
    row: PractitionerRow
    trend: tuple[float | None, ...] = ()
    cases_url: str = ""


def hours_text(hours: Decimal | None) -> str:
    """Hours as people say them: 37, 18.5; a dash where there are none."""
    return NOT_KNOWN if hours is None else amount(hours)


def trend_text(trend: Iterable[float | None]) -> str:
    """How capacity went, for exports: "98% to 120%"; empty where it isn't known."""
    known = [value for value in trend if value is not None]
    return f"{whole(known[0])}% to {whole(known[-1])}%" if known else ""


def place_lines(
    rows: Iterable[OrganisationRow], day: date | None = None, *, with_cases: bool = False
) -> list[PlaceLine]:
    """Lines for places, in the order given.

    Args:
        rows: their figures.
        day: the kept day that these are of, and whose pages they lead to; None for now.
        with_cases: whether their cases may be seen.
    """
    return [
        PlaceLine(
            row.code,
            addresses.as_at(addresses.place(row.level, row.code), day),
            row,
            addresses.scored_cases(addresses.cases_in(row.level, row.code)) if with_cases and row.cases else "",
        )
        for row in rows
    ]


def practitioner_lines(
    rows: Iterable[PractitionerRow],
    day: date | None = None,
    trends: Mapping[tuple[str, str], tuple[float | None, ...]] = MappingProxyType({}),
    *,
    with_cases: bool = False,
) -> list[PractitionerLine]:
    """Lines for practitioners-in-team, in the order given.

    Args:
        rows: their figures.
        day: the kept day that these are of; None for now.
        trends: their capacity in the last weeks, where the list shows it.
        with_cases: whether their cases may be seen.
    """
    return [
        PractitionerLine(
            f"{row.om_key}-{row.team_code}",
            addresses.as_at(addresses.practitioner(row.om_key, row.team_code), day),
            addresses.as_at(addresses.place("team", row.team_code), day),
            row,
            trends.get((row.om_key, row.team_code), ()),
            addresses.scored_cases(addresses.cases(row.om_key, row.team_code)) if with_cases and row.cases else "",
        )
        for row in rows
    ]
