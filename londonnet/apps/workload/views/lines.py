"""Rows of lists as templates print them: each with the name it keeps when figures change, and where it leads."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from londonnet.apps.workload import addresses
from londonnet.apps.workload.selectors import OrganisationRow, PractitionerRow
from londonnet.apps.workload.working import amount
from londonnet.platform.ui.formatting import NOT_KNOWN


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


def hours_text(hours: Decimal | None) -> str:
    """Hours as people say them: 37, 18.5; a dash where there are none."""
    return NOT_KNOWN if hours is None else amount(hours)


def place_lines(rows: Iterable[OrganisationRow]) -> list[PlaceLine]:
    """Lines for places, in the order given."""
    return [PlaceLine(row.code, addresses.place(row.level, row.code), row) for row in rows]


def practitioner_lines(rows: Iterable[PractitionerRow]) -> list[PractitionerLine]:
    """Lines for practitioners-in-team, in the order given."""
    return [
        PractitionerLine(
            f"{row.om_key}-{row.team_code}",
            addresses.practitioner(row.om_key, row.team_code),
            addresses.place("team", row.team_code),
            row,
        )
        for row in rows
    ]
