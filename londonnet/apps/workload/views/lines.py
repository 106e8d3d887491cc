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
    """A region, PDU or team in a list."""

    key: str
    url: str
    row: OrganisationRow


@dataclass(frozen=True, slots=True)
class PractitionerLine:
    """A practitioner-in-team in a list."""

    key: str
    url: str
    team_url: str
    row: PractitionerRow
    trend: tuple[float | None, ...] = ()


def hours_text(hours: Decimal | None) -> str:
    """Hours as people say them: 37, 18.5; a dash where there are none."""
    return NOT_KNOWN if hours is None else amount(hours)


def trend_text(trend: Iterable[float | None]) -> str:
    """How capacity went, for exports: "98% to 120%"; empty where it isn't known."""
    known = [value for value in trend if value is not None]
    return f"{whole(known[0])}% to {whole(known[-1])}%" if known else ""


def place_lines(rows: Iterable[OrganisationRow], day: date | None = None) -> list[PlaceLine]:
    """Lines for places, in the order given; they lead to how these were on a kept day, if one is given."""
    return [PlaceLine(row.code, addresses.as_at(addresses.place(row.level, row.code), day), row) for row in rows]


def practitioner_lines(
    rows: Iterable[PractitionerRow],
    day: date | None = None,
    trends: Mapping[tuple[str, str], tuple[float | None, ...]] = MappingProxyType({}),
) -> list[PractitionerLine]:
    """Lines for practitioners-in-team, in the order given.

    Args:
        rows: their figures.
        day: the kept day that these are of; None for now.
        trends: their capacity in the last weeks, where the list shows it.
    """
    return [
        PractitionerLine(
            f"{row.om_key}-{row.team_code}",
            addresses.as_at(addresses.practitioner(row.om_key, row.team_code), day),
            addresses.as_at(addresses.place("team", row.team_code), day),
            row,
            trends.get((row.om_key, row.team_code), ()),
        )
        for row in rows
    ]
