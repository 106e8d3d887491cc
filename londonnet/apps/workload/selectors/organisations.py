"""The figures of teams, PDUs, regions and the trust, summed from those of everyone in them."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from django.db import connection

from londonnet.apps.workload.capacity import (
    BAND_FROM_PERCENT,
    BAND_TO_PERCENT,
    NO_CAPACITY_LEFT,
    NOT_MEASURED,
    Capacity,
    percent_of,
)
from londonnet.apps.workload.points import Points
from londonnet.platform.access.policy import Reach
from londonnet.platform.trusts import current_trust

from .rows import EVERYWHERE, Moment, OrganisationLevel, OrganisationName, OrganisationRow, Unallocated, Within
from .within import figures_of, parameters

_MEASURED: Final = "figure.available > 0 AND nobody.id IS NULL"
_WAITING: Final = "FILTER (WHERE nobody.id IS NOT NULL)"
_SUMS: Final = f"""
count(figure.place_id), coalesce(sum(figure.cases), 0)::bigint, coalesce(sum(figure.t2a_cases), 0)::bigint,
coalesce(sum(figure.points_cases), 0)::bigint, coalesce(sum(figure.points_t2a), 0),
coalesce(sum(figure.points_reports), 0)::bigint, coalesce(sum(figure.points_support), 0)::bigint,
coalesce(sum(figure.points_total), 0)::bigint,
coalesce(sum(figure.points_total) FILTER (WHERE figure.available = 0), 0)::bigint,
coalesce(sum(figure.points_total) FILTER (WHERE figure.available = 0 AND nobody.id IS NULL), 0)::bigint,
count(*) FILTER (WHERE figure.available = 0 AND nobody.id IS NULL), count(*) FILTER (WHERE figure.is_incomplete),
coalesce(sum(figure.available), 0)::bigint, coalesce(sum(figure.contracted_hours), 0),
coalesce(sum(figure.reduction_hours), 0),
count(*) FILTER (WHERE {_MEASURED} AND figure.points_total * 100 > figure.available * {BAND_TO_PERCENT}),
count(*) FILTER (WHERE {_MEASURED} AND figure.points_total * 100 < figure.available * {BAND_FROM_PERCENT}),
count(*) FILTER (WHERE figure.capacity_note = '{NO_CAPACITY_LEFT}' AND nobody.id IS NULL),
count(*) {_WAITING}, coalesce(sum(figure.cases) {_WAITING}, 0)::bigint,
coalesce(sum(figure.points_total) {_WAITING}, 0)::bigint
"""
_OF_LEVEL: Final[dict[OrganisationLevel, str]] = {
    level: f"SELECT {level}.code, {level}.name, {_SUMS} {{figures}} "
    f"GROUP BY {level}.id ORDER BY {level}.name, {level}.code"
    for level in ("region", "pdu", "team")
}
_OF_TRUST: Final = f"SELECT %(slug)s::text, %(name)s::text, {_SUMS} {{figures}}"

_NAMES: Final[dict[OrganisationLevel, str]] = {
    "region": "SELECT 'region', code, name FROM organisation_region WHERE code = %(code)s",
    "pdu": """
SELECT 'region', region.code, region.name, 'pdu', pdu.code, pdu.name
FROM organisation_pdu pdu JOIN organisation_region region ON region.id = pdu.region_id WHERE pdu.code = %(code)s
""",
    "team": """
