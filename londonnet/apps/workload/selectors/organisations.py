"""The figures of teams, PDUs, regions and the trust, summed from those of everyone in them."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any, Final

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

from .practitioner_sql import NOBODYS_NUMBERS
from .rows import EVERYWHERE, Moment, OrganisationLevel, OrganisationName, OrganisationRow, Unallocated, Within
from .within import figures_of, parameters

_ABOVE: Final = f"figure.available > 0 AND figure.points_total * 100 > figure.available * {BAND_TO_PERCENT}"
_BELOW: Final = f"figure.available > 0 AND figure.points_total * 100 < figure.available * {BAND_FROM_PERCENT}"
_STANDING: Final = f"""
coalesce(sum(figure.points_total) FILTER (WHERE figure.available = 0), 0)::bigint,
count(*) FILTER (WHERE figure.available = 0), count(*) FILTER (WHERE {_ABOVE}), count(*) FILTER (WHERE {_BELOW}),
count(*) FILTER (WHERE figure.capacity_note = '{NO_CAPACITY_LEFT}')
"""
_SUMS: Final = f"""
count(figure.place_id), coalesce(sum(figure.cases), 0)::bigint, coalesce(sum(figure.t2a_cases), 0)::bigint,
coalesce(sum(figure.points_cases), 0)::bigint, coalesce(sum(figure.points_t2a), 0),
coalesce(sum(figure.points_reports), 0)::bigint, coalesce(sum(figure.points_support), 0)::bigint,
coalesce(sum(figure.points_total), 0)::bigint, count(*) FILTER (WHERE figure.is_incomplete),
coalesce(sum(figure.available), 0)::bigint, coalesce(sum(figure.contracted_hours), 0),
coalesce(sum(figure.reduction_hours), 0), {_STANDING}
"""
_POSTS: Final = "count(*), sum(figure.cases)::bigint, sum(figure.points_total)::bigint"
_CODES: Final[dict[OrganisationLevel, tuple[str, str]]] = {
    "trust": ("%(slug)s::text", "%(name)s::text"),
    **{level: (f"{level}.code", f"{level}.name") for level in ("region", "pdu", "team")},
}


def _statement(level: OrganisationLevel, figures: str) -> str:
    """Everybody's sums, and beside them those of the few posts that stand for nobody, which are looked up alone."""
    code, name = _CODES[level]
    by = f"GROUP BY {level}.id" if level != "trust" else ""
    return f"""
SELECT everybody.*, posts.* FROM (SELECT {code} AS code, {name} AS name, {_SUMS} {figures} {by}) everybody
LEFT JOIN (
    SELECT {code} AS code, {_POSTS}, {_STANDING} {figures} AND figure.place_id = ANY(ARRAY({NOBODYS_NUMBERS}))
    {by or "HAVING count(*) > 0"}
) posts ON posts.code = everybody.code
ORDER BY everybody.name, everybody.code
"""  # noqa: S608  # our own SQL


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
    with connection.cursor() as cursor:
        cursor.execute(
            _statement(level, figures_of(within, run)),
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


_NOBODY: Final = (0, 0, 0, 0, Decimal(0), 0, 0, 0, 0, 0, Decimal(0), Decimal(0), 0, 0, 0, 0, 0, None)
_NO_POSTS: Final = (0,) * 8


def _row(level: OrganisationLevel, code: str, name: str, *found: Any) -> OrganisationRow:
    practitioners, cases, t2a_cases, *points, incomplete, available, contracted, reduction = found[:12]
    standing, posts = found[12:17], found[18:] if found[17] is not None else _NO_POSTS
    of_people = [of_all - of_posts for of_all, of_posts in zip(standing, posts[3:], strict=True)]
    points_of_people_not_measured, people_not_measured, above, below, none_left = of_people
    held = Points(*points)
    together = capacity_together(held.total, available, any_without_capacity_left=none_left > 0)
    return OrganisationRow(
        code=code,
        name=name,
        level=level,
        practitioners=practitioners,
        cases=cases,
        t2a_cases=t2a_cases,
        points=held,
        points_not_measured=standing[0],
        points_of_people_not_measured=points_of_people_not_measured,
        practitioners_not_measured=people_not_measured,
        practitioners_incomplete=incomplete,
        available=available,
        capacity=together.percent,
        capacity_note=together.note,
        contracted_hours=contracted,
        reduction_hours=reduction,
        above=above,
        below=below,
        none_left=none_left,
        unallocated=Unallocated(*posts[:3]),
    )


def capacity_together(total: int, available: int, *, any_without_capacity_left: bool) -> Capacity:
    """The capacity of several people: the ratio of their sums; the same rule as `figures.roll_up`."""
    if available > 0:
        return Capacity(percent_of(total, available), None)
    return Capacity(None, NO_CAPACITY_LEFT if any_without_capacity_left else NOT_MEASURED)
