"""Cases that can be given to somebody: those that nobody has, those of one practitioner, or those that were chosen."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db import connection

from londonnet.apps.caseload.counting import ALL, FILTERED, T2A, CaseToMove, CountKey
from londonnet.apps.caseload.flags import FLAGS, Flag
from londonnet.apps.caseload.models import Location
from londonnet.apps.caseload.tiers import tier_name
from londonnet.apps.organisation.unallocated import is_unallocated
from londonnet.platform.access.policy import Place, Reach

from ..practitioner_sql import NAME, NOBODYS, PLACES
from .scope import IN_SCOPE, scope_parameters

ROWS: Final = 50
# The highest tier first, with contact suspended or not; a case without a tier stands last.
_TIER_RANK: Final = "CASE WHEN held.tier = 0 THEN 99 ELSE (held.tier - 1) %% 16 END"
SORTS: Final = {
    "since": ("since ASC NULLS FIRST", "since DESC NULLS LAST"),
    "crn": ("held.crn ASC", "held.crn DESC"),
    "tier": (f"{_TIER_RANK} ASC", f"{_TIER_RANK} DESC"),
    "location": ("held.location ASC", "held.location DESC"),
    "team": ("team.search_key ASC", "team.search_key DESC"),
}
"""What a list can be sorted by, upwards and downwards."""

_FLAGS: Final = ", ".join(f"held.{flag.column}" for flag in FLAGS)
_CASES: Final = f"""
SELECT held.crn, held.place_id, practitioner.om_key, {NAME}, team.code, team.name, pdu.code, region.code,
    held.tier, held.location, coalesce((made.made_at AT TIME ZONE 'Europe/London')::date, received.day) AS since,
    EXISTS (SELECT FROM caseload_t2aevent event WHERE event.snapshot_id = held.snapshot_id AND event.crn = held.crn),
    count(*) OVER (), ({{counted}}), {_FLAGS}
FROM caseload_case held
JOIN organisation_practitionerinteam place ON place.id = held.place_id
{PLACES}
LEFT JOIN caseload_allocation made
    ON made.crn = held.crn AND made.state = 'standing' AND made.to_place_id = held.place_id
LEFT JOIN LATERAL (
    SELECT max(day) AS day FROM caseload_casereceived arrived
    WHERE arrived.place_id = held.place_id AND arrived.crn = held.crn
) received ON true
WHERE held.snapshot_id = %(snapshot)s AND {IN_SCOPE} AND {{which}}
ORDER BY {{order}}, {_TIER_RANK}, held.crn
LIMIT %(size)s OFFSET %(first)s
"""  # noqa: S608  # our own SQL


# What the case's cells are counted with, by sheet: enough to tell what giving it away changes.
_COUNTED: Final = f"""
SELECT json_object_agg(counted.sheet, counted.count) FROM caseload_casecount counted
WHERE counted.snapshot_id = held.snapshot_id AND counted.sheet IN ({FILTERED}, {ALL}, {T2A})
    AND counted.place_id = held.place_id AND counted.location = held.location AND counted.tier = held.tier
"""  # noqa: S608  # our own SQL


_HELD: Final = """
    SELECT theirs.crn FROM caseload_case theirs
    JOIN organisation_practitionerinteam post ON post.id = theirs.place_id
    JOIN organisation_practitioner who ON who.id = post.practitioner_id
    JOIN organisation_team their_team ON their_team.id = post.team_id
    WHERE theirs.snapshot_id = %(snapshot)s AND who.om_key = %(om_key)s AND their_team.code = %(team)s
