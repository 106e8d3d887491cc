"""Everything of one level that somebody may see."""

from collections.abc import Iterator
from typing import Final

from londonnet.platform.access.policy import Place, Reach

from .organisations import organisation_rows
from .practitioners import practitioner_rows
from .rows import EVERYWHERE, ORGANISATION_LEVELS, Moment, OrganisationLevel, OrganisationRow, PractitionerRow, Within

_DEPTH: Final = {level: depth for depth, level in enumerate(ORGANISATION_LEVELS)}


def practitioner_rows_reached(
    reach: Reach, within: Within = EVERYWHERE, *, run: Moment | None = None
) -> list[PractitionerRow]:
    """The figures of all practitioners-in-team of a part that are within reach, by team and then by name. One query."""
    return [
        row
        for row in practitioner_rows(within, run=run)
        if reach.covers(Place(row.om_key, row.team_code, row.pdu_code, row.region_code))
    ]


def organisation_rows_reached(
    level: OrganisationLevel, reach: Reach, *, run: Moment | None = None
) -> list[OrganisationRow]:
    """The figures of all teams, PDUs or regions that lie whole within reach, by name.

    A query for each region, PDU and team that the reach names: a handful, as roles are given.
    """
    rows = {row.code: row for part in _parts(level, reach) for row in organisation_rows(level, part, run=run)}
    return sorted(rows.values(), key=lambda row: (row.name, row.code))


def _parts(level: OrganisationLevel, reach: Reach) -> Iterator[Within]:
    if reach.everything:
        yield EVERYWHERE
        return
    named: tuple[tuple[OrganisationLevel, frozenset[str]], ...] = (
        ("region", reach.region_codes),
        ("pdu", reach.pdu_codes),
        ("team", reach.team_codes),
    )
    for holder, codes in named:
        if _DEPTH[holder] <= _DEPTH[level]:
            yield from (Within(holder, code) for code in sorted(codes))
