"""What a page of a place is headed with: the way down to it, where it belongs, and which pages it has."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db import connection
from django.utils import timezone

from londonnet.apps.caseload.models import Sheet
from londonnet.platform.access.policy import Place
from londonnet.platform.trusts import current_trust

from .reductions import CONDITIONS, Shown, soon
from .rows import OrganisationLevel, OrganisationName

_LEVELS: Final[tuple[OrganisationLevel, ...]] = ("region", "pdu", "team")
_WHERE: Final[dict[OrganisationLevel, str]] = {
    "trust": "",
    "region": "AND pdu.region_id = named.id",
    "pdu": "AND pdu.id = named.id",
    "team": "AND team.id = named.id",
}
_OMIC: Final = f"""
SELECT FROM caseload_casecount counted
JOIN organisation_practitionerinteam place ON place.id = counted.place_id
JOIN organisation_team team ON team.id = place.team_id
JOIN organisation_pdu pdu ON pdu.id = team.pdu_id
WHERE counted.snapshot_id = (SELECT snapshot_id FROM caseload_currentsnapshot) AND counted.sheet = {Sheet.OMIC.value}
"""  # noqa: S608  # our own SQL
_MONTH_ENDS: Final = """
SELECT day FROM workload_keptday
WHERE extract(day FROM day + 1) = 1 AND EXISTS (SELECT FROM workload_monthtiers WHERE month_end = day)
ORDER BY day DESC
"""
_EXPIRING: Final = f"""
SELECT count(*) FROM workload_reduction reduction
JOIN organisation_practitionerinteam place ON place.id = reduction.place_id AND place.ended_on IS NULL
JOIN organisation_team team ON team.id = place.team_id
JOIN organisation_pdu pdu ON pdu.id = team.pdu_id
WHERE reduction.superseded_by_id IS NULL AND {CONDITIONS[Shown.EXPIRING]}
"""  # noqa: S608  # our own SQL
_NAMED: Final[dict[OrganisationLevel, str]] = {
    "trust": "SELECT 0 AS id, ARRAY[]::text[] AS names",
    "region": "SELECT id, ARRAY[code, name]::text[] AS names FROM organisation_region WHERE code = %(code)s",
    "pdu": """
SELECT pdu.id, ARRAY[region.code, region.name, pdu.code, pdu.name]::text[] AS names
FROM organisation_pdu pdu JOIN organisation_region region ON region.id = pdu.region_id WHERE pdu.code = %(code)s
""",
    "team": """
SELECT team.id, ARRAY[region.code, region.name, pdu.code, pdu.name, team.code, team.name]::text[] AS names
FROM organisation_team team JOIN organisation_pdu pdu ON pdu.id = team.pdu_id
JOIN organisation_region region ON region.id = pdu.region_id WHERE team.code = %(code)s
""",
}


@dataclass(frozen=True, slots=True)
class Heading:
    """What a page of a place is headed with.

    Attributes:
        names: the way from the trust down to the place, itself the last.
        place: where it belongs, for the policy that says who may see it.
        has_omic: whether anybody there holds cases of offender management in custody.
        month_ends: the days at the end of a month whose tiers are kept, the latest first.
        expiring: how many reductions end within thirty days.
    """

    names: tuple[OrganisationName, ...]
    place: Place
    has_omic: bool
    month_ends: tuple[date, ...]
    expiring: int


def heading_of(level: OrganisationLevel, code: str) -> Heading | None:
    """What pages of a place are headed with; None where there is no such place. One query.

    Args:
        level: trust, region, pdu or team.
        code: its code; the trust's is its slug or empty.
    """
    trust = current_trust()
    if level == "trust" and code not in (trust.slug, ""):
        return None
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT names, EXISTS ({_OMIC} {_WHERE[level]}), ARRAY({_MONTH_ENDS}), ({_EXPIRING} {_WHERE[level]}) "  # noqa: S608
            f"FROM ({_NAMED[level]}) named",
            {"code": code, **soon(timezone.localdate())},
        )
        found = cursor.fetchone()
    if found is None:
        return None
    pairs, has_omic, month_ends, expiring = found
    names = tuple(
        OrganisationName(one, *pairs[at * 2 : at * 2 + 2]) for at, one in enumerate(_LEVELS[: len(pairs) // 2])
    )
    top = OrganisationName("trust", trust.slug, trust.name)
    return Heading((top, *names), _place(names), has_omic, tuple(month_ends), expiring)


def _place(names: tuple[OrganisationName, ...]) -> Place:
    return Place(**{f"{one.level}_code": one.code for one in names})