"""
_CALLED_OR_HELD: Final = f"held.crn IN (SELECT unnest(%(crns)s::text[]) UNION {_HELD})"


@dataclass(frozen=True, slots=True)
class Holding:
    """A practitioner-in-team, by key and code of the team."""

    om_key: str
    team_code: str


@dataclass(frozen=True, slots=True)
class OpenCase:
    """A case that can be given to somebody.

    Attributes:
        place_id: the practitioner-in-team who holds it; `holder` is their name.
        since: the day from which they hold it; None where that was before anything was noted.
        is_t2a: whether it is in transition to adulthood.
        counted: how many cases its holder has of its tier and location, by sheet; only of cases asked for by name.
    """

    crn: str
    place_id: int
    om_key: str
    holder: str
    team_code: str
    team_name: str
    pdu_code: str
    region_code: str
    tier_number: int
    location_number: int
    since: date | None
    is_t2a: bool
    counted: dict[int, int]
    flags: tuple[Flag, ...]

    @property
    def key(self) -> str:
        """What its row is known by while a page follows changes."""
        return self.crn

    @property
    def tier(self) -> str:
        """Its tier as people write it."""
        return tier_name(self.tier_number)

    @property
    def location(self) -> str:
        """Where it is supervised."""
        return str(Location(self.location_number).label)

    @property
    def place(self) -> Place:
        """Where it belongs, for the access policy."""
        return Place(self.om_key, self.team_code, self.pdu_code, self.region_code)

    @property
    def waits(self) -> bool:
        """Whether nobody has it."""
        return is_unallocated(self.om_key)

    @property
    def is_active(self) -> bool:
        """Whether filtered counts take it in."""
        return not any(flag.column in ("is_warrant", "is_overdue_termination") for flag in self.flags)

    @property
    def counts(self) -> dict[CountKey, int]:
        """The counts that take it in, as they stand."""
        where = (self.place_id, self.location_number, self.tier_number)
        return {(sheet, *where): count for sheet, count in self.counted.items()}

    def to(self, place_id: int) -> CaseToMove:
        """The same case with another holder."""
        tier = self.tier_number
        return CaseToMove(
            self.crn, self.place_id, place_id, self.location_number, tier, tier, self.is_active, self.is_t2a
        )


@dataclass(frozen=True, slots=True)
class OpenCases:
    """Some of the cases, and how many there are altogether."""

    rows: tuple[OpenCase, ...] = ()
    total: int = 0


@dataclass(frozen=True, slots=True)
class CaseNarrowed:
    """What a list of cases is narrowed to; None narrows nothing."""

    tiers: tuple[int, ...] = ()
    location: int | None = None
    flag: Flag | None = None
    team_code: str = ""


def unallocated(
    scope: Reach,
    *,
    snapshot_id: int,
    narrowed: CaseNarrowed | None = None,
    sort: str = "since",
    descending: bool = False,
    first: int = 0,
    size: int | None = ROWS,
) -> OpenCases:
    """Cases that nobody has; of those alike the highest tier first. One query.

    Args:
        scope: the part of the trust; whoever calls has asked the access policy about it.
        snapshot_id: the extract.
        narrowed: what the list is narrowed to.
        sort: one of `SORTS`.
        descending: the other way round.
        first: how many are left out before the first one given.
        size: how many are given at most; all if None.
    """
    conditions, given = _narrowing(narrowed or CaseNarrowed())
    return _read(scope, snapshot_id, " AND ".join([NOBODYS, *conditions]), SORTS[sort][descending], given, first, size)


def cases_called(
    crns: Collection[str], scope: Reach, *, snapshot_id: int, holding: Holding | None = None
) -> tuple[OpenCase, ...]:
    """Those of the cases that the extract names within reach, the highest tier first. One query.

    Args:
        crns: the cases.
        scope: the part of the trust.
        snapshot_id: the extract.
        holding: a practitioner-in-team all of whose cases are wanted too.
    """
    given = {"crns": sorted(crns)} | ({"om_key": holding.om_key, "team": holding.team_code} if holding else {})
    which = _CALLED_OR_HELD if holding else "held.crn = ANY(%(crns)s)"
    return _read(scope, snapshot_id, which, _TIER_RANK, given, counted=_COUNTED).rows


def cases_of(holding: Holding, scope: Reach, *, snapshot_id: int, first: int = 0, size: int | None = ROWS) -> OpenCases:
    """Cases that a practitioner-in-team within reach holds, the highest tier first. One query.

    Args:
        holding: who.
        scope: the part of the trust.
        snapshot_id: the extract.
        first: how many are left out before the first one given.
        size: how many are given at most; all if None.
    """
    given = {"om_key": holding.om_key, "team": holding.team_code}
    return _read(scope, snapshot_id, f"held.crn IN ({_HELD})", _TIER_RANK, given, first, size)


def _narrowing(narrowed: CaseNarrowed) -> tuple[list[str], dict[str, Any]]:
    conditions = []
    if narrowed.tiers:
        conditions.append("held.tier = ANY(%(tiers)s)")
    if narrowed.location is not None:
        conditions.append("held.location = %(location)s")
    if narrowed.flag is not None:
        conditions.append(f"held.{narrowed.flag.column}")
    if narrowed.team_code:
        conditions.append("team.code = %(team)s")
    return conditions, {"tiers": list(narrowed.tiers), "location": narrowed.location, "team": narrowed.team_code}


def _read(
    scope: Reach,
    snapshot_id: int,
    which: str,
    order: str,
    given: dict[str, Any],
    first: int = 0,
    size: int | None = None,
    counted: str = "NULL",
) -> OpenCases:
    asked = {"snapshot": snapshot_id, "first": first, "size": size, **scope_parameters(scope), **given}
    with connection.cursor() as cursor:
        cursor.execute(_CASES.format(which=which, order=order, counted=counted), asked)
        found = cursor.fetchall()
    return OpenCases(tuple(_case(*row) for row in found), found[0][12] if found else 0)


def _case(*row: Any) -> OpenCase:
    flags = tuple(flag for flag, is_set in zip(FLAGS, row[14:], strict=True) if is_set)
    counted = {int(sheet): count for sheet, count in (row[13] or {}).items()}
    known: tuple[Any, ...] = (*row[:12], counted, flags)
    return OpenCase(*known)