SELECT 'region', region.code, region.name, 'pdu', pdu.code, pdu.name, 'team', team.code, team.name
FROM organisation_team team JOIN organisation_pdu pdu ON pdu.id = team.pdu_id
JOIN organisation_region region ON region.id = pdu.region_id WHERE team.code = %(code)s
""",
}


def organisation_rows(
    level: OrganisationLevel, within: Within = EVERYWHERE, *, run: Moment | None = None
) -> list[OrganisationRow]:
    """The figures of all regions, PDUs or teams in a part of the trust that have anyone in them, by name. One query.

    Args:
        level: what the rows are of; "trust" gives one row for all of the part.
        within: which part.
        run: number of the run, or a day that is kept; None for the run in force.
    """
    trust = current_trust()
    statement = _OF_TRUST if level == "trust" else _OF_LEVEL[level]
    with connection.cursor() as cursor:
        cursor.execute(
            statement.format(figures=figures_of(within, run)),
            parameters(within, run) | {"slug": trust.slug, "name": trust.name},
        )
        return [_row(level, *found) for found in cursor.fetchall()]


def organisation_row(level: OrganisationLevel, code: str, *, run: Moment | None = None) -> OrganisationRow | None:
    """The figures of one team, PDU, region or the trust (whose code is its slug); None where there is no such one.

    One with nobody in it has zeros. At most two queries.
    """
    trust = current_trust()
    if level == "trust":
        return organisation_rows("trust", run=run)[0] if code in (trust.slug, "") else None
    rows = organisation_rows(level, Within(level, code), run=run)
    if rows:
        return rows[0]
    names = ancestry(level, code)
    return _row(level, code, names[-1].name, *_NOBODY) if names else None


def rows_within_reach(reach: Reach, *, run: Moment | None = None) -> list[OrganisationRow]:
    """The figures of what somebody answers for: the trust, or their regions, PDUs and teams. At most three queries."""
    if reach.everything:
        return organisation_rows("trust", run=run)
    codes: Sequence[tuple[OrganisationLevel, frozenset[str]]] = (
        ("region", reach.region_codes),
        ("pdu", reach.pdu_codes),
        ("team", reach.team_codes),
    )
    return [row for level, wanted in codes if wanted for row in organisation_rows(level, run=run) if row.code in wanted]


def ancestry(level: OrganisationLevel, code: str) -> tuple[OrganisationName, ...]:
    """The way from the trust down to a place, the place itself last; empty where there is no such place. One query."""
    trust = current_trust()
    top = OrganisationName("trust", trust.slug, trust.name)
    if level == "trust":
        return (top,) if code in (trust.slug, "") else ()
    with connection.cursor() as cursor:
        cursor.execute(_NAMES[level], {"code": code})
        found = cursor.fetchone()
    if found is None:
        return ()
    return (top, *(OrganisationName(*found[start : start + 3]) for start in range(0, len(found), 3)))


_NOBODY: Final = (0, 0, 0, 0, Decimal(0), 0, 0, 0, 0, 0, 0, 0, 0, Decimal(0), Decimal(0), 0, 0, 0, 0, 0, 0)


def _row(
    level: OrganisationLevel,
    code: str,
    name: str,
    practitioners: int,
    cases: int,
    t2a_cases: int,
    points_cases: int,
    points_t2a: Decimal,
    points_reports: int,
    points_support: int,
    points_total: int,
    points_not_measured: int,
    points_of_people_not_measured: int,
    practitioners_not_measured: int,
    practitioners_incomplete: int,
    available: int,
    contracted_hours: Decimal,
    reduction_hours: Decimal,
    above: int,
    below: int,
    none_left: int,
    *unallocated: int,
) -> OrganisationRow:
    together = capacity_together(points_total, available, any_without_capacity_left=none_left > 0)
    return OrganisationRow(
        code,
        name,
        level,
        practitioners,
        cases,
        t2a_cases,
        Points(points_cases, points_t2a, points_reports, points_support, points_total),
        points_not_measured,
        points_of_people_not_measured,
        practitioners_not_measured,
        practitioners_incomplete,
        available,
        together.percent,
        together.note,
        contracted_hours,
        reduction_hours,
        above,
        below,
        none_left,
        Unallocated(*unallocated),
    )


def capacity_together(total: int, available: int, *, any_without_capacity_left: bool) -> Capacity:
    """The capacity of several people: the ratio of their sums; the same rule as `figures.roll_up`."""
    if available > 0:
        return Capacity(percent_of(total, available), None)
    return Capacity(None, NO_CAPACITY_LEFT if any_without_capacity_left else NOT_MEASURED)
